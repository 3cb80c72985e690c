package import BerthPCI

/// The graphics control word: GGC at 0x50 of the device, or GMCH control at 0x52 of the host bridge.
///
/// `Platform.graphicsControl` says where a platform keeps it.
package struct GraphicsControl: Hashable, Sendable {
    package var word: UInt16
    package var encoding: StolenMemoryEncoding

    package init(word: UInt16, encoding: StolenMemoryEncoding) {
        self.word = word
        self.encoding = encoding
    }

    /// Graphics mode select: the code for the size of data stolen memory.
    package var gms: UInt8 { UInt8(truncatingIfNeeded: word >> UInt16(encoding.gmsShift)) & encoding.gmsMask }

    /// Size of data stolen memory; nil for a code that stands for no size.
    package var stolenMemorySize: ByteCount? { encoding.size(gms: gms) }

    /// The same word with another code; bits outside the field are dropped.
    package func replacing(gms: UInt8) -> GraphicsControl {
        let shift = UInt16(encoding.gmsShift)
        let field = UInt16(encoding.gmsMask) << shift
        return GraphicsControl(word: word & ~field | UInt16(gms) << shift & field, encoding: encoding)
    }

    /// GTT graphics memory select, two bits: the code for the size of the stolen memory that holds the
    /// GTT. Nil for encodings A and B, whose words have no such field in this place.
    package var ggms: UInt8? {
        switch encoding {
        case .a, .b: nil
        case .c, .chv: UInt8(word >> 8 & 3)
        case .d, .e, .f: UInt8(word >> 6 & 3)
        }
    }

    /// Size of GTT stolen memory, which lies directly below data stolen memory; nil where the word does
    /// not say or the code is invalid. From Meteor Lake on anything but 8 MiB is invalid.
    ///
    /// Source: `drivers/gpu/drm/i915/gt/intel_ggtt.c@torvalds/linux` `gen6_get_total_gtt_size`,
    /// `gen8_get_total_gtt_size`, `chv_get_total_gtt_size` (Cherryview has the field of generation 6 and
    /// the sizes of generation 8).
    package var gttSize: ByteCount? {
        guard let ggms else { return nil }
        switch encoding {
        case .a, .b: return nil
        case .c: return ggms < 3 ? .mib(UInt64(ggms)) : nil
        case .chv, .d, .e: return ggms == 0 ? .zero : .mib(1 << UInt64(ggms))
        case .f: return ggms == 3 ? .mib(8) : nil
        }
    }

    /// IVD, bit 1 of every encoding: the device does not decode VGA cycles.
    package var isVGADisabled: Bool { word & 1 << 1 != 0 }
}
