import BerthBoot
import BerthDiagnostics
import BerthQEMU
import BerthRehearsal
import BerthStack
import BerthTopology
import Foundation
import TestSupport
import Testing

/// Random guests, booted for real, against what the models say of them.
///
/// `BERTH_LIVE_GUESTS` says how many (20), `BERTH_LIVE_SEED` the seed of the first one, `BERTH_LIVE_KIND` what they have most
/// of. A guest that differs prints its seed; with that seed and one guest it is drawn again alone. `make live` says it all, runs
/// other releases of a Debian that is installed under a folder, and keeps what came of it (`BERTH_LIVE_KEEP`) for the page on
/// fidelity.
@Suite(.serialized) struct LiveDifferentialTests {
    @Test func `Predictions for random guests equal what real firmware does`() async throws {
        let environment = ProcessInfo.processInfo.environment
        let count = environment["BERTH_LIVE_GUESTS"].flatMap { UInt64($0) } ?? 20
        let first = environment["BERTH_LIVE_SEED"].flatMap { UInt64($0) } ?? 20_260
        let stack = try LiveStack(environment)
        let named = environment["BERTH_LIVE_KIND"].flatMap { $0.isEmpty ? nil : $0 } ?? RandomGuest.Kind.any.rawValue
        let kind = try #require(RandomGuest.Kind(rawValue: named))
        print("live: \(count) guests (\(kind.rawValue)) from seed \(first) on \(stack.releases.name)")
        var tally = LiveFigures(
            date: String(Date.now.ISO8601Format().prefix(10)), stack: stack.releases.name, kind: kind.rawValue,
            seed: first, guests: count)
        for seed in first..<(first + count) {
            let guest = RandomGuest(seed: seed, kind: kind)
            switch await Verdict.of(guest, on: stack) {
            case .exact: tally.add(guest, isExact: true)
            case .refused: continue
            case .crashed(let message): print("live: no case, QEMU failed: \(message)\n\(describe(guest))")
            case .different(let what, let isCase):
                if isCase { tally.add(guest, isExact: false) }
                Issue.record("\(what)\n\(describe(guest))")
            }
        }
        print("live: \(tally.text)")
        if environment["BERTH_LIVE_KEEP"] == "1" { try tally.keep() }
        #expect(tally.differed.isEmpty && tally.total.values.reduce(0, +) * 2 > count)
    }

    private func describe(_ guest: RandomGuest) -> String {
        """
        BERTH_LIVE_KIND=\(guest.kind.rawValue) BERTH_LIVE_SEED=\(guest.seed) BERTH_LIVE_GUESTS=1
        \(guest.firmware): \(guest.commandLine.map(ShellQuoting.quote).joined(separator: " "))
        \(guest.recordedCase)
        """
    }
}

/// What came of one guest.
private enum Verdict {
    case exact
    /// By QEMU and by the model.
    case refused
    /// A defect of QEMU's, on which no model has to have an opinion.
    case crashed(String)
    /// A guest that QEMU refuses is no case, though the model may be wrong about it.
    case different(String, isCase: Bool)

    static func of(_ guest: RandomGuest, on stack: LiveStack) async -> Verdict {
        let prediction = Result { () throws(InputError) in try topology(guest, stack.releases) }
        do {
            guard let kind = FirmwareChoice(guest.firmware)?.kind else {
                return .different("no such firmware", isCase: true)
            }
            let observed = try await stack.run.observe(arguments: guest.commandLine, firmware: kind)
            let difference = try RecordedComparison.firstDifference(of: prediction.get(), from: observed)
            return difference.map { .different($0, isCase: true) } ?? .exact
        } catch GuestRun.Failure.refused(let message) {
            guard case .success = prediction else { return .refused }
            return .different("QEMU refuses what the model accepts: \(message)", isCase: false)
        } catch GuestRun.Failure.crashed(let message) {
            return .crashed(message)
        } catch let error as InputError {
            return .different("the model refuses what QEMU accepts: \(error)", isCase: true)
        } catch {
            return .different("\(error)", isCase: true)
        }
    }

    /// As it starts. Errors: what the model says QEMU would refuse.
    private static func topology(_ guest: RandomGuest, _ stack: Stack) throws(InputError) -> GuestTopology {
        var (topology, _) = try CommandLineReader.read(
            ["-nodefaults"] + guest.commandLine, stack: StackChoice(named: stack))
        topology.firmware = FirmwareChoice(guest.firmware, of: stack) ?? topology.firmware
        _ = try topology.resolved()
        return topology
    }
}

/// What runs the guests: this machine's QEMU, taken for Debian 12's, or with `BERTH_LIVE_STACK` that of another stack, in
/// the Debian under `BERTH_LIVE_ROOT`.
private struct LiveStack {
    struct Unknown: Error { let name: String }

    var releases = Stack.standard
    var run = GuestRun.patient

    init(_ environment: [String: String]) throws {
        guard let name = environment["BERTH_LIVE_STACK"], !name.isEmpty else { return }
        guard let stack = Stack.named(name) else { throw Unknown(name: name) }
        releases = stack
        run.program = "qemu-in-root"
        run.timeLimit = .seconds(600)
    }
}

extension LiveFigures {
    fileprivate mutating func add(_ guest: RandomGuest, isExact: Bool) {
        total[guest.firmware, default: 0] += 1
        exact[guest.firmware, default: 0] += isExact ? 1 : 0
        if !isExact { differed.append(guest.seed) }
    }

    fileprivate var text: String {
        let each = total.keys.sorted().map { "\($0) \(exact[$0] ?? 0)/\(total[$0] ?? 0)" }
        return "\(exact.values.reduce(0, +)) of \(total.values.reduce(0, +)) exact (\(each.joined(separator: ", ")))"
    }
}
