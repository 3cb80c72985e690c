package import BerthDiagnostics
package import BerthPCI

/// The register writer: an option ROM that finds the BARs which stand for stolen memory and OpRegion, moves them within the
/// reach of their registers, fills them, and writes BDSM and ASLS, under SeaBIOS and OVMF alike.
///
/// What its code does and does not do is said in Firmware/core.c; `Firmware/build` makes the two images.
package enum WriterROM {
    /// Of the ROM BAR it takes.
    package static let size = ByteCount.kib(16)

    /// For the ROM of a function with these ids. The same input makes the same bytes.
    package static func make(_ table: WriterTable, vendor: UInt16, device: UInt16) -> [UInt8] {
        ROMFile.joined([bios(table, vendor: vendor, device: device), uefi(table, vendor: vendor, device: device)])
    }

    /// Around a display's own ROM: what it has runs behind the writer, in the order it had.
    ///
    /// Errors: a driver for another architecture; a video BIOS without a jump at its entry; one that is too large for the
    /// firmware's memory with the writer behind it; a ROM of Berth's.
    package static func wrapping(_ rom: ROMFile, _ table: WriterTable, file: String) throws(InputError) -> [UInt8] {
        func refuse(_ message: String) -> InputError {
            InputError(message, rule: "rom-wrap", at: SourceLocation(file: file))
        }
        guard let first = rom.images.first else { throw refuse("the ROM has no image") }
        if rom.images.contains(where: { $0.writer != nil }) {
            throw refuse("the register writer is in this ROM already; give the display's own")
        }
        for image in rom.images {
            guard case .uefi(let header) = image.code, header.machine != ROMImage.UEFI.x64 else { continue }
            throw refuse(
                "the driver in it is for \(header.architecture ?? "machine \(Hexadecimal.string(header.machine))"), and OVMF of a guest runs x64"
            )
        }
        var images: [ROMImage] = []
        var isWrapped = false
        for image in rom.images {
            guard case .bios = image.code, !isWrapped else {
                images.append(image)
                continue
            }
            images.append(
                try VideoBIOSWrap.wrapped(image, bios(table, vendor: image.vendor, device: image.device), refuse))
            isWrapped = true
        }
        if !isWrapped { images.insert(bios(table, vendor: first.vendor, device: first.device), at: 0) }
        let driver = uefi(table, vendor: first.vendor, device: first.device)
        let before = images.firstIndex { if case .uefi = $0.code { true } else { false } } ?? images.count
        images.insert(driver, at: before)
        return ROMFile.joined(images)
    }

    private static func bios(_ table: WriterTable, vendor: UInt16, device: UInt16) -> ROMImage {
        var bytes = filled(PackageResources.bios_bin, table)
        // One byte behind the code for the checksum.
        bytes.pad(to: (bytes.count + 512) / 512 * 512)
        let data = Int(bytes.word(at: 0x18) ?? 0)
        bytes.set(vendor, at: data + 4)
        bytes.set(device, at: data + 6)
        return ROMImage(
            offset: 0, bytes: bytes, code: .bios, vendor: vendor, device: device, classCode: .memoryController,
            dataStructure: data)
    }

    /// Header at 0, PCI data structure at 0x1c, driver at 0x38, as EDK2's EfiRom lays them out.
    private static func uefi(_ table: WriterTable, vendor: UInt16, device: UInt16) -> ROMImage {
        let driver = 0x38
        var bytes = [UInt8](repeating: 0, count: driver) + filled(PackageResources.uefi_efi, table)
        bytes.pad(to: (bytes.count + 511) / 512 * 512)
        for (offset, word): (Int, UInt16) in [
            (0, 0xaa55), (4, 0x0ef1), (8, 11), (0xa, ROMImage.UEFI.x64), (0x16, 0x38), (0x18, 0x1c), (0x1c, 0x4350),
            (0x1e, 0x5249), (0x20, vendor), (0x22, device), (0x26, 0x18), (0x2a, 0x0500), (0x2e, 1), (0x30, 3),
        ] { bytes.set(word, at: offset) }
        return ROMImage(
            offset: 0, bytes: bytes,
            code: .uefi(ROMImage.UEFI(machine: ROMImage.UEFI.x64, subsystem: 11, isCompressed: false, driver: driver)),
            vendor: vendor, device: device, classCode: .memoryController, dataStructure: 0x1c)
    }

    private static func filled(_ image: [UInt8], _ table: WriterTable) -> [UInt8] {
        guard let at = WriterTable.position(in: image) else { return image }
        var image = image
        image.replaceSubrange(at..<at + WriterTable.size, with: table.bytes)
        return image
    }
}

extension ClassCode {
    fileprivate static let memoryController = ClassCode(rawValue: 0x05_0000)
}
