package import BerthPCI

/// ASL Storage: 32 bits at 0xfc of the device's configuration space, the address of the OpRegion.
///
/// Source: `drivers/gpu/drm/i915/display/intel_opregion.c@torvalds/linux` `intel_opregion_setup`;
/// `drivers/vfio/pci/vfio_pci_igd.c@torvalds/linux` for which values count as none.
package struct ASLSRegister: Hashable, Sendable {
    package let offset = 0xfc
    package let byteCount = 4
    /// The highest address the register can hold.
    package let maximumAddress: UInt64 = 0xffff_ffff

    package init() {}

    /// Whether firmware wrote an address: neither 0 nor all ones.
    package func isSet(raw: UInt32) -> Bool { raw != 0 && raw != .max }

    /// Distance of the OpRegion from the start of its 4 KiB page. Real firmware does not align it: a
    /// mapping has to carry this offset over, a copy need not.
    package func pageOffset(raw: UInt32) -> ByteCount { ByteCount(UInt64(raw & 0xfff)) }

    /// How many bytes from the start of the first page a mapping of `size` bytes has to cover.
    package func mappedSize(raw: UInt32, size: ByteCount) -> ByteCount? {
        let (end, overflow) = pageOffset(raw: raw).rawValue.addingReportingOverflow(size.rawValue)
        guard !overflow else { return nil }
        return Alignment.up(end, to: 0x1000).map { ByteCount($0) }
    }
}
