import TestSupport
import Testing

/// `simulate --then`.
struct ActionTests {
    private static let guest = "Topologies/q35-busy.yaml"

    @Test func `a reboot is told after the first boot`() async throws {
        let run = try await BuiltTool.run(["simulate", Self.guest, "--then", "reboot"])
        #expect(run.status == 0)
        #expect(run.output.contains("\n  power-on, after the reset\n"))
        #expect(run.output.contains("(QEMU resets every device)"))
    }

    @Test(arguments: [
        ("rebot", "error: 'rebot' is not one of load-drivers, rescan, suspend,"),
        ("remove=nobody", "error: 'remove' names 'nobody', which this guest does not have;"),
        ("plug=00:00.0", "error: '00:00.0' comes with the machine and cannot be plugged in;"),
        ("sink=st", "error: 'sink=st' is not one of load-drivers,"),
    ])
    func `unusable actions`(action: String, complaint: String) async throws {
        let run = try await BuiltTool.run(["simulate", Self.guest, "--then", action])
        #expect(run.status == 64)
        #expect(run.complaint.hasPrefix(complaint), "\(run.complaint)")
    }

    @Test func `a recorded case brings its own actions`() async throws {
        let run = try await BuiltTool.run([
            "simulate", "Tests/Support/Recorded/linux-extra/reset-q35-seabios.json",
        ])
        #expect(run.status == 0)
        #expect(run.output.contains("Linux resets the function"))
    }
}
