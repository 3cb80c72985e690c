import BerthStack

/// How a kernel sizes the windows that the firmware left closed, and hands out what they have. Releases with the same
/// rules find the same addresses.
struct LinuxResourceRules: Hashable, Sendable {
    /// What happens to a window that does not fit into the one above it.
    enum Relaxation: Hashable, Sendable {
        case none
        /// What it has to have is packed as tightly as windows can be.
        case required
        /// So is what it would like, and its alignment never grows.
        case all
    }
    let relaxation: Relaxation
    /// Disabled ROMs are placed where there is room, and sized apart from what has to be there.
    let hasOptionalResources: Bool
    /// Closed windows keep their type, and functions without a class are not counted.
    let selectsWindows: Bool
    let sizesExactly: Bool

    init(_ release: LinuxRelease) {
        relaxation = !release.relaxesWindowTails ? .none : release.hasOptionalResources ? .all : .required
        hasOptionalResources = release.hasOptionalResources
        selectsWindows = release.selectsWindows
        sizesExactly = release.sizesWindowsExactly
    }

    /// `pbus_size_io` adds what ports need to what they need when it works out what they would like, from 6.15 on.
    var countsPortsTwice: Bool { hasOptionalResources }
    /// Placing one bus anew drops what windows may have on top on others: `reassign_resources_sorted` until 6.19.
    var forgetsWishesElsewhere: Bool { hasOptionalResources && !sizesExactly }
    /// Nothing of an alignment of this power of two MiB is looked at: `aligns` in `pbus_size_mem`.
    var orders: Int { selectsWindows ? 28 : 24 }
}
