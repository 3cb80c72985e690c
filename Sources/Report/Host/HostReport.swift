import BerthDiagnostics
package import BerthHost
import BerthIGD
package import BerthPCI
package import BerthPlacement

/// What was read from a host, as far as it matters to an IGD. Nil: not in the dump.
package struct HostReport: Hashable, Sendable {
    /// How many functions the dump has.
    package let functions: Int
    package let system: HostSystem
    package let igd: HostIGD?
    package let igdState: HostFunctionState?
    package let lpc: FunctionIdentity?
    package let hostBridge: FunctionIdentity?
    /// Intel displays and others that are not the IGD.
    package let otherDisplays: [Display]
    /// By pci.ids, where there is one.
    package let names: Names
    /// Other members of the IGD's IOMMU group.
    package let groupMembers: [PCIAddress]
    /// What firmware keeps for the IGD's DMA, where that is told of its group; else for anybody's.
    package let reservations: [HostReservation]
    /// Address bits of the IOMMU.
    package let addressWidth: Int?
    package let processor: HostProcessor?
    package let opRegion: OpRegionDump?
    package let steps: [HostStep]
    package let outlook: HostOutlook?
    /// The whole host, for whoever reads it again.
    package let record: HostRecord

    package struct Display: Hashable, Sendable {
        package let address: PCIAddress
        package let identity: FunctionIdentity
        package let name: String?
        /// Of the IGD: a head of it, or a virtual function.
        package let isPartOfIGD: Bool
    }

    package struct Names: Hashable, Sendable {
        package var igd: String?
        package var lpc: String?
        package var hostBridge: String?
    }

    package init(_ host: HostInventory, names list: PCINames = PCINames(), outlook: HostOutlook? = nil) {
        functions = host.functions.count
        system = host.system
        igd = host.igd
        let function = host.igd.flatMap { host.function(at: $0.address) }
        igdState = function?.state
        lpc = host.lpc
        hostBridge = host.hostBridge
        names = Names(
            igd: function?.identity.flatMap(list.name), lpc: host.lpc.flatMap(list.name),
            hostBridge: host.hostBridge.flatMap(list.name))
        let place = host.igd?.address
        otherDisplays = host.functions.compactMap { other in
            guard other.classCode?.isDisplay == true, other.address != place, let identity = other.identity else {
                return nil
            }
            let isPart =
                place.map {
                    ($0.segment, $0.bus, $0.device) == (other.address.segment, other.address.bus, other.address.device)
                }
                ?? false
            return Display(
                address: other.address, identity: identity, name: list.name(of: identity), isPartOfIGD: isPart)
        }
        let group = function?.state.group
        groupMembers = host.functions.filter { group != nil && $0.state.group == group && $0.address != place }.map(
            \.address)
        let kept = host.reservations.filter(\.isOfFirmware)
        let own = kept.filter { group != nil && $0.group == group }
        reservations = (own.isEmpty ? kept : own).sorted { $0.range < $1.range }
        addressWidth = host.addressWidth
        processor = host.processor
        opRegion = host.opRegion
        steps = host.steps
        self.outlook = outlook
        record = HostRecord(host)
    }
}
