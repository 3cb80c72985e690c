import BerthPCI
import Testing

struct PlacementCheckTests {
    private func memory(_ owner: String, _ start: UInt64, _ size: UInt64, window: BridgeWindow? = nil) -> PlacedRange {
        PlacedRange(
            owner: owner, kind: .memory32(size: ByteCount(size), prefetchable: false), start: start, window: window)
    }

    @Test func `neighbours in natural alignment break nothing`() {
        let ranges = [memory("a", 0x1000, 0x1000), memory("b", 0x2000, 0x2000), memory("c", 0, 0x1000)]
        #expect(PlacementCheck.violations(ranges) == [])
    }

    @Test func `each broken invariant is named`() {
        let window = BridgeWindow(.memory, base: 0x10_0000, limit: 0x1f_ffff)
        let ranges = [
            memory("odd", 0x1000, 0x1800), memory("crooked", 0x1800, 0x1000),
            memory("outside", 0x20_0000, 0x1000, window: window),
        ]
        let found = PlacementCheck.violations(ranges)
        #expect(
            found == [
                .notPowerOfTwo(owner: "odd", size: 0x1800),
                .misaligned(owner: "crooked", start: 0x1800, alignment: 0x1000),
                .outsideWindow(owner: "outside", start: 0x20_0000, window: window),
            ])
        #expect(
            found.map(\.description) == [
                "odd decodes 6 KiB, which is not a power of two",
                "crooked is at 0x1800, which is not a multiple of its size, 4 KiB",
                "outside at 0x200000 lies outside the window 0x100000-0x1fffff",
            ])
    }

    @Test func `an overlap names both owners and the first common address`() {
        let ranges = [memory("late", 0x2000, 0x1000), memory("wide", 0, 0x4000)]
        #expect(PlacementCheck.violations(ranges) == [.overlap(first: "wide", second: "late", at: 0x2000)])
    }

    @Test func `a range inside a wide one is found behind a narrow one`() {
        let ranges = [memory("wide", 0, 0x4000), memory("a", 0, 0x1000), memory("b", 0x3000, 0x1000)]
        #expect(
            PlacementCheck.violations(ranges) == [
                .overlap(first: "a", second: "wide", at: 0), .overlap(first: "wide", second: "b", at: 0x3000),
            ])
    }

    @Test func `ports and memory are different spaces`() {
        let port = PlacedRange(owner: "port", kind: .io(size: 0x1000), start: 0x1000)
        #expect(PlacementCheck.violations([port, memory("memory", 0x1000, 0x1000)]) == [])
    }

    @Test func `ports end at 64 KiB and memory at 2^64`() {
        let port = PlacedRange(owner: "port", kind: .io(size: 0x1000), start: 0x1_0000)
        #expect(PlacementCheck.violations([port]) == [.wraps(owner: "port", start: 0x1_0000)])
        let last = PlacedRange(owner: "last", kind: .io(size: 0x1000), start: 0xf000)
        #expect(PlacementCheck.violations([last]) == [])
        let top = memory("top", UInt64.max - 0xfff, 0x1000)
        #expect(PlacementCheck.violations([top]) == [])
        let past = memory("past", UInt64.max - 0x7ff, 0x1000)
        #expect(
            PlacementCheck.violations([past]) == [
                .misaligned(owner: "past", start: UInt64.max - 0x7ff, alignment: 0x1000),
                .wraps(owner: "past", start: UInt64.max - 0x7ff),
            ])
    }
}
