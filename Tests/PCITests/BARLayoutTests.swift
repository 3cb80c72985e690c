import BerthPCI
import Testing

struct BARLayoutTests {
    @Test func `a usual endpoint has nothing wrong`() {
        let bars = [
            BAR(.bar(0), .memory64(size: .mib(16), prefetchable: false)),
            BAR(.bar(2), .memory64(size: .mib(256), prefetchable: true)), BAR(.bar(4), .io(size: 64)),
            BAR.rom(size: .kib(64)),
        ]
        #expect(BARLayoutViolation.check(bars, header: .endpoint) == [])
    }

    @Test func `a size that is no power of two names the next one`() {
        let found = BARLayoutViolation.check(
            [BAR(.bar(0), .memory32(size: 3000, prefetchable: false))], header: .endpoint)
        #expect(found == [.sizeNotPowerOfTwo(.bar(0), 3000)])
        #expect(
            found.map(\.description) == [
                "BAR 0 has 3000 B, which is not a power of two; the next power of two is 4 KiB"
            ])
    }

    @Test(arguments: [
        (BAR(.bar(0), .io(size: 2)), BARLayoutViolation.belowMinimum(.bar(0), 2, minimum: 4)),
        (BAR(.bar(0), .io(size: .kib(128))), .aboveMaximum(.bar(0), .kib(128), maximum: .kib(64))),
        (
            BAR(.bar(0), .memory32(size: .gib(4), prefetchable: false)),
            .aboveMaximum(.bar(0), .gib(4), maximum: .gib(2))
        ),
        (
            BAR(.bar(0), .memory64(size: .gib(1 << 22), prefetchable: true)),
            .aboveMaximum(.bar(0), .gib(1 << 22), maximum: .gib(1 << 21))
        ),
        (BAR.rom(size: .kib(1)), .belowMinimum(.rom, .kib(1), minimum: .kib(2))),
        (BAR.rom(size: .mib(32)), .aboveMaximum(.rom, .mib(32), maximum: .mib(16))),
        (BAR(.bar(6), .io(size: 4)), .noSuchRegister(.bar(6), .endpoint)),
        (BAR(.bar(5), .memory64(size: .kib(4), prefetchable: false)), .noRoomForUpperHalf(.bar(5))),
    ])
    func `limits of size and position are kept`(bar: BAR, violation: BARLayoutViolation) {
        #expect(BARLayoutViolation.check([bar], header: .endpoint) == [violation])
    }

    @Test func `a register serves one BAR only`() {
        let twice = [BAR(.bar(1), .io(size: 4)), BAR(.bar(1), .io(size: 8))]
        #expect(BARLayoutViolation.check(twice, header: .endpoint) == [.registerUsedTwice(.bar(1))])
        let half = [
            BAR(.bar(1), .io(size: 4)), BAR(.bar(0), .memory64(size: .kib(4), prefetchable: true)),
        ]
        #expect(BARLayoutViolation.check(half, header: .endpoint) == [.registerUsedTwice(.bar(1))])
        let roms = [BAR.rom(size: .kib(4)), BAR.rom(size: .kib(4))]
        #expect(BARLayoutViolation.check(roms, header: .endpoint) == [.registerUsedTwice(.rom)])
    }

    @Test func `a bridge has two registers`() {
        let bar = BAR(.bar(2), .memory32(size: .kib(4), prefetchable: false))
        #expect(BARLayoutViolation.check([bar], header: .bridge) == [.noSuchRegister(.bar(2), .bridge)])
        let wide = BAR(.bar(0), .memory64(size: .kib(4), prefetchable: false))
        #expect(BARLayoutViolation.check([wide], header: .bridge) == [])
    }

    @Test func `kinds say what they are`() {
        let kinds: [BARKind] = [
            .io(size: 64), .memory32(size: .kib(4), prefetchable: false), .memory64(size: .mib(64), prefetchable: true),
        ]
        #expect(
            kinds.map(\.description) == ["I/O, 64 B", "32-bit memory, 4 KiB", "64-bit prefetchable memory, 64 MiB"])
        #expect(kinds.map(\.registerCount) == [1, 1, 2])
        #expect(kinds.map { $0.resized(.mib(1)).size } == [.mib(1), .mib(1), .mib(1)])
        #expect(kinds.map { $0.resized(.mib(1)).isPrefetchable } == [false, false, true])
    }

    @Test func `the ROM comes last and prints as ROM`() {
        #expect([BARIndex.rom, .bar(5), .bar(0)].sorted().map(\.description) == ["BAR 0", "BAR 5", "ROM"])
    }
}
