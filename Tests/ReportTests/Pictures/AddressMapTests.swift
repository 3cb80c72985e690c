import BerthBoot
import BerthBundled
import BerthPCI
import BerthPlacement
import BerthReport
import BerthServices
import BerthTopology
import Testing

/// What a map of addresses has, and in which order.
struct AddressMapTests {
    private func range(_ first: UInt64, _ last: UInt64) throws -> GuestRange {
        try #require(GuestRange(first: GuestPhysicalAddress(first), last: GuestPhysicalAddress(last)))
    }

    private func entry(
        _ first: UInt64, _ last: UInt64, _ kind: AddressMap.Kind, _ name: String
    ) throws -> AddressMap.Entry {
        AddressMap.Entry(range: try range(first, last), kind: kind, name: name, facts: "")
    }

    private func lines(_ rows: [MapRow]) -> [String] {
        rows.map { String(repeating: "  ", count: $0.depth) + "\($0.name) \($0.place)" }
    }

    @Test func `what lies in something else stands in it, whatever the order it came in`() throws {
        let entries = [
            try entry(0xc000_0000, 0xcfff_ffff, .region(.stolenMemory), "stolen"),
            try entry(0xc000_0000, 0xdfff_ffff, .window, "window"),
            try entry(0xc000_0000, 0xcfff_ffff, .bar, "BAR"), try entry(0, 0x7fff_ffff, .ram, "RAM"),
            try entry(0xb000_0000, 0xefff_ffff, .aperture, "hole"),
        ]
        let expected = [
            "RAM 0x0-0x7fffffff", "nothing 0x80000000-0xafffffff", "hole 0xb0000000-0xefffffff",
            "  free 0xb0000000-0xbfffffff", "  window 0xc0000000-0xdfffffff", "    BAR 0xc0000000-0xcfffffff",
            "      stolen 0xc0000000-0xcfffffff", "    free 0xd0000000-0xdfffffff", "  free 0xe0000000-0xefffffff",
        ]
        #expect(lines(AddressMap(entries).rows) == expected)
        #expect(lines(AddressMap(entries.reversed()).rows) == expected)
    }

