import Foundation
import TestSupport
import Testing

/// `--purpose`, and guests that have to be moved before they can be planned.
struct PurposeCommandTests {
    private static let guest = "Topologies/pc-seabios-gen9.yaml"

    @Test(arguments: [
        (
            ["--purpose", "rendr"],
            "error: --purpose: 'rendr' is not one of display, boot-display, render; did you mean 'render'?"
        ),
        (["--purpose", "render", "--guest", "firmware-only"], "error: the purpose 'render' needs a driver"),
    ])
    func `a purpose that is none, or none of this guest, is one line`(arguments: [String], complaint: String)
        async throws
    {
        for verb in ["plan", "compare", "simulate"] {
            let run = try await BuiltTool.run([verb, Self.guest] + arguments)
            #expect(run.status == 64 && run.output == "")
            let lines = run.complaint.split(separator: "\n")
            #expect(lines.count == 1 && lines.first?.hasPrefix(complaint) == true, "\(run.complaint)")
        }
    }

    @Test func `a purpose in a file that the guest cannot have has its place`() async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("machine: q35\nmemory: 1GiB\nguest: firmware-only\npurpose: render\nigd: {platform: skylake}\n".utf8)
            .write(to: file)
        let run = try await BuiltTool.run(["plan", file.path])
        #expect(run.status == 65)
        #expect(
            run.complaint.hasPrefix("\(file.path):4:10: error: the purpose 'render' needs a driver"), "\(run.complaint)"
        )
    }

    @Test func `rendering is planned without regions and says so in every verb`() async throws {
        let arguments = ["Topologies/q35-ovmf-gen9.yaml", "--purpose", "render"]
        let plan = try await BuiltTool.run(["plan", "--qemu-version", "7.2"] + arguments)
        #expect(plan.status == 0 && plan.output.contains(", for render"))
        let simulation = try await BuiltTool.run(["simulate"] + arguments)
        #expect(simulation.output.contains("for render stolen memory is "))
        let comparison = try await BuiltTool.run(["compare"] + arguments)
        #expect(comparison.status == 0)
    }

    @Test func `a command line that QEMU refuses because something is where the IGD goes is planned by moving it`()
        async throws
    {
        let words = ["--", "-machine", "pc", "-m", "4G", "-device", "vfio-pci,host=00:02.0,addr=02.0"]
        let plan = try await BuiltTool.run(["plan"] + words)
        #expect(plan.status == 0)
        #expect(plan.output.contains("move           VGA 'default-0-VGA' from 00:02.0 to 00:04.0"), "\(plan.output)")
        let simulation = try await BuiltTool.run(["simulate"] + words)
        #expect(simulation.status == 65 && simulation.complaint.contains("duplicate-address"))
    }

    @Test func `simulate says that QEMU would not start the guest, as the verdict does`() async throws {
        let words = [
            "--qemu-version", "10.1", "--", "-machine", "q35", "-m", "4G", "-nodefaults", "-device",
            "vfio-pci,host=00:02.0,addr=02.0,x-igd-lpc=on",
        ]
        let simulation = try await BuiltTool.run(["simulate"] + words)
        #expect(simulation.status == 0)
        #expect(
            simulation.complaint.contains(
                "warning: QEMU 10.1 does not start this guest: Cannot create LPC bridge due to existing device at 1f.0")
        )
        let plan = try await BuiltTool.run(["plan"] + words)
        #expect(plan.status == 0 && plan.output.contains("x-igd-lpc=off"))
    }

    @Test func `an IGD behind a root port is moved for a display and left there for rendering`() async throws {
        let domain = """
            <domain type='kvm'>
              <name>box</name>
              <memory unit='GiB'>8</memory>
              <os><type arch='x86_64' machine='pc-q35-8.2'>hvm</type></os>
              <cpu mode='host-passthrough'/>
              <devices>
                <video><model type='none'/></video>
                <hostdev mode='subsystem' type='pci' managed='yes'>
                  <source><address domain='0x0000' bus='0x00' slot='0x02' function='0x0'/></source>
                  <address type='pci' domain='0x0000' bus='0x03' slot='0x00' function='0x0'/>
                </hostdev>
              </devices>
            </domain>
            """
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).xml")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(domain.utf8).write(to: file)
        let stack = ["--stack", "debian-13"]
        let plan = try await BuiltTool.run(["plan", file.path] + stack)
        #expect(
            plan.status == 0 && plan.output.contains("move           the IGD from pci.3:00.0 to 00:02.0"),
            "\(plan.output)")
        #expect(plan.output.contains("the IGD at 00:02.0 instead of 03:00.0"))
        let applied = try await BuiltTool.run(["apply", "--diff", file.path] + stack)
        #expect(applied.status == 0 && applied.output.contains("bus='0x00' slot='0x02'"), "\(applied.complaint)")
        let render = try await BuiltTool.run(["plan", "--purpose", "render", file.path] + stack)
        #expect(render.status == 0 && !render.output.contains("move  "))
        let arguments = try await BuiltTool.run(["plan", "--purpose", "render", "--format", "qemu", file.path] + stack)
        let lines = arguments.output.split(separator: "\n").map(String.init)
        let port = lines.firstIndex { $0.contains("id=pci.3") }
        let igd = lines.firstIndex { $0.contains("vfio-pci,host=0000:00:02.0") }
        #expect(port.flatMap { port in igd.map { port < $0 } } == true, "\(arguments.output)\(arguments.complaint)")
        let kept = try await BuiltTool.run(["apply", "--diff", "--purpose", "render", file.path] + stack)
        let new = kept.output.split(separator: "\n").filter { $0.first == "+" }.joined(separator: "\n")
        #expect(kept.status == 0, "\(kept.complaint)")
        #expect(!new.contains("slot='0x02'") && new.contains("x-igd-opregion"), "\(new)")
    }
}
