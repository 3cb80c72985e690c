/// A generation of Intel integrated graphics, in the order in which they appeared.
///
/// Up to 12 Intel numbers them; later parts carry an architecture name. There was no generation 10 that
/// a driver still supports (Linux `include/drm/intel/pciids.h` keeps its ids, no driver takes them).
package enum Generation: Int, Hashable, Sendable, CaseIterable, Comparable, CustomStringConvertible {
    case gen2 = 2
    case gen3, gen4, gen5, gen6, gen7, gen8, gen9
    case gen11 = 11
    case gen12
    /// Meteor Lake and Arrow Lake: the first without a BDSM register.
    case xeLPG
    /// Lunar Lake.
    case xe2
    /// Panther Lake and later.
    case xe3

    package static func < (a: Generation, b: Generation) -> Bool { a.rawValue < b.rawValue }

    /// `gen 9`, `Xe-LPG`.
    package var description: String {
        switch self {
        case .xeLPG: "Xe-LPG"
        case .xe2: "Xe2"
        case .xe3: "Xe3"
        default: "gen \(rawValue)"
        }
    }
}
