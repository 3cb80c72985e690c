package import BerthPCI

/// What the host's kernel does with a function. Nil: the dump does not say.
package struct HostFunctionState: Hashable, Sendable {
    package enum Driver: Hashable, Sendable {
        case unbound
        case named(String)

        /// Empty where there is none.
        package var name: String { if case .named(let name) = self { name } else { "" } }
    }

    package var driver: Driver?
    /// The IOMMU group.
    package var group: Int?
    /// Whether the host's firmware made it the display that it boots on.
    package var isBootDisplay: Bool?
    /// How many virtual functions are there now (SR-IOV).
    package var virtualFunctions: Int?
    /// How many there could be.
    package var mostVirtualFunctions: Int?
    /// Of a virtual function, the one it is part of.
    package var physicalFunction: PCIAddress?
    /// How many mediated devices of it are in use (GVT-g).
    package var mediatedDevices: Int?
    /// The kernel's ways of resetting it, as it names them: `flr bus`; empty where there is none.
    package var resetMethods: String?
    /// The IOMMU it is behind: `dmar0`.
    package var iommu: String?

    package init() {}

    /// What two dumps say together; this one counts where both do.
    func merging(_ other: Self) -> Self {
        var result = self
        result.driver = driver ?? other.driver
        result.group = group ?? other.group
        result.isBootDisplay = isBootDisplay ?? other.isBootDisplay
        result.virtualFunctions = virtualFunctions ?? other.virtualFunctions
        result.mostVirtualFunctions = mostVirtualFunctions ?? other.mostVirtualFunctions
        result.physicalFunction = physicalFunction ?? other.physicalFunction
        result.mediatedDevices = mediatedDevices ?? other.mediatedDevices
        result.resetMethods = resetMethods ?? other.resetMethods
        result.iommu = iommu ?? other.iommu
        return result
    }
}
