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
        for boot in 0...(events.last?.boot ?? 0) {
            for phase in BootPhase.allCases {
                let inPhase = events.filter { $0.boot == boot && $0.phase == phase }
                guard !inPhase.isEmpty else { continue }
                layout.line(
                    "\(phase)\(boot == 0 ? "" : boot == 1 ? ", after the reset" : ", after reset \(boot)")", indent: 2)
                for (function, rows) in grouped(inPhase, outcome) { group(rows, of: function, outcome, &layout) }
            }
        }
    }

    /// By function, in the order of their addresses.
    private static func grouped(_ events: [TimelineEvent], _ outcome: BootOutcome) -> [(Int, [TimelineEvent])] {
        let groups = Dictionary(grouping: events, by: \.function)
        return groups.sorted { order($0.key, outcome) < order($1.key, outcome) }.map { ($0.key, $0.value) }
    }

    private static func order(_ function: Int, _ outcome: BootOutcome) -> (UInt8, UInt8, Int) {
        let row = outcome.tree.functions[function]
        return (outcome.firmware.busNumbers[row.bus] ?? .max, row.devfn, function)
    }

    /// One line for all BARs that share their fate, which with one command bit is the rule.
    private static func group(
        _ events: [TimelineEvent], of function: Int, _ outcome: BootOutcome, _ layout: inout TextLayout
    ) {
        let heading = "\(outcome.place(of: function)) \(outcome.tree.functions[function].name)"
        let rows = Dictionary(grouping: events, by: \.bar).sorted { $0.key < $1.key }.map { bar, own in
            (bar: bar, fate: summary(own), place: place(own), causes: causes(own))
        }
        if let first = rows.first, rows.allSatisfy({ $0.fate == first.fate && $0.causes == first.causes }) {
            let places = rows.map { "\($0.bar)\($0.place.map { " at \($0)" } ?? "")" }.joined(separator: ", ")
            let fate = first.fate.isEmpty ? "" : "\(first.fate): "
            layout.line("\(heading)  \(fate)\(places)  (\(first.causes))", indent: 4, hanging: 4)
            return
        }
        for row in rows {
            let fate = [row.fate, row.place.map { "at \($0)" } ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
            layout.line("\(heading)  \(row.bar) \(fate)  (\(row.causes))", indent: 4, hanging: 4)
        }
    }

    private static func place(_ events: [TimelineEvent]) -> String? {
        for case .map(let address) in events.map(\.change) { return Hexadecimal.string(address) }
        for case .unmap(let address) in events.map(\.change) { return Hexadecimal.string(address) }
        return nil
    }

    private static func summary(_ events: [TimelineEvent]) -> String {
        var moves: [String] = []
        var maps = 0
        var offs = 0
        for event in events {
            switch event.change {
            case .map: maps += 1
            case .unmap: offs += 1
            case .move(let from, let to):
                moves.append("moves from \(Hexadecimal.string(from)) to \(Hexadecimal.string(to))")
            }
        }
        let isOffInTheEnd = if case .unmap? = events.last?.change { true } else { false }
        let switching: String? =
            isOffInTheEnd ? "on \(times(maps)) and off again" : offs > 0 ? "off \(times(offs))" : nil
        return ([switching].compactMap { $0 } + moves).joined(separator: ", ")
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
        if let reason = outcome.stolenMemoryIsIgnored { layout.line("stolen memory is ignored: \(reason)", indent: 2) }
        for consumer in outcome.consumers {
            let (start, end) = (consumer.phases.lowerBound, consumer.phases.upperBound)
            let when = start == end ? "during \(start)" : "from \(start) to \(end)"
            layout.line(
                "\(consumer.region.name) is used by \(consumer.name) (\(consumer.access.rawValue)), "
                    + "\(when)\(consumer.isCertain ? "" : ", perhaps")", indent: 2)
        }
    }

    /// What becomes of a region, without saying which: `never gone`.
    static func fate(_ level: Exposure.Level) -> String {
        switch level {
        case .never: "never gone"
        case .onlyBeforeDriverLoads: "gone only before the driver loads"
        case .transientWhileInUse(let count): "gone \(times(count)) while in use"
        case .broken: "not where its register points"
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
