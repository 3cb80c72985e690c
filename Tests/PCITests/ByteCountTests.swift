import BerthPCI
import Testing

struct ByteCountTests {
    @Test(
        arguments: [
            ("0", 0), ("4096", 4096), ("0x1000", 4096), ("0xFF", 255), ("17B", 17), ("64M", 64 << 20),
            ("64MiB", 64 << 20),
            ("8 KiB", 8192), ("1G", 1 << 30), ("2T", 2 << 40), ("1P", 1 << 50), ("3k", 3072),
            ("18446744073709551615", UInt64.max), ("0xffffffffffffffff", .max), ("16383P", 16383 << 50),
        ] as [(String, UInt64)])
    func `a size is read in units of 1024`(text: String, bytes: UInt64) {
        #expect(ByteCount(text)?.rawValue == bytes)
    }

    @Test(arguments: [
        "", " ", "M", "0x", "-1", "+1", "1.5G", "64MB", "64 megabytes", "1 2 M x", "18446744073709551616", "16384P",
        "0x10000000000000000", "18014398509481984K", "٣",
    ])
    func `anything else is refused`(text: String) {
        #expect(ByteCount(text) == nil)
    }

    @Test(
        arguments: [
            (0, "0 B", "0"), (17, "17 B", "17"), (1023, "1023 B", "1023"), (1024, "1 KiB", "1K"),
            (96 << 10, "96 KiB", "96K"),
            (1536, "1536 B", "1536"), (64 << 20, "64 MiB", "64M"), (1 << 30, "1 GiB", "1G"), (1 << 40, "1 TiB", "1T"),
            (1 << 63, "8192 PiB", "8192P"), (UInt64.max, "18446744073709551615 B", "18446744073709551615"),
        ] as [(UInt64, String, String)])
    func `a size prints in the largest unit that divides it`(bytes: UInt64, text: String, qemu: String) {
        #expect(ByteCount(bytes).description == text)
        #expect(ByteCount(bytes).qemuText == qemu)
        #expect(ByteCount(text) == ByteCount(bytes))
        #expect(ByteCount(qemu) == ByteCount(bytes))
    }

    @Test(
        arguments: [
            (0, 1), (1, 1), (2, 2), (3, 4), (4097, 8192), (1 << 63, 1 << 63), ((1 << 63) + 1, nil), (UInt64.max, nil),
        ] as [(UInt64, UInt64?)])
    func `rounding up to a power of two stops at 2^63`(bytes: UInt64, expected: UInt64?) {
        #expect(ByteCount(bytes).roundedUpToPowerOfTwo?.rawValue == expected)
    }

    @Test func `only powers of two are powers of two`() {
        #expect(
            [0, 1, 2, 3, 4096, 4097].map { ByteCount($0).isPowerOfTwo } == [false, true, true, false, true, false])
    }

    @Test(
        arguments: [
            (0, 4096, 0), (1, 4096, 4096), (4096, 4096, 4096), (UInt64.max, 1, UInt64.max), (UInt64.max, 2, nil),
            (UInt64.max - 4095, 4096, UInt64.max - 4095),
        ] as [(UInt64, UInt64, UInt64?)])
    func `aligning upwards stops at 2^64`(value: UInt64, alignment: UInt64, expected: UInt64?) {
        #expect(Alignment.up(value, to: alignment) == expected)
    }

    @Test func `aligning downwards and the power-of-two floor`() {
        #expect(Alignment.down(0x1fff, to: 0x1000) == 0x1000)
        #expect(Alignment.down(0xfff, to: 0x1000) == 0)
        #expect([0, 1, 3, 4, UInt64.max].map(Alignment.powerOfTwoFloor) == [0, 1, 2, 4, 1 << 63])
    }
}
