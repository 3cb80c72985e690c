package import BerthDiagnostics
import BerthPCI

/// A PCI option ROM: its images, in order.
package struct ROMFile: Hashable, Sendable {
    package var images: [ROMImage]
    /// Bytes of the file, images and what follows them.
    package var size: Int

    /// More than any display's.
    package static let limit = 16 << 20

    /// Errors: what is no option ROM, one that is cut off, one that is larger than `limit`.
    package init(_ bytes: [UInt8], file: String) throws(InputError) {
        let place = SourceLocation(file: file)
        func unusable(_ message: String) -> InputError { InputError(message, rule: "option-rom", at: place) }

        guard bytes.count <= Self.limit else {
            throw unusable("the file has \(bytes.count) bytes; an option ROM has at most \(Self.limit)")
        }
        guard bytes.count >= 2 else { throw unusable("no option ROM: the file has \(bytes.count) bytes") }
        guard bytes.word(at: 0) == 0xaa55 else {
            let found = bytes.prefix(2).map { Hexadecimal.plain($0, digits: 2) }.joined(separator: " ")
            throw unusable("no option ROM: it begins with \(found); expected 55 aa")
        }
        images = []
        size = bytes.count
        var at = 0
        while true {
            let where_ = images.isEmpty ? "" : "image \(images.count + 1), at \(Hexadecimal.string(at)): "
            guard let signature = bytes.word(at: at), signature == 0xaa55 else {
                throw unusable(where_ + "no image where the one before it says there is one")
            }
            guard let pointer = bytes.word(at: at + 0x18), case let data = at + Int(pointer),
                bytes.dword(at: data) == 0x5249_4350, data + 0x18 <= bytes.count
            else { throw unusable(where_ + "no PCI data structure ('PCIR')") }
            let units = bytes.word(at: data + 0x10) ?? 0
            guard units > 0 else { throw unusable(where_ + "the PCI data structure says that the image is empty") }
            let length = Int(units) * 512
            guard at + length <= bytes.count else {
                throw unusable(
                    where_ + "cut off: the image has \(length) bytes, and \(bytes.count - at) are there")
            }
            guard data + 0x18 <= at + length else {
                throw unusable(
                    where_
                        + "the PCI data structure at \(Hexadecimal.string(data - at)) is not in the image, which has "
                        + "\(length) bytes")
            }
            images.append(try Self.image(bytes, at: at, length: length, data: data, unusable))
            if bytes[data + 0x15] & 0x80 != 0 { return }
            at += length
        }
    }

    private static func image(
        _ bytes: [UInt8], at: Int, length: Int, data: Int, _ unusable: (String) -> InputError
    ) throws(InputError) -> ROMImage {
        let content = Array(bytes[at..<at + length])
        let code: ROMImage.Code
        switch bytes[data + 0x14] {
        case 0: code = .bios
        case 3:
            guard content.dword(at: 4) == 0x0ef1, let subsystem = content.word(at: 8),
                let machine = content.word(at: 0xa), let compression = content.word(at: 0xc),
                let driver = content.word(at: 0x16), Int(driver) < length
            else { throw unusable("the image for UEFI at \(Hexadecimal.string(at)) has no EFI header") }
            code = .uefi(
                ROMImage.UEFI(
                    machine: machine, subsystem: subsystem, isCompressed: compression != 0, driver: Int(driver)))
        case let other: code = .other(other)
        }
        return ROMImage(
            offset: at, bytes: content, code: code, vendor: bytes.word(at: data + 4) ?? 0,
            device: bytes.word(at: data + 6) ?? 0,
            classCode: ClassCode(rawValue: (bytes.dword(at: data + 0xc) ?? 0) >> 8), dataStructure: data - at)
    }

    /// What `images` are one behind the other, each but the last announcing the next, in a power of two.
    package static func joined(_ images: [ROMImage]) -> [UInt8] {
        var file: [UInt8] = []
        for (index, image) in images.enumerated() {
            var image = image
            image.seal(isLast: index == images.count - 1)
            file += image.bytes
        }
        var size = 2048
        while size < file.count { size *= 2 }
        file.pad(to: size)
        return file
    }
}

extension ROMImage {
    /// Makes length, last-image bit and checksum right. The image has whole units of 512 bytes.
    mutating func seal(isLast: Bool) {
        let units = bytes.count / 512
        bytes.set(UInt16(truncatingIfNeeded: units), at: dataStructure + 0x10)
        bytes[dataStructure + 0x15] = bytes[dataStructure + 0x15] & 0x7f | (isLast ? 0x80 : 0)
        guard case .bios = code else {
            // Of UEFI's header the length is a word, and nothing is added up.
            bytes.set(UInt16(truncatingIfNeeded: units), at: 2)
            return
        }
        bytes[2] = UInt8(truncatingIfNeeded: units)
        if let sum = expansionHeaderSum {
            bytes[sum.at] = 0
            bytes[sum.at] = bytes.complement(of: sum.header)
        }
        // In the last byte, which is nobody's: byte 6 may belong to a video BIOS.
        bytes[bytes.count - 1] = 0
        bytes[bytes.count - 1] = bytes.complement(of: 0..<bytes.count)
    }

    /// Where the Plug and Play header is and its checksum; nil without one.
    ///
    /// Source: Plug and Play BIOS Specification 1.0A §3.2.
    private var expansionHeaderSum: (header: Range<Int>, at: Int)? {
        guard let start = bytes.word(at: 0x1a).map(Int.init), start > 0, start + 0x20 <= bytes.count,
            bytes.dword(at: start) == 0x506e_5024
        else { return nil }
        let end = start + 16 * Int(bytes[start + 5])
        return end <= bytes.count && end >= start + 10 ? (start..<end, start + 9) : nil
    }
}
