public import BerthTopology

/// Somebody who reads or writes stolen memory or the OpRegion.
public struct RegionConsumer: Hashable, Sendable {
    public enum Access: String, Hashable, Sendable {
        /// The GPU itself: the IOMMU has to map the region.
        case dma = "DMA"
        case cpu = "CPU"
        /// Only the register that points at it.
        case register
    }

    public var name: String
    public var region: Region
    public var access: Access
    /// In which phases it counts on the region.
    public var phases: ClosedRange<BootPhase>
    /// False where it depends on what the user does: a boot loader with a graphical menu, `vga=`.
    public var isCertain: Bool
    public var source: String

    public init(
        _ name: String, _ region: Region, _ access: Access, _ phases: ClosedRange<BootPhase>, isCertain: Bool = true,
        source: String
    ) {
        self.name = name
        self.region = region
        self.access = access
        self.phases = phases
        self.isCertain = isCertain
        self.source = source
    }
}
