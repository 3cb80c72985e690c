package import BerthTopology

/// Somebody who reads or writes stolen memory or the OpRegion.
package struct RegionConsumer: Hashable, Sendable {
    package enum Access: String, Hashable, Sendable {
        /// The GPU itself: the IOMMU has to map the region.
        case dma = "DMA"
        case cpu = "CPU"
        /// Only the register that points at it.
        case register
    }

    package var name: String
    package var region: Region
    package var access: Access
    /// In which phases it counts on the region.
    package var phases: ClosedRange<BootPhase>
    /// False where it depends on what the user does: a boot loader with a graphical menu, `vga=`.
    package var isCertain: Bool
    /// Whether it does harm or stops where the region is not there; others go on without.
    package var isVital: Bool
    package var source: String

    package init(
        _ name: String, _ region: Region, _ access: Access, _ phases: ClosedRange<BootPhase>, isCertain: Bool = true,
        isVital: Bool = false, source: String
    ) {
        self.name = name
        self.region = region
        self.access = access
        self.phases = phases
        self.isCertain = isCertain
        self.isVital = isVital
        self.source = source
    }
}
