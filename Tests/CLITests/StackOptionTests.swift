import Foundation
import TestSupport
import Testing

/// `--stack` on the verbs that take it.
struct StackOptionTests {
    private static let guest = "Topologies/pc-seabios-gen9.yaml"

    @Test(arguments: ["plan", "compare", "simulate"])
    func `the releases of a stack are those of the report`(verb: String) async throws {
        let run = try await BuiltTool.run([verb, Self.guest, "--stack", "debian-13"])
        #expect(run.status == 0)
        #expect(run.output.contains("QEMU 10.0"))
        #expect(run.output.contains("1.16.3"))
        let other = try await BuiltTool.run([verb, Self.guest, "--stack", "debian-13", "--qemu-version", "10.1"])
        #expect(other.output.contains("QEMU 10.1"))
        #expect(other.output.contains("1.16.3"))
    }

    @Test(arguments: [
        ["plan", guest], ["compare", guest], ["simulate", guest], ["validate", guest], ["apply", guest],
        ["convert", guest, "--machine", "pc"],
    ])
    func `a stack that is none is a usage error`(arguments: [String]) async throws {
        let run = try await BuiltTool.run(arguments + ["--stack", "debain-13"])
        #expect(run.status == 64)
        #expect(run.complaint.hasPrefix("error: --stack: 'debain-13' is not one of debian-12, debian-13, "))
        #expect(run.complaint.hasSuffix("; did you mean 'debian-13'? [usage]\n"))
    }

    private static func domain(_ machine: String) -> String {
        """
        <domain type='qemu'><name>g</name><memory unit='MiB'>512</memory><vcpu>1</vcpu>
        <os><type arch='x86_64' machine='\(machine)'>hvm</type></os></domain>
        """
    }

    @Test(arguments: [
        ("pc-q35-noble", "ubuntu-24.04", 0), ("pc-q35-noble", "ubuntu-22.04", 1), ("pc-q35-noble", "debian-13", 1),
        ("pc-q35-8.2", "ubuntu-24.04", 0), ("pc-q35-8.2", "debian-12", 1), ("pc-q35-rhel9.4.0", "rhel-9", 0),
        ("pc-q35-8.2", "rhel-9", 1), ("pc-q35-9.2+pve1", "proxmox-8", 0),
    ])
    func `validate knows whose QEMU has a machine type`(machine: String, stack: String, status: Int32) async throws {
        let run = try await BuiltTool.run(
            ["validate", "-", "--schema", "none", "--any-host", "--stack", stack], input: Self.domain(machine))
        #expect(run.status == status, "\(run.output)")
        #expect(run.output.contains("[machine-known]") == (status == 1))
    }

    @Test func `a lock keeps the stack where nobody names one`() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("berth-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let lock = folder.appendingPathComponent("plan.lock").path
        let guest = "machine: pc\nmemory: 4GiB\nname: kept\nigd: {platform: kaby-lake, ggc: 0x02c1}\n"
        let first = try await BuiltTool.run(["plan", "-", "--stack", "debian-13", "--lock", lock], input: guest)
        #expect(first.status == 0)
        #expect(try String(contentsOfFile: lock, encoding: .utf8).contains("\"stack\" : \"debian-13\""))
        let again = try await BuiltTool.run(["plan", "-", "--lock", lock], input: guest)
        #expect(again.status == 0)
        #expect(again.output.contains("QEMU 10.0"))
    }

    @Test func `a machine type that a named QEMU does not have is a warning of convert`() async throws {
        let run = try await BuiltTool.run(
            ["convert", "-", "--machine", "pc", "--stack", "debian-12"], input: Self.domain("pc-q35-8.2"))
        #expect(
            run.complaint.contains(
                ": warning: QEMU 7.2 has no machine type 'pc-q35-8.2', which came with 8.2 [stack]\n"))
    }
}
