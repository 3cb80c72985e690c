import BerthDiagnostics
import BerthProxmox
import BerthServices
import BerthStack
import BerthTopology
import Testing

@Suite struct DocumentTests {
    private func settings(_ text: String) throws -> [String: String] {
        VMConfiguration(try Files.document(text)).settings.mapValues(\.value)
    }

    @Test func `the last line of a key counts, snapshots do not, and what is pending does`() throws {
        let text =
            "memory: 1024\nmemory:   2048  \ncdrom: none\n\n[PENDING]\ncores: 4\ndelete: vga\n\n[snap]\nmemory: 1\n"
        #expect(try settings(text) == ["memory": "2048", "ide2": "none", "cores": "4"])
        #expect(try settings("vga: std\n[PENDING]\ndelete: vga\n") == [:])
        #expect(try settings("vga: std\n[special:cloudinit]\nvga: qxl\n[1 2]\nvga: none\n") == ["vga": "std"])
    }

    @Test(arguments: [
        (
            "hostpci0: 00:02.0,pcle=1",
            "1:11: warning: qemu-server leaves 'hostpci0' out: property is not defined in schema and the schema does not allow additional properties: 'pcle'"
        ),
        (
            "hostpci0: 00:02.0,pcie=maybe",
            "1:11: warning: qemu-server leaves 'hostpci0' out: pcie: type check ('boolean') failed - got 'maybe'"
        ),
        (
            "hostpci0: 00:02.0,01:00.0",
            "1:11: warning: qemu-server leaves 'hostpci0' out: value without key, but schema does not define a default key"
        ),
        (
            "bios: uefi",
            "1:7: warning: qemu-server leaves 'bios' out: value 'uefi' does not have a value in the enumeration 'seabios, ovmf'"
        ),
        ("machin: q35", "1:9: warning: qemu-server has no setting 'machin' and leaves it out; did you mean 'machine'?"),
        ("cores four", "1:1: warning: 'cores four' is no setting, and qemu-server leaves it out; expected KEY: VALUE"),
        (
            "hostpci16: 00:02.0",
            "1:12: warning: qemu-server has no setting 'hostpci16' and leaves it out; did you mean 'hostpci0'?"
        ),
    ])
    func `what qemu-server leaves out is said`(line: String, message: String) throws {
        let vm = VMConfiguration(try Files.document("\(line)\nmemory: 512\n"))
        #expect(vm.findings.map(\.description) == ["100.conf:\(message) [proxmox-setting]"])
        #expect(vm.settings.keys.sorted() == ["memory"])
    }

    @Test(arguments: [
        "[CODE]\nmemory: 512\n[/CODE]\nand text: here\n", "```\nmemory: 512\n```\n",
        "root@pve:~# cat 1.conf\nmemory: 512\nroot@pve:~#\n",
        "\u{feff}memory: 512\r\n", "    memory: 512\n",
    ])
    func `what a post puts around a file is not of it`(text: String) throws {
        #expect(try settings(text) == ["memory": "512"])
    }

    @Test(arguments: ["", "\n\n", "#only a comment\n", "\0memory: 1\n", "[snap]\nmemory: 1\n"])
    func `what has no setting is no file of a VM`(text: String) {
        let error = #expect(throws: InputError.self) { try Files.document(text) }
        #expect(error?.findings.first?.rule == "proxmox-file")
    }

    @Test func `bytes of another encoding stay as they are`() throws {
        let bytes =
            Array("#Gr".utf8) + [0xfc, 0xdf, 0x65, 0x0a] + Array("hostpci0: 00:02.0\nmachine: pc\nostype: l26".utf8)
        let after = try Services.apply(to: try VMDocument(bytes, file: "1.conf")).application.bytes
        #expect(after.starts(with: Array("#Gr".utf8) + [0xfc, 0xdf, 0x65, 0x0a]))
        #expect(String(decoding: after.suffix(10), as: UTF8.self) == "\nvga: none")
    }

    @Test func `a file with the line ends of Windows keeps them`() throws {
        let text = "cores: 1\r\nhostpci0: 00:02.0\r\nmachine: pc\r\nostype: l26\r\n"
        let after = try Services.apply(to: try Files.document(text)).application.after
        #expect(after.hasSuffix("hostpci0: 00:02.0,legacy-igd=1\r\nmachine: pc\r\nostype: l26\r\nvga: none\r\n"))
    }

    @Test func `what is pending is changed where it is pending`() throws {
        let text =
            "hostpci0: 00:02.0\nmachine: pc\nostype: l26\nvga: none\n\n[PENDING]\nhostpci0: 0000:00:02.0,rombar=1\n\n[s]\nvga: std\n"
        let after = try Services.apply(to: try Files.document(text)).application.after
        #expect(after.hasPrefix("args: -set device.hostpci0.x-igd-gms=2"))
        #expect(after.contains("\nhostpci0: 00:02.0\n"))
        #expect(after.contains("[PENDING]\nhostpci0: 0000:00:02.0,rombar=1,legacy-igd=1\n\n[s]\nvga: std\n"))
        let refused = "hostpci0: 00:02.0\nmachine: pc\nostype: l26\nvga: std\n[PENDING]\ndelete: vga\n"
        let error = #expect(throws: EmissionRefusal.self) { try Services.apply(to: try Files.document(refused)) }
        #expect(error?.rule == "proxmox-pending")
    }

    /// File and the stack it is read for, with its QEMU.
    @Test(arguments: [
        ("memory: 1", "proxmox-9 11.0"), ("machine: q35", "proxmox-9 11.0"),
        ("machine: pc-q35-9.2+pve1", "proxmox-8 9.2"),
        ("machine: pc-i440fx-8.1", "proxmox-8 8.1"), ("machine: pc-q35-10.1", "proxmox-9 10.1"),
        ("meta: creation-qemu=8.1.5,ctime=1", "proxmox-8 9.2"),
        ("meta: creation-qemu=10.1.2,ctime=1", "proxmox-9 11.0"),
        ("machine: pc-q35-8.1\nmeta: creation-qemu=9.0.2,ctime=1", "proxmox-8 9.0"),
        ("machine: pc-q35-5.2\nmeta: creation-qemu=9.2.0,ctime=1", "proxmox-8 9.2"),
    ])
    func `the stack is what the file shows`(text: String, expected: String) throws {
        let stack = try Files.guest("\(text)\nname: x\nmemory: 512\n").stack
        #expect("\(stack.name) \(stack.qemu)" == expected)
    }

    @Test func `a stack that is named counts, and so does a Proxmox machine's own`() throws {
        let named = StackChoice(named: try Stack.parse("debian-13"))
        #expect(try Files.guest("machine: pc-q35-8.1\n", stack: named).stack.name == "debian-13")
        let own = StackChoice(fallback: try Stack.parse("proxmox-9"))
        #expect(try Files.guest("machine: pc-q35-8.1\n", stack: own).qemu == QEMURelease(11, 0))
    }

    @Test(arguments: [
        ("l26", "linux-6.12"), ("win10", "windows-10"), ("win11", "windows-11"), ("win7", "windows-10"),
        ("w2k8", "windows-10"), ("other", "linux-6.12"), ("solaris", "linux-6.12"),
    ])
    func `ostype is the guest's`(type: String, guest: String) throws {
        #expect(try Files.guest("ostype: \(type)\nmemory: 512\n").guest.description == guest)
    }
}
