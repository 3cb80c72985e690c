import Foundation
import TestSupport
import Testing

/// Pins, locks and bundled guests by name, as the tool takes them.
struct LockCommandTests {
    private func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("berth-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    @Test func `a lock is written once, kept, and never overwritten`() async throws {
        try await withFolder { folder in
            let lock = folder.appendingPathComponent("plan.lock")
            let first = try await BuiltTool.run(["plan", "pc-seabios-gen9", "--lock", lock.path])
            #expect(first.status == 0)
            let written = try Data(contentsOf: lock)
            let again = try await BuiltTool.run(["plan", "pc-seabios-gen9", "--lock", lock.path])
            #expect(again.status == 0 && again.complaint == "")
            #expect(again.output.contains("stolen memory  firmware-reserved"))
            #expect(try Data(contentsOf: lock) == written)

            let file = PackageRoot.url.appendingPathComponent("Topologies/pc-seabios-gen9.yaml")
            let text = try String(contentsOf: file, encoding: .utf8)
            let moved = text.replacingOccurrences(of: "id: net0, at: 00:03.0", with: "id: net0, at: 00:07.0")
            #expect(moved != text)
            let changed = try await BuiltTool.run(["plan", "-", "--lock", lock.path], input: moved)
            #expect(changed.status == 1)
            #expect(
                changed.output == """
                    \(lock.path) cannot be kept. What the guest would see:
                      net0 (virtio-net-pci) moves from 00:03.0 to 00:07.0
                          Linux: ens3 becomes ens7; Windows finds a new device and sets up a new connection
                    Change the guest back, or remove the file and plan again.

                    """)
            let json = try await BuiltTool.run(["plan", "-", "--lock", lock.path, "--format", "json"], input: moved)
            let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
            #expect(object?["kept"] as? Bool == false && json.status == 1)

            let other = try await BuiltTool.run(["plan", "q35-busy", "--lock", lock.path])
            #expect(other.status == 65)
            #expect(
                other.complaint.hasSuffix(
                    "error: this is the lock of 'pc-seabios-gen9', not of 'q35-busy': give that guest, or another file [lock]\n"
                ))
            let both = try await BuiltTool.run(
                ["plan", "pc-seabios-gen9", "--lock", lock.path, "--strategy", "lpc-bridge"])
            #expect(both.status == 64)
            try Data("{\n  \"schema\" : ]\n".utf8).write(to: lock)
            let damaged = try await BuiltTool.run(["plan", "pc-seabios-gen9", "--lock", lock.path])
            #expect(damaged.status == 65)
            #expect(
                damaged.complaint.hasPrefix("\(lock.path):2:14: error: the lock is damaged"), "\(damaged.complaint)")
        }
    }

    @Test func `an infeasible guest writes no lock`() async throws {
        try await withFolder { folder in
            let lock = folder.appendingPathComponent("plan.lock")
            let run = try await BuiltTool.run(
                ["plan", "q35-nothing-fits", "--guest", "windows-10", "--lock", lock.path])
            #expect(run.status == 1)
            #expect(!FileManager.default.fileExists(atPath: lock.path))
        }
    }

    @Test(arguments: [
        (["--pin", "stolen-memory=0xfee00000"], 65), (["--pin", "stolen-memory=00:09.0"], 65),
        (["--pin", "stolen-memory"], 64), (["--pin", "stolen=0x1000"], 64), (["--pin", "opregion=here"], 64),
        (["--pin", "stolen-memory=0xba700000"], 0), (["--pin", "stolen-memory=0x10000000"], 1),
    ])
    func `pins`(options: [String], status: Int) async throws {
        let run = try await BuiltTool.run(["plan", "pc-seabios-gen9"] + options)
        #expect(run.status == status, "\(run.complaint)")
        if status > 1 { #expect(run.complaint.hasPrefix("error: --pin: ") && run.output == "") }
    }

    /// Of the changes that are tried, one gives two buses one name.
    @Test func `a pin that nothing keeps is told so, whatever is tried to help`() async throws {
        let guest = "docs/examples/guests/105.conf"
        let run = try await BuiltTool.run(["plan", guest, "--stack", "debian-12", "--pin", "opregion=0x7f000000"])
        #expect(run.status == 1)
        #expect(run.output.contains("OpRegion is pinned to 0x7f000000, and this berth is at"))
    }

    @Test func `a bundled guest has a name, a missing file a near one`() async throws {
        let named = try await BuiltTool.run(["plan", "q35-busy"])
        let byPath = try await BuiltTool.run(["plan", "Topologies/q35-busy.yaml"])
        #expect(named.output == byPath.output)
        #expect(
            try await BuiltTool.run(["plan", "q35-bussy"]).complaint
                == "q35-bussy:1:1: error: there is no such file; did you mean 'q35-busy'? [input]\n")
        #expect(
            try await BuiltTool.run(["plan", "Topologies/q35-bussy.yaml"]).complaint
                == "Topologies/q35-bussy.yaml:1:1: error: there is no such file; did you mean 'Topologies/q35-busy.yaml'? [input]\n"
        )
    }

    @Test func `a command line without an IGD is told what it lacks`() async throws {
        let run = try await BuiltTool.run(["plan", "--", "-machine", "q35", "-m", "2G"])
        #expect(run.status == 65)
        #expect(
            run.complaint.contains(
                "add a '-device vfio-pci,host=0000:00:02.0' of an Intel display, or a host with --host"))
    }
}
