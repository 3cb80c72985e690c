import Foundation
import TestSupport
import Testing

/// What is given in the place of something else: one line with what it is, and what was expected.
@Suite struct InputFormTests {
    private static let conf = "cores: 2\nhostpci0: 0000:00:02.0\nmachine: pc-i440fx-8.1\nmemory: 2048\nostype: l26\n"
    private static let domain = "<domain type='kvm'><name>x</name></domain>"
    private static let list = "00:02.0 0300: 8086:5916\n"
    private static let log = "[    0.000000] Linux version 6.8\n[    0.100000] DMAR: Host address width 39\n"
    private static let command = "/usr/bin/kvm -id 100 -m 2048 -machine type=pc+pve0\n"

    /// Arguments, what standard input has, exit status, message.
    private static let cases: [(arguments: [String], input: String, status: Int32, message: String)] = [
        (
            ["plan", "-"], list, 65,
            "-:1:1: error: this is a host's list of PCI devices; expected a topology file, a libvirt domain, a Proxmox VM's file or a QEMU command line; --host takes it [input]"
        ),
        (
            ["simulate", "-"], log, 65,
            "-:1:1: error: this is a kernel's log; expected a topology file, a libvirt domain, a Proxmox VM's file or a QEMU command line [input]"
        ),
        (["plan", "-"], "\u{1f}\u{8b}", 65, "error: "),
        (
            ["validate", "-"], command, 65,
            "-:1:1: error: this is a QEMU command line; expected a libvirt domain or a Proxmox VM's file [input]"
        ),
        (
            ["validate", "-"], list, 65,
            "-:1:1: error: this is a host's list of PCI devices; expected a libvirt domain or a Proxmox VM's file; --host takes it [input]"
        ),
        (
            ["apply", "-"], command, 65,
            "-:1:1: error: this is a QEMU command line; expected a libvirt domain or a Proxmox VM's file [input]"
        ),
        (
            ["convert", "-", "--machine", "q35"], conf, 65,
            "-:1:1: error: this is a Proxmox VM's file; expected a libvirt domain [input]"
        ),
        (
            ["plan", "--qemu-args", "-"], conf, 65,
            "-:1:1: error: this is a Proxmox VM's file; expected a QEMU command line [input]"
        ),
        (
            ["plan", "--qemu-args", "-"], domain, 65,
            "-:1:1: error: this is a libvirt domain; expected a QEMU command line [input]"
        ),
        (
            ["validate", "-"], "#!/bin/sh\nOPTS=(\n  -m 2G\n)\nexec qemu-system-x86_64 \"${OPTS[@]}\"\n", 65,
            "-:1:1: error: this is a QEMU command line; expected a libvirt domain or a Proxmox VM's file [input]"
        ),
        (
            ["plan", "-"], "hostpci0: 00:02.0\nmachine: pc-q35-99.9\n", 65,
            "-:2:10: error: machine type 'pc-q35-99.9' is not one that qemu-server or a known QEMU has"
        ),
        (
            ["plan", "-"], "cores: 2\nostype: l26\n", 65,
            "error: 'vm' has no IGD; add a line 'hostpci0: 0000:00:02.0', or a host with --host [no-igd]"
        ),
    ]

    @Test(arguments: cases.indices)
    func `what is in the wrong place is named in one line`(number: Int) async throws {
        let (arguments, input, status, message) = Self.cases[number]
        let run = try await BuiltTool.run(arguments, input: input)
        #expect(run.status == status)
        #expect((run.output + run.complaint).contains(message), "\(run.output)\(run.complaint)")
    }

    @Test func `a VM's file and a saved command line are inputs whatever their names`() async throws {
        for (input, machine) in [(Self.conf, "pc-i440fx-8.1+pve0"), (Self.command, "pc")] {
            let run = try await BuiltTool.run(["simulate", "-"], input: input)
            #expect(run.status == 0, "\(run.complaint)")
            #expect(run.output.contains(": \(machine), 2 GiB of RAM"))
        }
    }

    @Test func `a host is not a guest`() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("berth-forms-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("100.conf")
        try Data(Self.conf.utf8).write(to: file)
        let run = try await BuiltTool.run(["host", file.path])
        #expect(run.status == 65)
        #expect(
            run.complaint.contains(
                "error: this is a Proxmox VM's file; expected a host's list of PCI devices or a kernel's log [input]"))
        let apply = try await BuiltTool.run(["apply", "-i", file.path])
        #expect(apply.status == 0, "\(apply.complaint)")
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text.hasSuffix("ostype: l26\nvga: none\n"))
        #expect(try String(contentsOf: folder.appendingPathComponent("100.conf.bak"), encoding: .utf8) == Self.conf)
        let again = try await BuiltTool.run(["apply", "-i", file.path])
        #expect(again.status == 0)
        #expect(try String(contentsOf: file, encoding: .utf8) == text)
    }

    @Test func `validate finds what qemu-server and QEMU refuse of a VM's file`() async throws {
        let refused = try await BuiltTool.run(["validate", "-"], input: "hostpci0: 00:02.0,pcie=1\nostype: l26\n")
        #expect(refused.status == 1)
        #expect(refused.output.contains("error: q35 machine model is not enabled"))
        let taken = try await BuiltTool.run(["validate", "-"], input: Self.conf)
        #expect(taken.status == 0, "\(taken.output)")
        #expect(taken.output.contains("1 file, 1 valid"))
    }
}
