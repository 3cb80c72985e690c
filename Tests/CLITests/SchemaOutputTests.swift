import BerthBundled
import Foundation
import TestSupport
import Testing

/// What the tool prints fits the schemas that it ships with.
struct SchemaOutputTests {
    private func check(_ arguments: [String], _ name: String, status: Set<Int> = [0]) async throws {
        let run = try await BuiltTool.run(arguments + ["--format", "json"])
        #expect(status.contains(run.status), "\(arguments): \(run.status) \(run.complaint)")
        try check(run.output, name)
    }

    private func check(_ text: String, _ name: String) throws {
        let file = PackageRoot.url.appendingPathComponent("docs/schema/\(name).json")
        let schema = try JSONSchema(try String(contentsOf: file, encoding: .utf8))
        let violations = try schema.violations(of: text)
        #expect(violations == [])
    }

    @Test(arguments: BundledTopologies.names)
    func `verbs on every bundled guest`(name: String) async throws {
        let guest = "Topologies/\(name).yaml"
        try await check(["plan", guest], "plan", status: [0, 1])
        try await check(["compare", guest], "compare")
        try await check(["simulate", guest], "simulate", status: [0, 1])
        try await check(["diagnose", guest], "diagnose", status: [0, 1])
    }

    @Test func `a plan that there is none of, findings, a host, a share, an entry of the catalogue`() async throws {
        try await check(["plan", "Topologies/q35-nothing-fits.yaml", "--guest", "windows-10"], "plan", status: [1])
        try await check(
            ["validate", "docs/examples/vm.xml", "--any-host", "--schema", "none"], "validate", status: [0, 1])
        let cases = "Tests/FieldTests/Cases"
        try await check(["plan", "\(cases)/07-mediated-gpu.xml"], "shared-graphics")
        try await check(["diagnose", "\(cases)/06-virtual-function.xml"], "diagnose", status: [0, 1])
        try await check(["host", "\(cases)/18-alder-lake.host.txt"], "host")
        try await check(["catalog", "rules", "register-reach"], "catalog-entry")
    }

    @Test func `a lock, and what would change`() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("berth-schema-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let lock = folder.appendingPathComponent("lock.json").path
        _ = try await BuiltTool.run(["plan", "Topologies/pc-seabios-gen9.yaml", "--lock", lock])
        try check(try String(contentsOfFile: lock, encoding: .utf8), "lock")
        try await check(
            ["plan", "Topologies/pc-seabios-gen9.yaml", "--lock", lock, "--qemu-version", "10.1"], "lock-changes",
            status: [0, 1])
    }
}
