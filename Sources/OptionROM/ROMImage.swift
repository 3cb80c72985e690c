package import BerthPCI

/// One image of an option ROM: a header, a PCI data structure, code.
///
/// Source: PCI Firmware Specification 3.0 §5.1; UEFI 2.10 §14.4.2 for images of code type 3.
package struct ROMImage: Hashable, Sendable {
    /// What runs it.
    package enum Code: Hashable, Sendable {
        /// A BIOS on a PC: code type 0.
        case bios
        /// UEFI: code type 3.
        case uefi(UEFI)
        /// Another code type, such as 1 of Open Firmware and 2 of PA-RISC.
        case other(UInt8)
    }

    /// What the header of an image for UEFI says.
    package struct UEFI: Hashable, Sendable {
        /// Of the PE file: 0x8664 for x64.
        package var machine: UInt16
        /// 11: a boot service driver.
        package var subsystem: UInt16
        package var isCompressed: Bool
        /// Where the PE file begins in the image.
        package var driver: Int

        /// The name of the architecture; nil for one without.
        package var architecture: String? { Self.architectures[machine] }

        /// Source: UEFI 2.10 §2.1.1 table 2.1.
        private static let architectures: [UInt16: String] = [
            0x014c: "IA32", 0x0200: "Itanium", 0x0ebc: "EFI byte code", 0x01c2: "ARM", 0x8664: "x64",
            0xaa64: "AArch64", 0x5032: "RISC-V 32", 0x5064: "RISC-V 64", 0x6232: "LoongArch 32",
            0x6264: "LoongArch 64",
        ]
        package static let x64: UInt16 = 0x8664
    }

    /// Where it begins in the file.
    package var offset: Int
    package var bytes: [UInt8]
    package var code: Code
    package var vendor: UInt16
    package var device: UInt16
    package var classCode: ClassCode
    /// Where the PCI data structure is in the image.
    var dataStructure: Int

    package var size: ByteCount { ByteCount(UInt64(bytes.count)) }

    /// Of an image that a BIOS runs; SeaBIOS leaves out one that does not add up.
    package var addsUp: Bool { bytes.complement(of: 0..<bytes.count) == 0 }

    /// The register writer's table in it; nil without one.
    package var writer: WriterTable? {
        WriterTable.position(in: bytes).flatMap { WriterTable(bytes, at: $0) }
    }
}
