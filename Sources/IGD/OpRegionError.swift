import BerthDiagnostics
package import BerthPCI

/// Why bytes are not a usable OpRegion.
package enum OpRegionError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Less than the base structure.
    case tooShort(found: ByteCount, needed: ByteCount)
    case wrongSignature(found: [UInt8])
    /// The size field is zero; the kernel refuses such a region, too.
    case sizeZero

    package var description: String {
        switch self {
        case .tooShort(let found, let needed):
            "the OpRegion has \(found), the least is \(needed); dump it whole"
        case .wrongSignature(let found):
            "the OpRegion starts with \(found.map { Hexadecimal.plain($0, digits: 2) }.joined(separator: " ")), "
                + "not with 'IntelGraphicsMem'; check the address in ASLS"
        case .sizeZero: "the OpRegion says that its size is 0 KiB"
        }
    }
}
