package import BerthPCI

/// Offsets and sizes inside an OpRegion, in bytes from its start.
///
/// Source: Intel IGD OpRegion / Software SCI specification, as
/// `Include/IndustryStandard/IgdOpRegion.h@067328df` of tomitamoeko/VfioIgdPkg and
/// `drivers/gpu/drm/i915/display/intel_opregion.c@torvalds/linux` have it.
package enum OpRegionLayout {
    /// `IntelGraphicsMem`, 16 bytes without a terminator.
    package static let signature: [UInt8] = Array("IntelGraphicsMem".utf8)
    /// The base structure: header and mailboxes, 8 KiB.
    package static let baseSize = ByteCount.kib(8)

    /// 4 bytes; the unit is KiB.
    package static let sizeOffset = 0x10
    /// 4 bytes.
    package static let versionOffset = 0x14
    /// 4 bytes.
    package static let mailboxesOffset = 0x58
    /// 8 bytes, not aligned: where an extended VBT is.
    package static let rvdaOffset = 0x3ba
    /// 4 bytes, not aligned: how large it is.
    package static let rvdsOffset = 0x3c2

    package static let mailbox1 = 0x100..<0x200
    package static let mailbox2 = 0x200..<0x300
    package static let mailbox3 = 0x300..<0x400
    /// The VBT, at most 6 KiB.
    package static let mailbox4 = 0x400..<0x1c00
    package static let mailbox5 = 0x1c00..<0x2000
    /// The four bytes a VBT starts with.
    package static let vbtSignature: [UInt8] = Array("$VBT".utf8)
}
