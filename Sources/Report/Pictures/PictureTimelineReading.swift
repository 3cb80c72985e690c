package import BerthBoot
import BerthDiagnostics
import BerthPCI
import BerthTopology

extension PictureTimeline {
    /// A timeline with more lanes than this has its first ones.
    private static let most = 40

    /// `exposures`: of the regions that the guest has.
    package init(_ outcome: BootOutcome, exposures: [Exposure]) {
        let events = outcome.guest.timeline.inPhaseOrder()
        let used = outcome.consumers.flatMap { consumer in
            BootPhase.allCases.filter(consumer.phases.contains).map { Column(boot: 0, phase: $0) }
        }
        let missed = exposures.flatMap(\.gaps).map { Column(boot: $0.boot, phase: $0.phase) }
        let columns = Set(events.map { Column(boot: $0.boot, phase: $0.phase) } + used + missed).sorted()
        self.columns = columns
        let reader = LaneReader(outcome, events, columns)
        // Two regions may lie in the same BAR, and a BAR of the IGD that carries one is told of once.
        let carried = Set(exposures.compactMap { exposure in exposure.carrier.map { BARKey($0, exposure.bar) } })
        let others = reader.bars.filter { !carried.contains($0) }.sorted { reader.order($0) < reader.order($1) }
        lanes = exposures.map(reader.lane) + others.prefix(Self.most).map(reader.lane)
        left = max(0, others.count - Self.most)
    }
}

private struct BARKey: Hashable {
    var function: Int
    var bar: BARIndex?

    init(_ function: Int, _ bar: BARIndex?) {
        self.function = function
        self.bar = bar
    }
}

/// Puts events into the columns of a timeline.
private struct LaneReader {
    private typealias Column = PictureTimeline.Column
    private let outcome: BootOutcome
    private let columns: [PictureTimeline.Column]
    private let positions: [PictureTimeline.Column: Int]
    private let events: [BARKey: [TimelineEvent]]
    private let names: FunctionNames

    init(_ outcome: BootOutcome, _ events: [TimelineEvent], _ columns: [PictureTimeline.Column]) {
        self.outcome = outcome
        self.columns = columns
        positions = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($0.element, $0.offset) })
        self.events = Dictionary(grouping: events) { BARKey($0.function, $0.bar) }
        names = FunctionNames(outcome.tree, outcome.firmware)
    }

    /// Of memory, and of I/O, which decode at some time.
    var bars: [BARKey] { Array(events.keys) }

    func order(_ key: BARKey) -> (Int, UInt8, UInt8, Int, Int) {
        let function = outcome.tree.functions[key.function]
        return (
            function.origin == .igd ? 0 : 1, outcome.firmware.busNumbers[function.bus] ?? .max, function.devfn,
            key.function, key.bar?.position ?? 0
        )
    }

    func lane(_ key: BARKey) -> PictureTimeline.Lane {
        PictureTimeline.Lane(
            name: name(key), facts: names.place(key.function), region: nil, level: nil, stretches: stretches(key),
            marks: [], users: [])
    }

    func lane(_ exposure: Exposure) -> PictureTimeline.Lane {
        let key = exposure.carrier.map { BARKey($0, exposure.bar) }
        let always = PictureTimeline.Stretch(start: 0, end: Double(columns.count), facts: "in RAM, always there")
        return PictureTimeline.Lane(
            name: exposure.region.name,
            facts: key.map { "\(name($0)), \(names.place($0.function))" } ?? "in RAM", region: exposure.region,
            level: exposure.level, stretches: key.map(stretches) ?? [always], marks: marks(exposure),
            users: users(exposure.region))
    }

    private func name(_ key: BARKey) -> String {
        "\(key.bar.map { "\($0) of " } ?? "")\(outcome.tree.functions[key.function].name)"
    }

    /// Events of a phase stand at even distances; a BAR decodes between a map and the unmap that follows it.
    private func stretches(_ key: BARKey) -> [PictureTimeline.Stretch] {
        let events = events[key] ?? []
        let counts = Dictionary(grouping: events) { Column(boot: $0.boot, phase: $0.phase) }.mapValues(\.count)
        var seen: [PictureTimeline.Column: Int] = [:]
        var stretches: [PictureTimeline.Stretch] = []
        var open: (start: Double, facts: String)?
        for event in events {
            let column = Column(boot: event.boot, phase: event.phase)
            seen[column, default: 0] += 1
            let part = Double(seen[column] ?? 0) / Double((counts[column] ?? 0) + 1)
            let time = Double(positions[column] ?? 0) + part
            if let begun = open {
                stretches.append(.init(start: begun.start, end: time, facts: begun.facts))
                open = nil
            }
            switch event.change {
            case .map(let address): open = (time, "decodes at \(Hexadecimal.string(address)): \(event.cause)")
            case .move(let from, let to):
                open = (time, "moves from \(Hexadecimal.string(from)) to \(Hexadecimal.string(to)): \(event.cause)")
            case .unmap: break
            }
        }
        if let open { stretches.append(.init(start: open.start, end: Double(columns.count), facts: open.facts)) }
        return stretches
    }

    private func marks(_ exposure: Exposure) -> [PictureTimeline.Mark] {
        let groups = Dictionary(grouping: exposure.gaps) { Column(boot: $0.boot, phase: $0.phase) }
        return groups.sorted { $0.key < $1.key }.flatMap { column, gaps in
            gaps.enumerated().map { index, gap in
                let (start, width) = (Double(positions[column] ?? 0), 1 / Double(gaps.count))
                let users =
                    gap.users.isEmpty ? "nobody uses it then" : "while \(gap.users.joined(separator: ", ")) uses it"
                return PictureTimeline.Mark(
                    start: start + (Double(index) + 0.2) * width, end: start + (Double(index) + 0.8) * width,
                    isMissed: !gap.users.isEmpty || exposure.level == .broken && gap.kind != .decodeOff,
                    facts:
                        "\(gap.kind.rawValue), \(names.place(gap.function)): \(gap.cause), \(users) [\(gap.cause.source)]"
                )
            }
        }
    }

    private func users(_ region: Region) -> [PictureTimeline.User] {
        outcome.consumers.filter { $0.region == region }.compactMap { consumer in
            let within = columns.indices.filter { columns[$0].boot == 0 && consumer.phases.contains(columns[$0].phase) }
            guard let first = within.first, let last = within.last else { return nil }
            return PictureTimeline.User(
                name: consumer.name, first: first, last: last,
                facts: "\(consumer.access.rawValue)\(consumer.isCertain ? "" : ", perhaps") [\(consumer.source)]")
        }
    }
}