    @Test func `what is left of RAM around a region is RAM, and ROMs at one address lie beside each other`() throws {
        let map = AddressMap([
            try entry(0, 0xffff_ffff, .ram, "RAM"), try entry(0x1000_0000, 0x1fff_ffff, .region(.opRegion), "OpRegion"),
            try entry(0x1_0000_0000, 0x1_0003_ffff, .rom, "big"),
            try entry(0x1_0000_0000, 0x1_0000_ffff, .rom, "small"),
        ])
        #expect(
            lines(map.rows) == [
                "RAM 0x0-0xffffffff", "  RAM 0x0-0xfffffff", "  OpRegion 0x10000000-0x1fffffff",
                "  RAM 0x20000000-0xffffffff", "big 0x100000000-0x10003ffff", "small 0x100000000-0x10000ffff",
            ])
    }

    @Test func `a range to the end of all addresses has no gap behind it`() throws {
        let map = AddressMap([try entry(.max - 0xfff, .max, .bar, "last")])
        #expect(lines(map.rows) == ["nothing 0x0-0xffffffffffffefff", "last 0xfffffffffffff000-0xffffffffffffffff"])
    }

    @Test func `a crowded map puts plain neighbours together and keeps what it is about`() throws {
        var entries = try (0..<100).map { index in
            try entry(0xc000_0000 + UInt64(index) * 0x1000, 0xc000_0fff + UInt64(index) * 0x1000, .bar, "BAR \(index)")
        }
        entries[50] = try entry(0xc003_2000, 0xc003_2fff, .graphicsBAR, "igd")
        #expect(
            lines(AddressMap(entries).rows.filter { $0.range?.start.rawValue != 0 }) == [
                "50 ranges 0xc0000000-0xc0031fff", "igd 0xc0032000-0xc0032fff", "49 ranges 0xc0033000-0xc0063fff",
            ])
    }

    @Test func `a region that the firmware puts somewhere stands behind the RAM it is in`() throws {
        let map = AddressMap(
            [try entry(0, 0x7fff_ffff, .ram, "RAM"), try entry(0x1_0000_0000, 0x1_ffff_ffff, .ram, "RAM")],
            floating: [.init(region: .stolenMemory, size: .mib(64), limit: GuestPhysicalAddress(0x8000_0000))])
        #expect(
            lines(map.rows).prefix(2) == ["RAM 0x0-0x7fffffff", "  stolen memory somewhere below 0x80000000"])
        #expect(map.rows.map(\.size) == [.gib(2), .mib(64), .gib(2), .gib(4)])
    }

    /// Lines that stand for addresses follow each other; every BAR of the boot has one, or is in a group.
    @Test(arguments: BundledTopologies.names)
    func `every BAR is in the map, and lines ascend`(name: String) throws {
        let picture = try Pictures.simulated(try Reports.guest(name))
        let guest = try #require(picture.guest)
        let rows = guest.map.rows
        let starts = rows.filter { !$0.isHeading }.compactMap { $0.range?.start }
        #expect(starts == starts.sorted())
        let (tree, outcome) = (picture.report.outcome.tree, picture.report.outcome.final)
        for (index, function) in tree.functions.enumerated() {
            for bar in function.bars where !bar.kind.isIO {
                guard let address = outcome.functions[index].addresses[bar.index] else { continue }
                let start = GuestPhysicalAddress(address)
                let isShown = rows.contains { row in
                    row.range?.start == start && row.size == bar.kind.size
                        || row.kind == .group && row.range?.contains(start) == true
                }
                #expect(isShown, "\(bar.index) of \(function.name)")
            }
        }
    }

    @Test func `a plan's map has its regions in the BARs that carry them, and candidates at their addresses`() throws {
        var restriction = Planner.Restriction()
        restriction.strategies = PerRegion.same("ram-controller")
        let carried = try Pictures.planned(try Reports.guest("pc-seabios-gen9"), restriction)
        let rows = try #require(carried.guest).map.rows
        let stolen = try #require(rows.firstIndex { $0.name == "stolen memory" })
        #expect(rows[stolen - 1].name == "BAR 2 of berth-stolen" && rows[stolen - 1].isHeading)
        #expect(rows[stolen].range == rows[stolen - 1].range && rows[stolen].depth == rows[stolen - 1].depth + 1)
        let planned = try Pictures.planned(try Reports.guest("pc-seabios-gen9"))
        let other = try #require(
            planned.choices.first { $0.region == .stolenMemory && $0.strategy == "ram-controller" })
        #expect(other.placed?.range.start.rawValue == 0xf000_0000)
        #expect(other.map.rows.contains { $0.name == "stolen memory" && $0.range == other.placed?.range })
        // None of a strategy that the plan has, and none twice.
        #expect(!planned.choices.contains { $0.region == .stolenMemory && $0.strategy == "firmware-reserved" })
        #expect(Set(planned.choices.map { "\($0.region) \($0.strategy)" }).count == planned.choices.count)
    }

    @Test(arguments: BundledTopologies.names)
    func `the map in text fits into 100 columns and has every line`(name: String) throws {
        let guest = try Reports.guest(name)
        let texts = [
            MapText.render(try Pictures.planned(guest)), MapText.render(try Pictures.simulated(guest)),
            MapText.render(try Pictures.diagnosed(guest)),
        ]
        for line in texts.flatMap({ $0.split(separator: "\n") }) {
            #expect(line.count <= 100 && line.last != " ", "\(line)")
        }
        let rows = try #require(try Pictures.simulated(guest).guest).map.rows
        let printed = texts[1].split(separator: "\n").filter { line in rows.contains { line.contains($0.place) } }
        #expect(printed.count == rows.count)
    }
}
