import BerthDiagnostics
import BerthPCI

/// A video BIOS with the register writer behind it, called from the video BIOS's entry.
enum VideoBIOSWrap {
    /// SeaBIOS copies option ROMs to 0xC0000 and has to get others in, too, below 0xE0000.
    private static let limit = 0x1_8000

    /// Of the entry's code: bytes 3 to 5 are the jump, 6 to 23 are nobody's by PCI (Firmware Specification 3.0 §5.1.1).
    ///
    /// The writer keeps all registers but AX, which has bus and function of the display.
    static func wrapped(
        _ video: ROMImage, _ writer: ROMImage, _ refuse: (String) -> InputError
    ) throws(InputError) -> ROMImage {
        var bytes = video.bytes
        guard let original = entry(bytes) else {
            throw refuse(
                "the video BIOS begins with \(Hexadecimal.plain(bytes[3], digits: 2)) at offset 3; a jump (e9 or eb) can be wrapped"
            )
        }
        let at = bytes.count
        guard at + writer.bytes.count <= limit else {
            throw refuse(
                "the video BIOS has \(at) bytes; with the register writer behind it that is more than \(limit)")
        }
        let segment = UInt16(truncatingIfNeeded: at >> 4)
        // push ax; push back; mov ax, cs; add ax, segment; ... the writer returns far, so its segment has to be this one.
        var code: [UInt8] = [0x50, 0x0e, 0x6a, 0, 0x8c, 0xc8, 0x05]
        code += [UInt8(segment & 0xff), UInt8(segment >> 8)]
        code += [0x50, 0x6a, 3, 0xcb]  // push ax; push 3; retf: the writer's own entry
        let back = 3 + code.count
        code[3] = UInt8(back)
        let next = back + 4
        let distance = UInt16(truncatingIfNeeded: original - next)
        code += [0x58, 0xe9, UInt8(distance & 0xff), UInt8(distance >> 8)]  // back: pop ax; jmp original
        bytes.replaceSubrange(3..<3 + code.count, with: code)
        var image = video
        image.bytes = bytes + writer.bytes
        return image
    }

    /// Where the jump at the entry goes; nil if there is none.
    private static func entry(_ bytes: [UInt8]) -> Int? {
        switch bytes[3] {
        case 0xe9: bytes.word(at: 4).map { (6 + Int($0)) & 0xffff }
        case 0xeb: 5 + Int(Int8(bitPattern: bytes[4]))
        default: nil
        }
    }
}
