import BerthDiagnostics
package import BerthPCI

/// What is odd about an OpRegion that can be used all the same.
package enum OpRegionFinding: Hashable, Sendable, CustomStringConvertible {
    /// The size field is not the 8 KiB of every known base structure.
    case unusualSize(ByteCount)
    /// A relative RVDA that points into the base structure; mailbox 4 is used instead.
    case extendedVBTInsideBase(offset: UInt64)
    /// A relative RVDA and RVDS that run past the given bytes; mailbox 4 is used instead.
    case extendedVBTOutsideBytes(offset: UInt64, size: ByteCount)
    /// What RVDA points at does not start with `$VBT`; mailbox 4 is used instead.
    case extendedVBTWithoutSignature(offset: UInt64)

    package var description: String {
        switch self {
        case .unusualSize(let size): "the OpRegion says that its size is \(size), not 8 KiB"
        case .extendedVBTInsideBase(let offset):
            "the extended VBT is said to be at offset \(Hexadecimal.string(offset)), inside the first 8 KiB"
        case .extendedVBTOutsideBytes(let offset, let size):
            "the extended VBT, \(size) at offset \(Hexadecimal.string(offset)), runs past the bytes at hand"
        case .extendedVBTWithoutSignature(let offset):
            "there is no VBT at offset \(Hexadecimal.string(offset)), where RVDA points"
        }
    }
}
