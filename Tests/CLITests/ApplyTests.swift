import Foundation
import TestSupport
import Testing

/// What `berth apply` prints and leaves behind.
@Suite struct ApplyTests {
    private static let folder = "Tests/LibvirtTests/Golden/documents"

    private func text(_ name: String) throws -> String {
        try String(contentsOf: PackageRoot.url.appendingPathComponent("\(Self.folder)/\(name).xml"), encoding: .utf8)
    }

    @Test func `a filter prints what it prints again`() async throws {
        let first = try await BuiltTool.run(["apply", "-"], input: try text("hand-written-pc"))
        #expect(first.status == 0, "\(first.complaint)")
        #expect(first.output.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- The television"))
        #expect(
            first.complaint.contains("-:62:7: note: the IGD moves from 0000:00:06.0 to 0000:00:02.0 [apply-address]\n"))
        #expect(first.complaint.contains("note: the guest finds the IGD at 00:02.0 instead of 00:06.0"))
        let second = try await BuiltTool.run(["apply", "-"], input: first.output)
        #expect(second.output == first.output)
        #expect(!second.complaint.contains("[apply-notice]"))
        let diff = try await BuiltTool.run(["apply", "-", "--diff"], input: first.output)
        #expect(diff.output == "" && diff.status == 0)
    }

    @Test func `a guest that has no plan is left alone, with the reasons`() async throws {
        let run = try await BuiltTool.run(["apply", "\(Self.folder)/virt-manager-q35.xml"])
        #expect(run.status == 1)
        #expect(run.output == "")
        #expect(run.complaint.contains("error: there is no plan that can be applied to this guest [infeasible]\n"))
        #expect(run.complaint.contains("would help: QEMU 10.0 or later"))
    }

    @Test(arguments: [
        ("<domain type='kvm'>\n<name>x</domain>", 65, "-:2:17: error: Opening and ending tag mismatch"),
        ("", 65, "-:1:1: error: the document is empty; expected XML; give a libvirt domain, as 'virsh dumpxml"),
        ("machine: pc\n", 65, "-:1:1: error: no start tag was found; expected XML; give a libvirt domain"),
        (
            "<domain type='kvm'><name>x</name><memory>1048576</memory><os><type machine='pc'>hvm</type></os></domain>",
            65,
            "-:1:1: error: no <hostdev> has the host's 0000:00:02.0 as its source"
        ),
    ])
    func `bad input has a position, and nothing is printed`(input: String, status: Int, message: String) async throws {
        let run = try await BuiltTool.run(["apply", "-"], input: input)
        #expect(run.status == status)
        #expect(run.output == "")
        #expect(run.complaint.hasPrefix(message), "\(run.complaint)")
    }

    @Test func `a ROM file is written, once`() async throws {
        let arguments = ["apply", "-", "--qemu-version", "10.1", "--rom", "/var/lib/libvirt/igd.rom"]
        let first = try await BuiltTool.run(arguments, input: try text("hand-written-pc"))
        #expect(first.status == 0, "\(first.complaint)")
        #expect(first.output.components(separatedBy: "file=\"/var/lib/libvirt/igd.rom\"").count == 2, "\(first.output)")
        #expect(try await BuiltTool.run(arguments, input: first.output).output == first.output)
        let relative = try await BuiltTool.run(["apply", "-", "--rom", "igd.rom"], input: try text("hand-written-pc"))
        #expect(relative.status == 64)
        #expect(
            relative.complaint == "--rom: 'igd.rom' is not an absolute path, and libvirt takes no other [usage]\n"
                || relative.complaint.contains("'igd.rom' is not an absolute path"))
    }

    /// The IGD of a Kaby Lake with 64 MiB of stolen memory, as `lspci -xxx` prints it.
    private static let host: String = {
        let words = [
            0x00: "86 80 16 59", 0x08: "04 00 00 03", 0x50: "c1 02 00 00", 0x5c: "01 00 00 7c", 0xfc: "18 50 1b 7a",
        ]
        return "00:02.0 VGA compatible controller: Intel\n"
            + stride(from: 0, to: 0x100, by: 16).map { row in
                let cells = stride(from: row, to: row + 16, by: 4).map { words[$0] ?? "00 00 00 00" }
                return "\(row < 16 ? "0" : "")\(String(row, radix: 16)): \(cells.joined(separator: " "))\n"
            }.joined()
    }()

    @Test func `an IGD that is added has its ROM file from the start`() async throws {
        let dump = FileManager.default.temporaryDirectory.appendingPathComponent("berth-\(UUID().uuidString).txt")
        defer { try? FileManager.default.removeItem(at: dump) }
        try Self.host.write(to: dump, atomically: true, encoding: .utf8)
        let arguments = ["apply", "-", "--host", dump.path, "--rom", "/var/lib/libvirt/igd.rom"]
        let before = try text("bare-pc")
        let first = try await BuiltTool.run(arguments, input: before)
        #expect(first.status == 0, "\(first.complaint)")
        let hostdev = """
            \t\t<hostdev mode='subsystem' type='pci' managed='yes'>
            \t\t\t<driver name='vfio'/>
            \t\t\t<source>
            \t\t\t\t<address domain='0x0000' bus='0x00' slot='0x02' function='0x0'/>
            \t\t\t</source>
            \t\t\t<rom file='/var/lib/libvirt/igd.rom'/>
            \t\t\t<alias name='ua-igd'/>
            \t\t\t<address type='pci' domain='0x0000' bus='0x00' slot='0x02' function='0x0'/>
            \t\t</hostdev>
            \t</devices>
            \t<qemu:override>
            \t\t<qemu:device alias='ua-igd'>
            \t\t\t<qemu:frontend>
            \t\t\t\t<qemu:property name='x-igd-gms' type='unsigned' value='2'/>
            \t\t\t\t<qemu:property name='x-igd-opregion' type='bool' value='true'/>
            \t\t\t</qemu:frontend>
            \t\t</qemu:device>
            \t</qemu:override>
            """
        let expected = before.replacing("\t</devices>", with: hostdev).replacing(
            "<domain type='qemu'>",
            with: "<domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>")
        #expect(first.output == expected)
        #expect(try await BuiltTool.run(arguments, input: first.output).output == first.output)
        // Another file replaces the first, and only that.
        let other = try await BuiltTool.run(arguments.dropLast() + ["/srv/other.rom"], input: first.output)
        #expect(other.output == expected.replacing("/var/lib/libvirt/igd.rom", with: "/srv/other.rom"))
        let checked = try await BuiltTool.run(["validate", "--any-host", "-"], input: first.output)
        #expect(checked.status == 0, "\(checked.output)")
    }

    @Test func `a file that cannot be replaced stays, and so does its folder`() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("berth-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("guest.xml")
        try text("virt-manager-q35").write(to: file, atomically: true, encoding: .utf8)
        #expect(try await BuiltTool.run(["apply", file.path, "-i"]).status == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["guest.xml"])
        #expect(try await BuiltTool.run(["apply", file.path, "-i", "--qemu-version", "10.1"]).status == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.sorted() == ["guest.xml", "guest.xml.bak"])
    }
}
