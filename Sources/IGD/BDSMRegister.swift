package import BerthPCI

/// The register that holds the base of data stolen memory.
///
/// The base is a multiple of 1 MiB; bit 0 locks the register. Source:
/// `include/drm/intel/i915_drm.h@torvalds/linux` `INTEL_BSM_MASK`; `finalize.c@coreboot` sets the lock.
package struct BDSMRegister: Hashable, Sendable {
    package enum Width: Int, Hashable, Sendable {
        case bits32 = 4
        case bits64 = 8

        package var byteCount: Int { rawValue }
    }

    /// Offset in the device's configuration space: 0x5c, or 0xc0 from generation 11 on.
    package let offset: Int
    package let width: Width
    /// Offset of a copy behind BAR 0 with the same width; nil where none is known.
    ///
    /// Windows drivers read this copy. Source: `hw/vfio/igd.c@qemu` 10.0 `vfio_probe_igd_bar0_quirk`.
    package let mirrorOffset: UInt64?

    init(offset: Int, width: Width, mirrorOffset: UInt64?) {
        self.offset = offset
        self.width = width
        self.mirrorOffset = mirrorOffset
    }

    /// The base must be a multiple of this.
    package static let alignment = ByteCount.mib(1)

    /// The address in a raw value: lock bit and all other bits below 1 MiB cleared.
    package func base<Space>(raw: UInt64) -> PhysicalAddress<Space> { PhysicalAddress(raw & maximumAddress) }

    package func isLocked(raw: UInt64) -> Bool { raw & 1 != 0 }

    /// The highest base the register can hold: 0xfff00000, or the same with 64 bits.
    package var maximumAddress: UInt64 {
        let all: UInt64 = width == .bits32 ? 0xffff_ffff : .max
        return Alignment.down(all, to: Self.alignment.rawValue)
    }

    /// The raw value for a base, not locked; nil if the register cannot hold it.
    package func raw<Space>(base: PhysicalAddress<Space>) -> UInt64? {
        base.rawValue & ~maximumAddress == 0 ? base.rawValue : nil
    }
}
