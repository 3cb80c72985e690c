import Foundation
import Glibc
import TestSupport
import Testing

/// `berth rehearse` as a process.
@Suite(.serialized) struct RehearseCommandTests {
    @Test func `a guest that boots as predicted, as JSON`() async throws {
        struct Document: Decodable {
            struct Fact: Decodable {
                var kind: String
                var place: String
                var predicted: String?
                var observed: String?
            }
            var agrees: Bool
            var differences: Int
            var facts: [Fact]
        }
        let run = try await BuiltTool.run(["rehearse", "pc-seabios-gen8", "--format", "json"])
        #expect(run.status == 0, "\(run.complaint)")
        let document = try JSONDecoder().decode(Document.self, from: Data(run.output.utf8))
        #expect(document.agrees && document.differences == 0 && document.facts.count > 40)
        let bdsm = try #require(document.facts.first { $0.place == "00:02.0 BDSM" })
        #expect(bdsm.predicted == "0xbcb00000" && bdsm.observed == "0xbcb00000")
    }

    @Test func `one wrong number in what is expected is one difference, and the answer is no`() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rx-\(UUID().uuidString.prefix(6))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let first = try await BuiltTool.run(["rehearse", "pc-seabios-gen8", "--format", "json"])
        #expect(first.status == 0, "\(first.complaint)")
        let right = folder.appendingPathComponent("right.json")
        try first.output.write(to: right, atomically: true, encoding: .utf8)
        let again = try await BuiltTool.run(["rehearse", "pc-seabios-gen8", "--expect", right.path])
        #expect(again.status == 0, "\(again.complaint)")
        #expect(again.output.hasPrefix("Verdict: as predicted, 43 of 43 facts\n"))

        let wrong = folder.appendingPathComponent("wrong.json")
        #expect(first.output.components(separatedBy: "\"predicted\" : \"0xbcb00000\"").count == 2)
        try first.output.replacing("\"predicted\" : \"0xbcb00000\"", with: "\"predicted\" : \"0xbcc00000\"")
            .write(to: wrong, atomically: true, encoding: .utf8)
        let failed = try await BuiltTool.run(["rehearse", "pc-seabios-gen8", "--expect", wrong.path])
        #expect(failed.status == 1)
        #expect(failed.output.hasPrefix("Verdict: 1 of 43 facts are not as predicted\n"))
        let differing = failed.output.split(separator: "\n").filter { $0.hasPrefix("!") }
        let row = ["!", "register", "00:02.0", "BDSM", "0xbcc00000", "0xbcb00000"]
        #expect(differing.map { $0.split(separator: " ").map(String.init) } == [row])

        try "{}".write(to: wrong, atomically: true, encoding: .utf8)
        let unusable = try await BuiltTool.run(["rehearse", "pc-seabios-gen8", "--expect", wrong.path])
        #expect(unusable.status == 65)
        #expect(
            unusable.complaint.contains(
                "no facts of a rehearsal; expected what 'berth rehearse --format json' writes [expected-facts]"))
    }

    @Test func `a prediction for another stack fails, and says which release is not the one that ran`() async throws {
        let run = try await BuiltTool.run(
            ["rehearse", "pc-seabios-gen8", "--stack", "debian-13", "--format", "junit"])
        #expect(run.status == 1)
        #expect(
            run.complaint.contains("note: QEMU 7.2.") && run.complaint.contains("the prediction is for 10.0 [stack]"))
        #expect(run.output.contains("<failure type=\"BAR\" message=\"predicted "), "\(run.output)")
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
    func `a signal ends the guest and leaves nothing`(signal: Int32) async throws {
        let folder = try Workplace()
        let (berth, qemu) = try await folder.start()
        kill(berth.processIdentifier, signal)
        let end = Date.now + 60
        while berth.isRunning, Date.now < end { try await Task.sleep(for: .milliseconds(20)) }
        #expect(!berth.isRunning)
        #expect(berth.terminationReason == .exit && berth.terminationStatus == 130)
        #expect(!folder.isAlive(qemu))
        #expect(folder.guests(in: folder.url).isEmpty)
    }

    @Test func `the guest dies with who started it, and the next one tidies up`() async throws {
        let folder = try Workplace()
        let (berth, qemu) = try await folder.start()
        kill(berth.processIdentifier, SIGKILL)
        let end = Date.now + 60
        while folder.isAlive(qemu), Date.now < end { try await Task.sleep(for: .milliseconds(20)) }
        #expect(!folder.isAlive(qemu))
        #expect(folder.guests(in: folder.url).count == 1)
        let run = try await BuiltTool.run(
            ["rehearse", "pc-seabios-gen8"], after: "export TMPDIR=\(folder.url.path)")
        #expect(run.status == 0)
        #expect(folder.guests(in: folder.url).isEmpty)
    }

    @Test func `a QEMU that is killed is said, and nothing is left`() async throws {
        let folder = try Workplace()
        let (berth, qemu) = try await folder.start()
        kill(qemu, SIGKILL)
        let end = Date.now + 60
        while berth.isRunning, Date.now < end { try await Task.sleep(for: .milliseconds(20)) }
        #expect(!berth.isRunning)
        #expect(berth.terminationReason == .exit && berth.terminationStatus == 1)
        #expect(folder.complaint().contains("error: QEMU ended while the guest was at work: no message, "))
        #expect(folder.guests(in: folder.url).isEmpty)
    }
}

/// A folder for temporary files of one test, by which its processes are known.
private final class Workplace {
    let url: URL
    private let complaints = Pipe()

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("rh-\(UUID().uuidString.prefix(6))")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    struct NoGuest: Error {}

    /// Starts a rehearsal that takes some seconds, and waits until its QEMU is at work.
    func start() async throws -> (berth: Process, qemu: pid_t) {
        let berth = Process()
        berth.executableURL = BuiltTool.url
        berth.arguments = ["rehearse", "pc-ovmf-gen8", "--stack", "debian-12", "--time-limit", "600"]
        berth.environment = ProcessInfo.processInfo.environment.merging(["TMPDIR": url.path]) { $1 }
        berth.standardOutput = FileHandle.nullDevice
        berth.standardError = complaints
        try berth.run()
        let end = Date.now + 120
        while Date.now < end {
            // Its trace is there when it runs.
            if let guest = guests(in: url).first, let qemu = process(naming: guest),
                FileManager.default.fileExists(atPath: url.appendingPathComponent("\(guest)/trace").path)
            {
                return (berth, qemu)
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        berth.terminate()
        throw NoGuest()
    }

    func guests(in folder: URL) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter {
            $0.hasPrefix("berth-guest-")
        }
    }

    private func process(naming guest: String) -> pid_t? {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { pid_t($0) }.first { process in
            guard let line = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") else { return false }
            let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
            return words.first == "qemu-system-x86_64" && words.contains { $0.contains(guest) }
        }
    }

    /// Neither gone nor a zombie that nobody has reaped.
    func isAlive(_ process: pid_t) -> Bool {
        guard let status = FileManager.default.contents(atPath: "/proc/\(process)/stat") else { return false }
        let text = String(decoding: status, as: UTF8.self)
        return text.split(separator: ")").last?.split(separator: " ").first.map { $0 != "Z" && $0 != "X" } ?? false
    }

    func complaint() -> String { String(decoding: complaints.fileHandleForReading.availableData, as: UTF8.self) }
}
