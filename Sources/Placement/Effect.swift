/// What a rejection comes to for those who use the region. The rule that speaks says it.
///
/// The worst one of a berth decides its verdict, whatever the order in which rules are asked. Worst first: there is no guest;
/// the GPU's accesses go astray; the berth cannot be made; the region is not there; it is there and reaches too far, which
/// matters only where all of the others are well.
package enum Effect: Int, Hashable, Sendable, CaseIterable, Comparable {
    /// QEMU does not start the guest.
    case startRefused
    /// The firmware stops before it starts anything.
    case firmwareHalts
    /// The register shows the host's address, which means nothing in the guest.
    case hostAddress
    /// It is there, and goes away under those who use it.
    case vanishes
    /// There can be no such berth in this guest.
    case impossible
    /// The register is 0, or holds what is no address of the region.
    case memoryMissing
    /// The same, but BDSM points at memory that the firmware reserves by itself: less than was asked for, or not this berth.
    /// No rule says it; `RegionState` finds it.
    case memoryElsewhere
    /// It is there, and its user leaves it alone.
    case memoryUnused
    /// It is the host's own, with more behind it than the guest may reach.
    case hostExposed

    /// Worse is smaller.
    package static func < (a: Effect, b: Effect) -> Bool { a.rawValue < b.rawValue }
}
