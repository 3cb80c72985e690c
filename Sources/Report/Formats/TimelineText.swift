import BerthBoot
import BerthDiagnostics
import BerthPCI
import BerthTopology

/// Every time a BAR comes or goes, grouped by phase and function, with a verdict.
enum TimelineText {
    /// One line: the worst of all exposures.
    static func verdict(_ outcome: BootOutcome) -> String {
        let rank = { (level: Exposure.Level) in
            switch level {
            case .never: 0
            case .onlyBeforeDriverLoads: 1
            case .transientWhileInUse: 2
            case .broken: 3
            }
        }
        guard let worst = outcome.exposures.max(by: { rank($0.level) < rank($1.level) }) else {
            return "Verdict: no BAR carries stolen memory or the OpRegion"
        }
        return "Verdict: " + sentence(worst, outcome)
    }

    static func render(_ outcome: BootOutcome, _ layout: inout TextLayout) {
        exposures(outcome, &layout)
        layout.blank()
        layout.line("Timeline")
        let events = outcome.guest.timeline.inPhaseOrder()
        for phase in BootPhase.allCases {
            let inPhase = events.filter { $0.phase == phase }
            guard !inPhase.isEmpty else { continue }
            layout.line("\(phase)", indent: 2)
            for (function, rows) in grouped(inPhase) { group(rows, of: function, outcome, &layout) }
        }
    }

    /// By function, in the order in which they first appear.
    private static func grouped(_ events: [TimelineEvent]) -> [(Int, [TimelineEvent])] {
        var order: [Int] = []
        var groups: [Int: [TimelineEvent]] = [:]
        for event in events {
            if groups[event.function] == nil { order.append(event.function) }
            groups[event.function, default: []].append(event)
        }
        return order.map { ($0, groups[$0] ?? []) }
    }

    /// One line a BAR: how often it goes, where it ends, why.
    private static func group(
        _ events: [TimelineEvent], of function: Int, _ outcome: BootOutcome, _ layout: inout TextLayout
    ) {
        let row = outcome.tree.functions[function]
        layout.line("\(outcome.place(of: function)) \(row.name)", indent: 4)
        for bar in Set(events.map(\.bar)).sorted() {
            let own = events.filter { $0.bar == bar }
            layout.line("\(bar)  \(summary(own))  (\(causes(own)))", indent: 6)
        }
    }

    private static func summary(_ events: [TimelineEvent]) -> String {
        var address: UInt64?
        var moves: [String] = []
        var maps = 0
        var offs = 0
        for event in events {
            switch event.change {
            case .map(let place):
                maps += 1
                address = place
            case .unmap(let place):
                offs += 1
                address = address ?? place
            case .move(let from, let to):
                moves.append("moves from \(Hexadecimal.string(from)) to \(Hexadecimal.string(to))")
            }
        }
        let place = address.map { "at \(Hexadecimal.string($0))" }
        let isOffInTheEnd = if case .unmap? = events.last?.change { true } else { false }
        let switching =
            isOffInTheEnd
            ? "on for a moment\(maps > 1 ? ", \(maps) times" : "")" : offs > 0 ? "off \(times(offs))" : nil
        return ([switching, place].compactMap { $0 } + moves).joined(separator: ", ")
    }

    /// The first and the last of several.
    private static func causes(_ events: [TimelineEvent]) -> String {
        var distinct: [String] = []
        for event in events where distinct.last != event.cause.description { distinct.append(event.cause.description) }
        guard distinct.count > 2, let first = distinct.first, let last = distinct.last else {
            return distinct.joined(separator: "; ")
        }
        return "\(first) ... \(last)"
    }

    private static func exposures(_ outcome: BootOutcome, _ layout: inout TextLayout) {
        guard !outcome.exposures.isEmpty else { return }
        layout.blank()
        layout.line("Exposure")
        for exposure in outcome.exposures {
            layout.line(sentence(exposure, outcome), indent: 2)
            if let gap = exposure.firstHurtful {
                layout.line("first: \(gap.cause), during \(gap.phase) [\(gap.cause.source)]", indent: 4)
            }
        }
        for consumer in outcome.consumers {
            let end = consumer.phases.upperBound
            layout.line(
                "\(consumer.region.name) is used by \(consumer.name) (\(consumer.access.rawValue)), from "
                    + "\(consumer.phases.lowerBound) to \(end)\(consumer.isCertain ? "" : ", perhaps")", indent: 2)
        }
    }

    private static func sentence(_ exposure: Exposure, _ outcome: BootOutcome) -> String {
        let subject =
            exposure.carrier.map {
                "\(exposure.region.name) on \(outcome.place(of: $0)) \(exposure.bar.map { "\($0)" } ?? "")"
            }
            ?? exposure.region.name
        switch exposure.level {
        case .never: return "\(subject) is never gone"
        case .onlyBeforeDriverLoads:
            return "\(subject) is gone \(times(exposure.gaps.count)), only before the driver loads"
        case .transientWhileInUse(let count):
            let user = exposure.firstHurtful?.users.first ?? "somebody"
            return "\(subject) is gone \(times(count)) while \(user) uses it"
        case .broken: return "\(subject) is not where its register points"
        }
    }

    private static func times(_ count: Int) -> String { count == 1 ? "once" : "\(count) times" }
}
