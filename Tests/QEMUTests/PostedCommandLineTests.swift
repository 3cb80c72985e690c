import BerthDiagnostics
import BerthPCI
import BerthQEMU
import BerthStack
import BerthTopology
import Testing

/// Command lines as people post them: scripts, logs, the output of other programs.
@Suite struct PostedCommandLineTests {
    private func words(_ text: String) throws -> [String] {
        try ShellWords.split(Array(text.utf8), file: "f").map(\.text)
    }

    private func read(
        _ text: String, qemu: QEMURelease? = nil, configurations: [ConfigurationFile] = []
    ) throws -> (topology: GuestTopology, findings: [Finding]) {
        try CommandLineReader.read(
            try ShellWords.split(Array(text.utf8), file: "f"), source: "f", stack: StackChoice(qemu: qemu),
            configurations: configurations)
    }

    private func error(_ text: String) -> [String] {
        do throws(InputError) {
            let words = try ShellWords.split(Array(text.utf8), file: "f")
            _ = try CommandLineReader.read(words, source: "f")
            return []
        } catch {
            return error.findings.map(\.description)
        }
    }

    @Test(
        arguments: [
            ("q=1\nqemu-system-x86_64 -m 4G\nrm x", ["qemu-system-x86_64", "-m", "4G"]),
            ("sudo taskset -c 0-3 /usr/bin/kvm -m 4G > log 2>&1 &", ["/usr/bin/kvm", "-m", "4G"]),
            ("if ! command -v qemu-kvm >/dev/null; then exit; fi\nqemu-kvm -M q35", ["qemu-kvm", "-M", "q35"]),
            (
                "A=( -m 4G # four\n -M q35 )\nA+=(-vga 'no ne')\nkvm \"${A[@]}\"",
                ["kvm", "-m", "4G", "-M", "q35", "-vga", "no ne"]
            ),
            ("O='-m 4G'\nO=\"$O -vga none\"\nkvm $O", ["kvm", "-m", "4G", "-vga", "none"]),
            ("O='a b'\nkvm -name \"$O\" \"$@\"", ["kvm", "-name", "a b"]),
            ("kvm -m ${M:-2G} -name ${N}", ["kvm", "-m", "2G", "-name", "${N}"]),
            (
                "kvm -m 4G \\ \n -M q35 \\ # machine\n  # -vga std \\\n -smp 2",
                ["kvm", "-m", "4G", "-M", "q35", "-smp", "2"]
            ),
            ("kvm \\\r\n \u{2013}m 4G \u{201c}-vga\u{201d} none\r\n", ["kvm", "-m", "4G", "-vga", "none"]),
            (
                "kvm -device {\"driver\":\"edu\",\"addr\":\"0x5\"} -S",
                ["kvm", "-device", "{\"driver\":\"edu\",\"addr\":\"0x5\"}", "-S"]
            ),
            ("/usr/bin/kvm\0-name\0a b\0", ["/usr/bin/kvm", "-name", "a b"]),
            ("-drive\nfile=a,if=virtio\n-m\n4G", ["-drive", "file=a,if=virtio", "-m", "4G"]),
            ("set -e\nRAM=8G\nkvm -m $RAM", ["kvm", "-m", "8G"]),
        ] as [(String, [String])])
    func `the command is found in what stands around it`(text: String, expected: [String]) throws {
        #expect(try words(text) == expected)
    }

