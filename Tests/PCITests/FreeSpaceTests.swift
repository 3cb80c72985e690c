import BerthPCI
import Testing
import TestSupport

struct FreeSpaceTests {
    private typealias Free = FreeSpace<GuestMemory>

    private func range(_ start: UInt64, _ size: UInt64) throws -> GuestRange {
        try #require(GuestRange(start: GuestPhysicalAddress(start), size: ByteCount(size)))
    }

    /// The same in the plainest way: one flag per byte.
    private struct Bitmap {
        var free = [Bool](repeating: false, count: 256)

        mutating func set(_ start: Int, _ size: Int, _ value: Bool) {
            for index in start..<min(256, start + size) { free[index] = value }
        }

        func fits(_ start: Int, _ size: Int) -> Bool {
            start >= 0 && start + size <= 256 && free[start..<(start + size)].allSatisfy { $0 }
        }

        func lowest(_ size: Int, _ alignment: Int) -> Int? {
            stride(from: 0, to: 256, by: alignment).first { fits($0, size) }
        }

        func highest(_ size: Int, _ alignment: Int) -> Int? {
            stride(from: 0, to: 256, by: alignment).reversed().first { fits($0, size) }
        }

        var runs: [Range<Int>] {
            var found: [Range<Int>] = []
            for index in 0..<256 where free[index] {
                if let last = found.last, last.upperBound == index {
                    found[found.count - 1] = last.lowerBound..<(index + 1)
                } else {
                    found.append(index..<(index + 1))
                }
            }
            return found
        }
    }

    @Test(arguments: 1...40)
    func `it answers as a bitmap does`(seed: UInt64) throws {
        var random = Seeded(seed)
        var bitmap = Bitmap()
        var given: [GuestRange] = []
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let start = Int.random(in: 0..<255, using: &random)
            let size = Int.random(in: 1...(256 - start), using: &random)
            bitmap.set(start, size, true)
            given.append(try range(UInt64(start), UInt64(size)))
        }
        var space = Free(given)
        for step in 0..<30 {
            let size = Int.random(in: 1...40, using: &random)
            let alignment = 1 << Int.random(in: 0...5, using: &random)
            let low = space.lowest(ByteCount(UInt64(size)), alignment: UInt64(alignment))
            let high = space.highest(ByteCount(UInt64(size)), alignment: UInt64(alignment))
            #expect(low.map { Int($0.start.rawValue) } == bitmap.lowest(size, alignment), "seed \(seed), step \(step)")
            #expect(
                high.map { Int($0.start.rawValue) } == bitmap.highest(size, alignment), "seed \(seed), step \(step)")
            let start = Int.random(in: 0..<256, using: &random)
            bitmap.set(start, size, false)
            space.remove(try range(UInt64(start), UInt64(size)))
            #expect(
                space.ranges.map { Int($0.start.rawValue)..<(Int($0.last.rawValue) + 1) } == bitmap.runs,
                "seed \(seed), step \(step)")
            #expect(Int(space.total.rawValue) == bitmap.free.count { $0 })
        }
    }

    @Test func `ranges that touch become one`() throws {
        let space = try Free([range(0x2000, 0x1000), range(0x1000, 0x1000), range(0x1800, 0x100)])
        #expect(space.ranges == [try range(0x1000, 0x2000)])
    }

    @Test func `it works up to the last byte of the space`() throws {
        var space = try Free([range(UInt64.max - 0xffff, 0x10000), range(UInt64.max - 0xfff, 0x1000)])
        #expect(space.ranges.count == 1)
        #expect(space.highest(0x1000, alignment: 0x1000)?.last.rawValue == .max)
        space.remove(try range(UInt64.max, 1))
        #expect(space.highest(0x1000, alignment: 0x1000)?.start.rawValue == UInt64.max - 0x1fff)
    }

    @Test func `nothing fits where nothing is free`() {
        let space = Free()
        #expect(space.lowest(1, alignment: 1) == nil)
        #expect(space.highest(1, alignment: 1) == nil)
        #expect(space.largestNaturallyAligned == nil)
        #expect(space.total == .zero)
    }

    @Test func `an empty request has no place`() throws {
        let space = try Free([range(0, 16)])
        #expect(space.lowest(0, alignment: 1) == nil)
        #expect(space.highest(0, alignment: 1) == nil)
    }

    @Test func `the largest naturally aligned block looks at alignment, not only at size`() throws {
        let space = try Free([range(0x1800, 0x2000)])
        #expect(space.largestNaturallyAligned == (try range(0x2000, 0x1000)))
    }
}
