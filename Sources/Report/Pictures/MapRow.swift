package import BerthPCI
import BerthTopology

/// One line of a drawn map, from low to high addresses.
package struct MapRow: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case entry(AddressMap.Kind)
        /// Nothing lies there; free to hand out in an aperture or a window.
        case gap(isFree: Bool)
        /// Somewhere in the range before it.
        case floating(AddressMap.Floating)
        /// Several that are alike, left out because there are too many.
        case group
    }

    package let kind: Kind
    /// How many others it lies in.
    package let depth: Int
    /// Nil where nobody can tell.
    package let range: GuestRange?
    package let name: String
    package let facts: String
    /// A heading: what is in it has lines of its own.
    package let isHeading: Bool

    package var size: ByteCount? {
        if case .floating(let floating) = kind { floating.size } else { range?.size }
    }

    /// `0xc0000000-0xfbffffff`
    package var place: String {
        if case .floating(let floating) = kind { return "somewhere below \(floating.limit)" }
        return range.map { "\($0)" } ?? ""
    }

    /// The same in less room: `from 0xc0000000`.
    package var start: String {
        if case .floating(let floating) = kind { return "below \(floating.limit)" }
        return range.map { "from \($0.start)" } ?? ""
    }
}

extension AddressMap {
    /// A map with more entries than this has its plain ones put together.
    private static let mostEntries = 72
    /// What is smaller between two BARs is left out.
    private static let leastGap = ByteCount.mib(1)

    /// The map as lines. Gaps of a megabyte and more are lines, too.
    package var rows: [MapRow] {
        var rows: [MapRow] = []
        let isCrowded = Self.count(entries) > Self.mostEntries
        Self.add(entries, in: nil, depth: 0, isCrowded, &rows)
        for item in floating.reversed() {
            let row = MapRow(
                kind: .floating(item), depth: 1, range: nil, name: item.region.name,
                facts: "the firmware chooses where",
                isHeading: false)
            let place = rows.lastIndex { row in row.depth == 0 && (row.range.map { $0.start < item.limit } ?? false) }
            rows.insert(row, at: place.map { Self.end(of: $0, rows) } ?? 0)
        }
        return rows
    }

    private static func count(_ entries: [Entry]) -> Int { entries.reduce(0) { $0 + 1 + count($1.inside) } }

    /// Behind a line and what lies in it.
    private static func end(of index: Int, _ rows: [MapRow]) -> Int {
        rows[(index + 1)...].firstIndex { $0.depth <= rows[index].depth } ?? rows.count
    }

    private static func add(
        _ entries: [Entry], in parent: Entry?, depth: Int, _ isCrowded: Bool, _ rows: inout [MapRow]
    ) {
        var next = parent?.range.start.rawValue ?? 0
        var isOver = false
        for run in runs(entries, isCrowded) {
            guard let first = run.first else { continue }
            let last = run.map(\.range.last).max() ?? first.range.last
            if !isOver { gap(next, upTo: first.range.start.rawValue, parent, depth, &rows) }
            if run.count > 1 {
                rows.append(
                    MapRow(
                        kind: .group, depth: depth, range: GuestRange(first: first.range.start, last: last),
                        name: "\(run.count) ranges", facts: "\(first.name) to \(run.last?.name ?? "")", isHeading: false
                    ))
            } else {
                rows.append(
                    MapRow(
                        kind: .entry(first.kind), depth: depth, range: first.range, name: first.name,
                        facts: first.facts,
                        isHeading: !first.inside.isEmpty))
                if !first.inside.isEmpty { add(first.inside, in: first, depth: depth + 1, isCrowded, &rows) }
            }
            let (end, overflows) = last.rawValue.addingReportingOverflow(1)
            isOver = overflows
            next = max(next, end)
        }
        if let parent, !isOver, parent.range.last.rawValue != .max {
            gap(next, upTo: parent.range.last.rawValue + 1, parent, depth, &rows)
        }
    }

    private static func gap(
        _ first: UInt64, upTo end: UInt64, _ parent: Entry?, _ depth: Int, _ rows: inout [MapRow]
    ) {
        guard first < end, let range = GuestRange(start: GuestPhysicalAddress(first), size: ByteCount(end - first))
        else {
            return
        }
        switch parent?.kind {
        case .ram, .reserved, .region, .bar, .graphicsBAR, .rom:
            guard let parent else { return }
            // What is left of it around what lies in it.
            rows.append(
                MapRow(
                    kind: .entry(parent.kind), depth: depth, range: range, name: parent.name, facts: parent.facts,
                    isHeading: false))
        case .aperture, .window, nil:
            guard range.size >= leastGap else { return }
            rows.append(
                MapRow(
                    kind: .gap(isFree: parent != nil), depth: depth, range: range,
                    name: parent == nil ? "nothing" : "free", facts: "", isHeading: false))
        }
    }

    /// Entries one by one; in a crowded map, plain ones beside each other together.
    private static func runs(_ entries: [Entry], _ isCrowded: Bool) -> [[Entry]] {
        guard isCrowded else { return entries.map { [$0] } }
        var runs: [[Entry]] = []
        for entry in entries {
            let isPlain = !entry.isNotable && ![.ram, .reserved, .aperture].contains(entry.kind)
            if isPlain, let last = runs.last?.last, !last.isNotable, ![.ram, .reserved, .aperture].contains(last.kind) {
                runs[runs.count - 1].append(entry)
            } else {
                runs.append([entry])
            }
        }
        // A few are shown as they are.
        return runs.flatMap { $0.count > 3 ? [$0] : $0.map { [$0] } }
    }
}