    @Test func `every variable that nobody sets is named at its place, with what to write`() {
        #expect(
            error("kvm -m $MEM -name $N -device vfio-pci,host=$IGD,addr=$SLOT,romfile=${ROM}") == [
                "f:1:8: error: '$MEM' is set nowhere here, and only a shell knows it; write a size such as 4G in its place "
                    + "[shell-variable]",
                "f:1:44: error: '$IGD' is set nowhere here, and only a shell knows it; write the host's address such as "
                    + "0000:00:02.0 in its place [shell-variable]",
                "f:1:54: error: '$SLOT' is set nowhere here, and only a shell knows it; write a slot such as 02.0 in its place "
                    + "[shell-variable]",
                "f:1:68: error: '${ROM}' is set nowhere here, and only a shell knows it; write the path of the ROM file in its "
                    + "place [shell-variable]",
            ])
    }

    @Test func `where a variable decides nothing the guest is read`() throws {
        let (topology, findings) = try read(
            "kvm -nodefaults -smp $(nproc) -device vfio-pci,host=00:02.0,romfile=$ROM $MORE")
        #expect(topology.igd?.rom == .file(path: "$ROM", contents: .vbios))
        #expect(
            findings.filter { $0.rule == "shell-variable" }.map(\.description) == [
                "f:1:69: warning: '$ROM' is set nowhere here, and only a shell knows it; write the path of the ROM file in its "
                    + "place [shell-variable]",
                "f:1:74: warning: '$MORE' is set nowhere here, and only a shell knows it; write the arguments that it stands "
                    + "for in its place [shell-variable]",
                "f:1:22: note: '$(nproc)': a shell's to fill in, and nothing that decides about PCI functions "
                    + "[shell-variable]",
            ])
        #expect(error("kvm -device vfio-pci,host=$GPU").count == 1)
    }

    @Test func `options that a release removed are named, and done where it has them`() throws {
        let line =
            "-M pc-i440fx-4.1 -nodefaults -realtime mlock=off -soundhw ac97,hda -watchdog i6300esb -no-kvm -no-hpet"
        let old = try read(line, qemu: QEMURelease(4, 1))
        #expect(old.topology.devices.map(\.model) == ["AC97", "intel-hda", "i6300esb"])
        #expect(old.findings.map(\.description) == [])
        let new = try read(line, qemu: QEMURelease(7, 2))
        #expect(new.topology.devices == [])
        #expect(
            new.findings.map(\.message) == [
                "QEMU 6.0 removed -realtime; -overcommit mem-lock= stands for it",
                "QEMU 7.1 removed -soundhw; -audio model= or -device stands for it; AC97, intel-hda is left out",
                "QEMU 7.2 removed -watchdog; -device stands for it; i6300esb is left out",
                "QEMU 5.2 removed -no-kvm; -accel tcg stands for it",
            ])
        #expect(
            try read("-nodefaults -balloon virtio -device e1000", qemu: QEMURelease(3, 0)).topology.devices.map(\.model)
                == ["virtio-balloon-pci", "e1000"])
    }

    @Test func `a configuration file stands where it is named`() throws {
        let file = ConfigurationFile(
            "copies/my.cfg",
            Array(
                "# ports\n[device \"rp\"]\n  driver = \"pcie-root-port\"\n  addr = \"1c.0\"\n\n[memory]\n  size = \"3G\"\n"
                    .utf8))
        let (topology, findings) = try read(
            "-M q35 -nodefaults -readconfig /etc/my.cfg -device e1000,bus=rp", configurations: [file])
        #expect(topology.ram.size == .gib(3))
        #expect(topology.devices.map { "\($0.id) \($0.slot)" } == ["rp pcie.0:1c.0", "e1000#11 rp:00.0"])
        #expect(topology.devices.first?.location?.description == "copies/my.cfg:2:1")
        #expect(findings == [])
    }

    @Test func `a configuration that nobody has is named`() throws {
        let (_, findings) = try read("-nodefaults -readconfig /etc/my.cfg")
        #expect(
            findings.map(\.description) == [
                "f:1:25: warning: -readconfig '/etc/my.cfg' can bring devices, and it is not read; --readconfig FILE names a copy "
                    + "of it [qemu-configuration]"
            ])
        #expect(throws: InputError.self) {
            try read("-readconfig x", configurations: [ConfigurationFile("x", Array("driver = \"e1000\"".utf8))])
        }
        let unused = try read("-nodefaults", configurations: [ConfigurationFile("x", [])])
        #expect(unused.findings.map(\.rule) == ["qemu-configuration"])
    }

    @Test(arguments: ["pve-q35-4.0.cfg", "pve-q35.cfg"])
    func `Proxmox' own configurations are known`(name: String) throws {
        let (topology, findings) = try read(
            "/usr/bin/kvm -id 100 -readconfig /usr/share/qemu-server/\(name) -nodefaults "
                + "-device vfio-pci,host=0000:00:02.0,id=hostpci0,bus=pcie.0,addr=0x2 "
                + "-device virtio-net-pci,id=net0,bus=pci.0,addr=0x12 -machine 'hpet=off,type=q35+pve0'")
        #expect(topology.igd?.slot == topology.rootSlot(2))
        #expect(try topology.resolved().buses.count == 10)
        #expect(findings.map(\.severity).contains(.warning))
        #expect(findings.first { $0.rule == "qemu-configuration" }?.severity == .note)
    }

    @Test func `the guest sees what x-pci properties say`() throws {
        let (topology, findings) = try read(
            "-device vfio-pci,host=00:02.0,id=g,x-pci-device-id=0x3e9b,x-pci-class-code=0x038000",
            qemu: QEMURelease(10, 1))
        #expect(topology.igd?.device == 0x3e9b)
        #expect(topology.igd?.classCode == .otherDisplay)
        #expect(findings.contains { $0.message.hasPrefix("the guest and QEMU take 'g' for 8086:3e9b") })
        let old = try read("-device vfio-pci,host=00:02.0,id=g,x-pci-class-code=0x038000", qemu: QEMURelease(7, 2))
        #expect(old.topology.igd?.classCode == .vga)
        #expect(
            old.findings.contains {
                $0.message == "QEMU 7.2 refuses 'vfio-pci' with 'x-pci-class-code', which it does not have"
            })
    }

    @Test func `an IGD of two functions keeps both`() throws {
        let (topology, _) = try read(
            "-nodefaults -device vfio-pci,host=00:02.0,addr=02.0,multifunction=on -device vfio-pci,host=00:02.1,addr=02.1"
        )
        #expect(
            try topology.resolved().functions.filter { $0.devfn >> 3 == 2 }.map(\.isMultifunction) == [true, false])
    }
}
