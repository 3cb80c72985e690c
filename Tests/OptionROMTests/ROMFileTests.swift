import BerthDiagnostics
import BerthOptionROM
import BerthPCI
import Testing

/// Reading and wrapping option ROMs, good and bad.
struct ROMFileTests {
    @Test(
        arguments: [
            ([], "w.rom:1:1: error: no option ROM: the file has 0 bytes [option-rom]"),
            ([0x7f, 0x45], "w.rom:1:1: error: no option ROM: it begins with 7f 45; expected 55 aa [option-rom]"),
            ([0x55, 0xaa], "w.rom:1:1: error: no PCI data structure ('PCIR') [option-rom]"),
        ] as [([UInt8], String)])
    func `what is no option ROM is refused`(bytes: [UInt8], message: String) {
        #expect(Self.refusal { try ROMFile(bytes, file: "w.rom") } == message)
    }

    @Test func `a ROM that is cut off is refused, with what is missing`() {
        let whole = Self.writer
        #expect(
            Self.refusal { try ROMFile(Array(whole[..<2048]), file: "w.rom") }
                == "w.rom:1:1: error: cut off: the image has 5120 bytes, and 2048 are there [option-rom]")
        #expect(
            Self.refusal { try ROMFile(Array(whole[..<6000]), file: "w.rom") }
                == "w.rom:1:1: error: image 2, at 0x1400: cut off: the image has 5120 bytes, and 880 are there [option-rom]"
        )
        #expect(
            Self.refusal { try ROMFile(Array(whole[..<5120]), file: "w.rom") }
                == "w.rom:1:1: error: image 2, at 0x1400: no image where the one before it says there is one [option-rom]"
        )
    }

    @Test func `a ROM whose PCI data structure is behind the image is refused`() {
        var bytes = Self.writer
        // One unit of 512 bytes, and the structure of the image that follows.
        bytes.replaceSubrange(0x18..<0x1a, with: [0x1c, 0x14])
        #expect(
            Self.refusal { try ROMFile(bytes, file: "w.rom") }
                == "w.rom:1:1: error: the PCI data structure at 0x141c is not in the image, which has 5120 bytes [option-rom]"
        )
    }

    @Test func `a file that is larger than any ROM is refused`() {
        let bytes = [UInt8](repeating: 0, count: ROMFile.limit + 1)
        #expect(
            Self.refusal { try ROMFile(bytes, file: "w.rom") }
                == "w.rom:1:1: error: the file has 16777217 bytes; an option ROM has at most 16777216 [option-rom]")
    }

    @Test func `no byte of a ROM ends the reader`() {
        var seed: UInt64 = 1
        for _ in 0..<4000 {
            var bytes = Self.writer
            for _ in 0..<3 {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let at = Int(seed >> 33) % 0x1480
                bytes[at] = UInt8(truncatingIfNeeded: seed >> 20)
            }
            guard let file = try? ROMFile(bytes, file: "w.rom") else { continue }
            for image in file.images { _ = (image.contents, image.writer, image.addsUp, image.driverBytes) }
            _ = try? WriterROM.wrapping(file, WriterROMTests.table, file: "w.rom")
        }
    }

    @Test(arguments: [3072, 39936, 65536])
    func `a video BIOS of any size is wrapped: the writer first, then its own entry`(size: Int) throws {
        let wrapped = try WriterROM.wrapping(
            ROMFile(Self.videoBIOS(size), file: "igd.rom"), WriterROMTests.table, file: "igd.rom")
        let file = try ROMFile(wrapped, file: "w.rom")
        #expect(wrapped.count & (wrapped.count - 1) == 0)
        #expect(file.images.map { "\($0.code == .bios)" } == ["true", "false"])
        #expect(file.images[0].addsUp)
        #expect(file.images[0].vendor == 0x8086)
        #expect(file.images.map(\.writer) == [WriterROMTests.table, WriterROMTests.table])
        let code = Array(wrapped[3..<20])
        let segment = UInt16(size >> 4)
        // push ax; push cs; push 16; mov ax, cs; add ax, segment; push ax; push 3; retf; pop ax; jmp 0x40
        #expect(
            code == [
                0x50, 0x0e, 0x6a, 16, 0x8c, 0xc8, 0x05, UInt8(segment & 0xff), UInt8(segment >> 8), 0x50, 0x6a, 3, 0xcb,
                0x58, 0xe9, 0x40 - 20, 0,
            ])
        // What the far return goes to is an option ROM with a jump at its entry.
        #expect(wrapped[size] == 0x55 && wrapped[size + 1] == 0xaa && wrapped[size + 3] == 0xe9)
        // Everything else of the video BIOS is as it was, but its length and the last-image bit.
        #expect(wrapped[0x60..<size].elementsEqual(Self.videoBIOS(size)[0x60...]))
    }

    @Test func `a video BIOS that the firmware has no room for with the writer is refused`() {
        #expect(
            Self.refusal {
                _ = try WriterROM.wrapping(
                    ROMFile(Self.videoBIOS(0x1_7c00), file: "igd.rom"), WriterROMTests.table, file: "igd.rom")
                return ROMFile?.none
            }
                == "igd.rom:1:1: error: the video BIOS has 97280 bytes; with the register writer behind it that is more than 98304 [rom-wrap]"
        )
    }

    @Test func `a driver for another architecture is refused`() throws {
        var bytes = Self.writer
        bytes[0x1400 + 0xa] = 0x64
        bytes[0x1400 + 0xb] = 0xaa
        // No longer ours: without the table.
        for at in [bytes.firstPosition(of: "BERTHTAB"), bytes.firstPosition(of: "BERTHTAB", from: 0x1400)] {
            bytes[try #require(at)] = 0
        }
        #expect(
            Self.refusal {
                _ = try WriterROM.wrapping(
                    ROMFile(bytes, file: "igd.rom"), WriterROMTests.table, file: "igd.rom")
                return ROMFile?.none
            } == "igd.rom:1:1: error: the driver in it is for AArch64, and OVMF of a guest runs x64 [rom-wrap]")
    }

    @Test func `a ROM of Berth's is not wrapped again`() {
        #expect(
            Self.refusal {
                _ = try WriterROM.wrapping(
                    ROMFile(Self.writer, file: "igd.rom"), WriterROMTests.table, file: "igd.rom")
                return ROMFile?.none
            } == "igd.rom:1:1: error: the register writer is in this ROM already; give the display's own [rom-wrap]")
    }

    private static let writer = WriterROM.make(WriterROMTests.table, vendor: 0x1af4, device: 0x1110)

    private static func refusal(_ work: () throws -> ROMFile?) -> String? {
        do {
            _ = try work()
            return nil
        } catch { return "\(error)" }
    }

    /// A header, a jump to 0x40, and bytes that tell their place.
    private static func videoBIOS(_ size: Int) -> [UInt8] {
        var bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 / 3) }
        let header: [(Int, [UInt8])] = [
            (0, [0x55, 0xaa, UInt8(size / 512), 0xe9, 0x3a, 0x00]), (0x18, [0x20, 0, 0, 0]),
            (0x20, Array("PCIR".utf8) + [0x86, 0x80, 0x12, 0x59, 0, 0, 0x18, 0, 0, 0, 0, 3]),
            (0x30, [UInt8((size / 512) & 0xff), UInt8((size / 512) >> 8), 1, 0, 0, 0x80, 0, 0]),
        ]
        for (at, content) in header { bytes.replaceSubrange(at..<at + content.count, with: content) }
        return bytes
    }
}

extension [UInt8] {
    fileprivate func firstPosition(of text: String, from start: Int = 0) -> Int? {
        let pattern = Array(text.utf8)
        return (start..<Swift.max(start, count - pattern.count)).first {
            self[$0..<$0 + pattern.count].elementsEqual(pattern)
        }
    }
}
