import BerthPCI
import Testing

struct AddressRangeTests {
    private func range(_ first: UInt64, _ last: UInt64) throws -> GuestRange {
        try #require(GuestRange(first: GuestPhysicalAddress(first), last: GuestPhysicalAddress(last)))
    }

    @Test func `a range may end with the last byte of the space`() throws {
        let top = try #require(GuestRange(start: GuestPhysicalAddress(UInt64.max - 4095), size: 4096))
        #expect(top.last.rawValue == .max)
        #expect(top.end == nil)
        #expect(top.description == "0xfffffffffffff000-0xffffffffffffffff")
        let byte = try #require(GuestRange(start: GuestPhysicalAddress(.max), size: 1))
        #expect(byte.last == byte.start)
    }

    @Test func `a range may not wrap, be empty or cover all 2^64 bytes`() {
        #expect(GuestRange(start: GuestPhysicalAddress(UInt64.max - 4095), size: 4097) == nil)
        #expect(GuestRange(start: 0, size: 0) == nil)
        #expect(GuestRange(first: 1, last: 0) == nil)
        #expect(GuestRange(first: 0, last: GuestPhysicalAddress(.max)) == nil)
    }

    @Test func `first and last are both included`() throws {
        let stolen = try range(0x4b80_0000, 0x4f7f_ffff)
        #expect(stolen.size == .mib(64))
        #expect(stolen.end == 0x4f80_0000)
        #expect(stolen.description == "0x4b800000-0x4f7fffff")
    }

    @Test func `neighbours do not overlap and share nothing`() throws {
        let low = try range(0, 0xfff)
        let high = try range(0x1000, 0x1fff)
        #expect(!low.overlaps(high))
        #expect(low.intersection(high) == nil)
    }

    @Test func `one common byte is an overlap`() throws {
        let low = try range(0, 0x1000)
        let high = try range(0x1000, 0x1fff)
        #expect(low.overlaps(high))
        #expect(low.intersection(high) == GuestRange(start: 0x1000, size: 1))
    }

    @Test func `a range contains its own edges and nothing beyond`() throws {
        let middle = try range(0x1000, 0x1fff)
        #expect(
            [0xfff, 0x1000, 0x1fff, 0x2000].map { middle.contains(GuestPhysicalAddress($0)) } == [
                false, true, true, false,
            ])
        #expect(middle.contains(middle))
        #expect(!middle.contains(try range(0x1000, 0x2000)))
        #expect(!middle.contains(try range(0xfff, 0x1fff)))
    }

    @Test func `ranges are ordered by start, then size`() throws {
        let sorted = try [range(1, 9), range(0, 9), range(0, 5)].sorted()
        #expect(sorted.map(\.description) == ["0x0-0x5", "0x0-0x9", "0x1-0x9"])
    }
}
