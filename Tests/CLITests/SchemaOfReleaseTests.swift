import TestSupport
import Testing

/// A schema counts for the libvirt that it is of; without one the names of its release are known from a table.
struct SchemaOfReleaseTests {
    private static let document = """
        <domain type='qemu'><name>g</name><memory>1048576</memory>
        <os><type arch='x86_64' machine='q35'>hvm</type><firmwar/></os><features><ras state='on'/></features>
        <devices><crypto model='virtio' type='qemu'><backend model='builtin' queues='1'/></crypto></devices></domain>
        """

    @Test func `the schema of another release refuses nothing, and that is said`() async throws {
        let run = try await BuiltTool.run(
            ["validate", "--any-host", "--stack", "debian-13", "-"], input: Self.document)
        #expect(run.status == 0)
        #expect(
            run.complaint == """
                note: /usr/share/libvirt/schemas/domain.rng is of libvirt 9.0.0, debian-13 has 11.3.0: the rules alone are \
                checked; --schema names another [no-schema]

                """)
        #expect(run.output.hasSuffix("1 file, 1 valid: 1 warning (no schema, the rules alone)\n"), "\(run.output)")
        let own = try await BuiltTool.run(["validate", "--any-host", "-"], input: Self.document)
        #expect(own.status == 1)
        #expect(own.output.contains("<crypto> is not known in <devices>"), "\(own.output)")
    }

    @Test(arguments: [
        (
            "9.0",
            [
                "<firmwar> in <os>", "<ras> in <features> (known since libvirt 10.4)",
                "<crypto> in <devices> (known since libvirt 9.1)",
            ]
        ),
        ("11.3", ["<firmwar> in <os>"]), ("12.8", ["<firmwar> in <os>"]),
    ])
    func `names that a release passes over are warned of`(release: String, names: [String]) async throws {
        let run = try await BuiltTool.run(
            ["validate", "--any-host", "--schema", "none", "--libvirt", release, "-"], input: Self.document)
        #expect(run.status == 0)
        let warnings = run.output.split(separator: "\n").filter { $0.contains("warning: ") }
            .map { $0.split(separator: "warning: ").last.map(String.init) ?? "" }
        #expect(warnings == names.map { "libvirt \(release) passes over \($0) [unknown-name]" })
    }
}
