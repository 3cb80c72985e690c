import Foundation
import TestSupport
import Testing

/// The hook of docs/examples/libvirt-hook, called as libvirt calls it.
struct LibvirtHookTests {
    private func hook(_ operation: [String], _ domain: String) async throws -> Program.Answer {
        let file = PackageRoot.url.appendingPathComponent("docs/examples/libvirt-hook/qemu").path
        return try await Program("sh", package: "dash")(
            [file, "guest"] + operation + ["-"], input: domain,
            environment: ["BERTH": BuiltTool.url.path, "BERTH_STACK": "debian-12", "BERTH_HOST": "/nonexistent"])
    }

    private func domain(_ name: String) async throws -> String {
        try await BuiltTool.run(["plan", "Topologies/\(name).yaml", "--format", "libvirt"]).output
    }

    @Test func `what works, or works with a loss, starts`() async throws {
        let answer = try await hook(["prepare", "begin"], try await domain("pc-seabios-gen9"))
        #expect(answer.isSuccess && answer.output == "" && answer.errors == "")
    }

    @Test func `what fails does not, and the reason goes to libvirt's log`() async throws {
        // The same guest on a host whose IGD nobody named: it is taken for one that the plan is not for.
        let broken = try await domain("q35-ovmf-gen9")
        let answer = try await hook(["prepare", "begin"], broken)
        #expect(!answer.isSuccess && answer.output == "")
        #expect(answer.errors.contains("berth: It fails for display: "))
        #expect(answer.errors.split(separator: "\n").allSatisfy { $0.hasPrefix("berth: ") })
    }

    @Test func `other operations, other guests and what cannot be read start`() async throws {
        let broken = try await domain("q35-ovmf-gen9")
        #expect(try await hook(["release", "end"], broken).isSuccess)
        #expect(try await hook(["prepare", "begin"], "<domain type='kvm'><name>a</name></domain>").isSuccess)
        #expect(try await hook(["prepare", "begin"], "<domain><hostdev").isSuccess)
    }
}
