public import BerthPCI

/// Offsets and sizes inside an OpRegion, in bytes from its start.
///
/// Source: Intel IGD OpRegion / Software SCI specification, as
/// `Include/IndustryStandard/IgdOpRegion.h@067328df` of tomitamoeko/VfioIgdPkg and
/// `drivers/gpu/drm/i915/display/intel_opregion.c@torvalds/linux` have it.
public enum OpRegionLayout {
    /// `IntelGraphicsMem`, 16 bytes without a terminator.
    public static let signature: [UInt8] = Array("IntelGraphicsMem".utf8)
    /// The base structure: header and mailboxes, 8 KiB.
    public static let baseSize = ByteCount.kib(8)

    /// 4 bytes; the unit is KiB.
    public static let sizeOffset = 0x10
    /// 4 bytes.
    public static let versionOffset = 0x14
    /// 4 bytes.
    public static let mailboxesOffset = 0x58
    /// 8 bytes, not aligned: where an extended VBT is.
    public static let rvdaOffset = 0x3ba
    /// 4 bytes, not aligned: how large it is.
    public static let rvdsOffset = 0x3c2

    public static let mailbox1 = 0x100..<0x200
    public static let mailbox2 = 0x200..<0x300
    public static let mailbox3 = 0x300..<0x400
    /// The VBT, at most 6 KiB.
    public static let mailbox4 = 0x400..<0x1c00
    public static let mailbox5 = 0x1c00..<0x2000
    /// The four bytes a VBT starts with.
    public static let vbtSignature: [UInt8] = Array("$VBT".utf8)
}
