import BerthIGD
import BerthPCI
import Testing

struct GraphicsControlTests {
    @Test(
        arguments: [
            (0x0211, StolenMemoryEncoding.c, 2, ByteCount.mib(64), ByteCount.mib(2)),
            (0x02c1, .e, 2, .mib(64), .mib(8)), (0xf0c1, .e, 0xf0, .mib(4), .mib(8)),
            (0xfec1, .e, 0xfe, .mib(60), .mib(8)),
            (0x10c1, .e, 0x10, .mib(512), .mib(8)), (0x01c1, .e, 1, .mib(32), .mib(8)),
            (0x4000, .d, 0x40, .mib(2048), .zero),
            (0x40ff, .d, 0x40, .mib(2048), .mib(8)), (0xffc1, .e, 0xff, .mib(64), .mib(8)),
            (0x0001, .e, 0, .zero, .zero),
            (0x0041, .d, 0, .zero, .mib(2)), (0x0080, .e, 0, .zero, .mib(4)), (0x0100, .c, 0, .zero, .mib(1)),
            (0x0200, .chv, 0, .zero, .mib(4)), (0x0340, .chv, 8, .mib(256), .mib(8)),
            (0x04c0, .f, 4, .mib(128), .mib(8)),
            (0xfec0, .f, 0xfe, .mib(60), .mib(8)),
        ] as [(UInt16, StolenMemoryEncoding, UInt8, ByteCount, ByteCount)])
    func `a word decodes to sizes`(
        word: UInt16, encoding: StolenMemoryEncoding, gms: UInt8, stolen: ByteCount, gtt: ByteCount
    ) {
        let control = GraphicsControl(word: word, encoding: encoding)
        #expect(control.gms == gms)
        #expect(control.stolenMemorySize == stolen)
        #expect(control.gttSize == gtt)
    }

    @Test(arguments: [(0x0211, false), (0x0213, true), (0x0002, true), (0xfffd, false)] as [(UInt16, Bool)])
    func `bit 1 disables VGA in every encoding`(word: UInt16, isDisabled: Bool) {
        for encoding in StolenMemoryEncoding.allCases {
            #expect(GraphicsControl(word: word, encoding: encoding).isVGADisabled == isDisabled)
        }
    }

    @Test(
        arguments: [
            (StolenMemoryEncoding.a, 2, ByteCount.kib(512)), (.a, 1, .zero), (.a, 3, .mib(1)), (.a, 4, .mib(8)),
            (.b, 0, .zero), (.b, 1, .mib(1)), (.b, 2, .mib(4)), (.b, 3, .mib(8)), (.b, 4, .mib(16)), (.b, 5, .mib(32)),
            (.b, 6, .mib(48)), (.b, 7, .mib(64)), (.b, 8, .mib(128)), (.b, 9, .mib(256)), (.b, 0xa, .mib(96)),
            (.b, 0xb, .mib(160)), (.b, 0xc, .mib(224)), (.b, 0xd, .mib(352)), (.c, 0x10, .mib(512)),
            (.c, 0x1f, .mib(992)),
            (.chv, 0x10, .mib(512)), (.chv, 0x11, .mib(8)), (.chv, 0x16, .mib(28)), (.chv, 0x17, .mib(36)),
            (.chv, 0x1d, .mib(60)), (.e, 0x20, .gib(1)), (.e, 0x30, .mib(1536)), (.e, 0x40, .gib(2)),
            (.f, 0xf0, .mib(4)),
        ] as [(StolenMemoryEncoding, UInt8, ByteCount)])
    func `a code stands for its size`(encoding: StolenMemoryEncoding, gms: UInt8, size: ByteCount) {
        #expect(encoding.size(gms: gms) == size)
        let word = UInt16(gms) << UInt16(encoding.gmsShift)
        #expect(GraphicsControl(word: word, encoding: encoding).stolenMemorySize == size)
    }

    @Test(
        arguments: [
            (StolenMemoryEncoding.a, 0), (.a, 5), (.a, 7), (.b, 0xe), (.b, 0xf), (.c, 0x20), (.chv, 0x1e), (.chv, 0x1f),
            (.f, 0x05), (.f, 0xef), (.f, 0xff),
        ] as [(StolenMemoryEncoding, UInt8)])
    func `other codes stand for nothing`(encoding: StolenMemoryEncoding, gms: UInt8) {
        #expect(encoding.size(gms: gms) == nil)
    }

    @Test(
        arguments: [(0x0300, StolenMemoryEncoding.c), (0x0080, .f), (0x0000, .f), (0x0030, .b), (0x0030, .a)]
            as [(UInt16, StolenMemoryEncoding)])
    func `the size of the GTT is nil where the word does not say`(word: UInt16, encoding: StolenMemoryEncoding) {
        #expect(GraphicsControl(word: word, encoding: encoding).gttSize == nil)
    }

    @Test(
        arguments: [
            (StolenMemoryEncoding.c, ByteCount.mib(64), 2), (.e, .mib(64), 2), (.e, .mib(32), 1), (.e, .mib(4), 0xf0),
            (.e, .mib(60), 0xfe), (.e, .gib(2), 0x40), (.d, .mib(4), nil), (.e, .mib(65), nil), (.e, .mib(63), nil),
            (.c, .gib(1), nil),
            (.chv, .mib(8), 0x11), (.chv, .mib(32), 1), (.chv, .mib(60), 0x1d), (.b, .mib(352), 0xd),
            (.b, .mib(2), nil),
            (.a, .kib(512), 2), (.a, .zero, 1), (.b, .zero, 0), (.e, .zero, 0), (.f, .mib(128), 4),
            (.f, .mib(160), nil),
        ] as [(StolenMemoryEncoding, ByteCount, UInt8?)])
    func `a size has a code only if it is exact`(encoding: StolenMemoryEncoding, size: ByteCount, gms: UInt8?) {
        #expect(encoding.gms(for: size) == gms)
    }

    @Test(arguments: StolenMemoryEncoding.allCases)
    func `every size goes there and back`(encoding: StolenMemoryEncoding) throws {
        for gms in 0...encoding.gmsMask {
            guard let size = encoding.size(gms: gms) else { continue }
            let code = try #require(encoding.gms(for: size))
            #expect(encoding.size(gms: code) == size)
            #expect(code <= gms)
        }
    }

    @Test func `QEMU's override takes its own ranges`() {
        let codes: [UInt8] = [0, 0x10, 0x11, 0x40, 0x41, 0xef, 0xf0, 0xfe, 0xff]
        func accepted(_ encoding: StolenMemoryEncoding) -> [UInt8] { codes.filter(encoding.isValidGMS) }
        #expect(accepted(.c) == [0, 0x10])
        #expect(accepted(.d) == [0, 0x10, 0x11, 0x40])
        #expect(accepted(.chv) == [0, 0x10, 0x11, 0x40])
        #expect(accepted(.e) == [0, 0x10, 0x11, 0x40, 0xf0, 0xfe])
        #expect(accepted(.b) == [])
        #expect(accepted(.f) == [])
    }

    @Test func `replacing the code keeps all other bits`() {
        #expect(GraphicsControl(word: 0x01c1, encoding: .e).replacing(gms: 0xf0).word == 0xf0c1)
        #expect(GraphicsControl(word: 0xffff, encoding: .c).replacing(gms: 0).word == 0xff07)
        #expect(GraphicsControl(word: 0, encoding: .c).replacing(gms: 0xff).word == 0x00f8)
    }
}
