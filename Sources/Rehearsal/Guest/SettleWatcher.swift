import BerthBoot
import BerthStack
import BerthTopology

/// Decides when a firmware is done.
struct SettleWatcher {
    enum State: Hashable {
        case working
        case done
        case halted(String)
    }

    private let signs: FirmwareSigns
    private var writes = 0
    private var hasSized = false
    private var quietSince: ContinuousClock.Instant?
    private var functions: [PCIFunctionReport] = []
    private var unchangedSince: ContinuousClock.Instant?

    private let start: ContinuousClock.Instant

    init(_ signs: FirmwareSigns, from start: ContinuousClock.Instant) {
        self.signs = signs
        self.start = start
    }

    /// OVMF pauses between placing BARs and its last switching of decode, but never this long. A machine that is slow
    /// is slow in its pauses too: they are held against the time up to the pause.
    private func isLongEnough(_ since: ContinuousClock.Instant, _ now: ContinuousClock.Instant) -> Bool {
        now - since >= max(.seconds(2), since - start)
    }

    /// What the log tells; OVMF has none.
    mutating func look(at now: ContinuousClock.Instant) -> State {
        if let words = signs.words { return lookAtLog(words) }
        lookAtWrites(now)
        return .working
    }

    private func lookAtLog(_ words: FirmwareTraits.DebugLog) -> State {
        let log = signs.log
        for line in log.split(whereSeparator: \.isNewline) where line.hasPrefix(words.outOf) {
            return .halted("out of \(line.dropFirst(words.outOf.count))")
        }
        // Bus numbers are 8 bits wide; thousands of scans mean that it is scanning in circles.
        if log.utf8.count > 200_000, log.split(separator: words.numbering).count > 1024 {
            return .halted(words.endlessNumbering)
        }
        return words.done.contains { log.contains($0) } ? .done : .working
    }

    private mutating func lookAtWrites(_ now: ContinuousClock.Instant) {
        let text = signs.configurationWrites
        if text.utf8.count != writes {
            writes = text.utf8.count
            quietSince = now
            // Sizing of BAR 0: enumeration has begun. Before it come pauses while OVMF unpacks itself.
            hasSized = hasSized || text.contains("@0x10 <- 0xffffffff")
        }
    }

    /// Whether OVMF is done: the same functions for a while, and either something has an address or
    /// enumeration was given up, which leaves nothing but silence.
    mutating func isSettled(_ functions: [PCIFunctionReport], at now: ContinuousClock.Instant) -> Bool {
        if functions != self.functions {
            self.functions = functions
            unchangedSince = now
        }
        guard let unchangedSince, isLongEnough(unchangedSince, now) else { return false }
        if functions.contains(where: { $0.addresses.values.contains { $0 != 0 } }) { return true }
        guard hasSized, let quietSince else { return false }
        return isLongEnough(quietSince, now)
    }
}
