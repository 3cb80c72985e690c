import BerthTopology
import Testing

/// One value for each region.
struct PerRegionTests {
    @Test func `each region has its own`() {
        var sizes = PerRegion(stolenMemory: 64, opRegion: 8)
        #expect(Region.allCases.map { sizes[$0] } == sizes.both)
        #expect(PerRegion { sizes[$0] } == sizes)
        sizes[.opRegion] += 8
        #expect(sizes == PerRegion(stolenMemory: 64, opRegion: 16))
        #expect(sizes.map { $0 * 2 }.both == [128, 32])
        #expect(PerRegion.same(1).both == [1, 1])
    }

    @Test func `a region and the other one`() {
        #expect(Region.allCases.map(\.other) == [.opRegion, .stolenMemory])
        for region in Region.allCases {
            let pair = PerRegion("own", for: region, other: "other")
            #expect(pair[region] == "own" && pair[region.other] == "other")
        }
    }
}
