package import BerthPCI

/// How the field GMS of the graphics control word says how much data stolen memory there is.
///
/// Source: `include/drm/intel/i915_drm.h@torvalds/linux` for the fields,
/// `arch/x86/kernel/early-quirks.c@torvalds/linux` `*_stolen_size` for the sizes.
package enum StolenMemoryEncoding: String, Hashable, Sendable, CaseIterable {
    /// i830, i845: bits 6:4, a list of sizes.
    case a = "A"
    /// i855 to Ironlake: bits 7:4, a list of sizes.
    case b = "B"
    /// Generations 6 and 7: bits 7:3, multiples of 32 MiB.
    case c = "C"
    /// Cherryview: bits 7:3, multiples of 32 MiB, then two runs in steps of 4 MiB. QEMU decodes it as D.
    case chv = "CHV"
    /// Generation 8: bits 15:8, multiples of 32 MiB.
    case d = "D"
    /// Generations 9 to 12: bits 15:8, multiples of 32 MiB, from 0xf0 on steps of 4 MiB.
    case e = "E"
    /// Meteor Lake and later: as E, but only 0 to 4 and 0xf0 to 0xfe exist.
    case f = "F"

    /// Position of GMS in the word.
    package var gmsShift: Int {
        switch self {
        case .a, .b: 4
        case .c, .chv: 3
        case .d, .e, .f: 8
        }
    }

    /// GMS after shifting, all bits set: its largest value.
    package var gmsMask: UInt8 {
        switch self {
        case .a: 0x7
        case .b: 0xf
        case .c, .chv: 0x1f
        case .d, .e, .f: 0xff
        }
    }

    /// The size a code stands for; nil for a code that stands for none.
    ///
    /// Codes that Linux and QEMU decode by formula are decoded, even where no firmware uses them: 0xff of
    /// encoding E is 64 MiB, although QEMU refuses to write it.
    package func size(gms: UInt8) -> ByteCount? {
        let n = UInt64(gms)
        switch self {
        case .a: return Self.sizesOfA[gms]
        case .b: return Self.sizesOfB[gms]
        case .c, .d: return gms <= gmsMask ? .mib(n * 32) : nil
        case .chv:
            switch gms {
            case ...0x10: return .mib(n * 32)
            case 0x11...0x16: return .mib(8 + 4 * (n - 0x11))
            case 0x17...0x1d: return .mib(36 + 4 * (n - 0x17))
            default: return nil
            }
        case .e: return gms < 0xf0 ? .mib(n * 32) : .mib(4 * (n - 0xf0 + 1))
        case .f:
            switch gms {
            case ...4: return .mib(n * 32)
            case 0xf0...0xfe: return .mib(4 * (n - 0xf0 + 1))
            default: return nil
            }
        }
    }

    /// The lowest code for exactly this size; nil if there is none. Nothing is rounded.
    package func gms(for size: ByteCount) -> UInt8? {
        (0...gmsMask).first { self.size(gms: $0) == size }
    }

    /// The codes QEMU accepts for `x-igd-gms`; empty where it has no such override.
    ///
    /// Source: `hw/vfio/igd.c@qemu` 10.2 `vfio_pci_igd_override_gms`. It takes Cherryview for D, so the
    /// code it writes there lands in the wrong bits.
    package var validGMS: [ClosedRange<UInt8>] {
        switch self {
        case .a, .b, .f: []
        case .c: [0...0x10]
        case .chv, .d: [0...0x40]
        case .e: [0...0x40, 0xf0...0xfe]
        }
    }

    /// Whether QEMU accepts the code for `x-igd-gms`.
    package func isValidGMS(_ gms: UInt8) -> Bool { validGMS.contains { $0.contains(gms) } }

    // Code 1 of A means memory on the card, which takes nothing from the system.
    private static let sizesOfA: [UInt8: ByteCount] = [1: .zero, 2: .kib(512), 3: .mib(1), 4: .mib(8)]
    private static let sizesOfB: [UInt8: ByteCount] = [
        0x0: .zero, 0x1: .mib(1), 0x2: .mib(4), 0x3: .mib(8), 0x4: .mib(16), 0x5: .mib(32), 0x6: .mib(48),
        0x7: .mib(64), 0x8: .mib(128), 0x9: .mib(256), 0xa: .mib(96), 0xb: .mib(160), 0xc: .mib(224),
        0xd: .mib(352),
    ]
}
