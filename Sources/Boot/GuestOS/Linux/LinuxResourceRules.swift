import BerthStack

/// How a kernel sizes the windows that the firmware left closed, and hands out what they have. Releases with the same
/// rules find the same addresses.
///
/// Source: drivers/pci/setup-bus.c, setup-res.c and bus.c, kernel/resource.c @ Linux 6.1, 6.10, 6.11, 6.12, 6.13, 6.14, 6.17,
/// 6.18, 6.18.13, 6.18.14, 6.18.33, 6.19, 7.0, 7.1, 7.2; the commits that stand at the capabilities of `LinuxRelease`.
struct LinuxResourceRules: Hashable, Sendable {
    /// What happens to a window that does not fit into the one above it.
    enum Relaxation: Hashable, Sendable {
        case none
        /// What it has to have is packed as tightly as windows can be, at a multiple of the largest alignment in it; and
        /// what it would like loses its alignment.
        case requiredLosingAdditions
        /// The same, and what it would like keeps its alignment.
        case required
        /// What it would like is packed as tightly.
        case all
        /// So it is, and its alignment never grows.
        case allWithoutGrowth
    }
    let relaxation: Relaxation
    /// Disabled ROMs are placed where there is room, and sized apart from what has to be there.
    let hasOptionalResources: Bool
    /// Closed windows keep their type, and functions without a class are not counted.
    let selectsWindows: Bool
    let sizesExactly: Bool
    /// A window that nothing has to be in is optional, and what is optional counts with its alignment.
    let hasOptionalWindows: Bool
    /// Placing one bus anew drops what windows may have on top on others: `reassign_resources_sorted`.
    let forgetsAdditionsElsewhere: Bool
    /// What is larger than its alignment counts when the head of a window is worked out.
    let countsLargeInHead: Bool
    /// Handing out what a port has to spare makes no window smaller than what has to be in it.
    let keepsRequiredSize: Bool
    let fillsHead: Bool
    /// Virtio functions are enabled with what is built in, so that they decode even where the firmware left them off.
    let bindsVirtioAtBoot: Bool

    init(_ release: LinuxRelease) {
        relaxation =
            if !release.relaxesWindowTails {
                .none
            } else if release.selectsWindows {
                .allWithoutGrowth
            } else if release.hasOptionalResources {
                .all
            } else {
                release.losesAddedAlignment ? .requiredLosingAdditions : .required
            }
        hasOptionalResources = release.hasOptionalResources
        selectsWindows = release.selectsWindows
        sizesExactly = release.sizesWindowsExactly
        hasOptionalWindows = release.hasOptionalWindows
        forgetsAdditionsElsewhere = release.hasOptionalResources && !release.keepsAdditionsElsewhere
        countsLargeInHead = release.sizesWindowsExactly && !release.keepsAdditionsElsewhere
        keepsRequiredSize = release.keepsRequiredSize
        fillsHead = release.fillsHeadOfWindows
        bindsVirtioAtBoot = release.hasBuiltInVirtio
    }

    /// What a window would like is packed as tightly as what it has to have.
    var relaxesAdditions: Bool { relaxation == .all || relaxation == .allWithoutGrowth }
    /// `pbus_size_io` adds what ports need to what they need when it works out what they would like, from 6.15 on (commit
    /// a55bf64b30e4).
    var countsPortsTwice: Bool { hasOptionalResources }
    /// Nothing of an alignment of this power of two MiB is looked at: `aligns` in `pbus_size_mem`, longer from 6.15 on
    /// (commit 5af473941b56).
    var orders: Int { hasOptionalResources ? 28 : 24 }
}
