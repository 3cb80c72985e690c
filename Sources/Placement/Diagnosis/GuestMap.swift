package import BerthBoot
import BerthDiagnostics
import BerthIGD
package import BerthPCI
package import BerthTopology

/// What lies at which address: of the guest's memory, and of the host's graphics memory.
///
/// Addresses of logs are put into it. A GPU that was given to a guest sends guest addresses to the IOMMU, so the address of a fault
/// is the guest's; where it is a number of the host's own, somebody in the guest read that out of the device.
package struct GuestMap: Hashable, Sendable {
    /// In the order of their starts; BARs before the RAM around them.
    package let guest: [Place]
    package let host: [HostPlace]
    /// The IGD's function on the host; nil without one.
    package let device: PCIAddress?
    /// What the IOMMU of the host maps, in bits, where nobody knows better that of client processors.
    package let iommuBits: Int

    package struct Place: Hashable, Sendable {
        package let range: GuestRange
        package let owner: Owner
    }

    package enum Owner: Hashable, Sendable {
        case bar(function: String, isIGD: Bool, BARIndex)
        case region(Region)
        case ram
        /// Reserved in the memory map, and nobody said for whom.
        case reserved
    }

    package struct HostPlace: Hashable, Sendable {
        package let range: HostRange
        package let region: Region
    }

    package init(_ topology: GuestTopology) {
        iommuBits = IOMMUWidth(topology).bits
        device = topology.igd?.host
        host = Self.host(topology)
        let (tree, findings) = topology.resolve()
        guard !findings.contains(where: { $0.severity == .error }) else {
            guest = []
            return
        }
        guest = Self.places(topology, BootOutcome.run(topology, tree))
    }

    /// Of a guest that was booted.
    package init(_ topology: GuestTopology, _ boot: BootOutcome) {
        iommuBits = IOMMUWidth(topology).bits
        device = topology.igd?.host
        host = Self.host(topology)
        guest = Self.places(topology, boot)
    }

    private static func places(_ topology: GuestTopology, _ boot: BootOutcome) -> [Place] {
        regions(topology, boot) + bars(boot.tree, boot.final) + memory(boot.firmware, topology)
    }

    /// The narrowest that holds the address: regions before BARs before RAM.
    package func owner(of address: UInt64) -> Place? {
        guest.first { $0.range.contains(GuestPhysicalAddress(address)) }
    }

    /// Which of the host's regions has this number.
    package func hostRegion(at address: UInt64) -> HostPlace? {
        host.first { $0.range.contains(HostPhysicalAddress(address)) }
    }

    private static func host(_ topology: GuestTopology) -> [HostPlace] {
        guard let igd = topology.igd else { return [] }
        var places: [HostPlace] = []
        if let base = igd.hostStolenBase, base.rawValue > 0,
            let range = HostRange(start: base, size: igd.hostStolenSize ?? igd.hostStolenMemory)
        {
            places.append(HostPlace(range: range, region: .stolenMemory))
        }
        if let asls = igd.hostASLS, asls != 0, asls != .max,
            let range = HostRange(start: HostPhysicalAddress(UInt64(asls)), size: max(igd.opRegion, .kib(8)))
        {
            places.append(HostPlace(range: range, region: .opRegion))
        }
        return places
    }

    private static func regions(_ topology: GuestTopology, _ boot: BootOutcome) -> [Place] {
        guard let igd = topology.igd, let index = boot.tree.index(at: igd.slot) else { return [] }
        var places: [Place] = []
        if let register = igd.platform?.bdsm, let raw = boot.firmware.register(register.offset, of: index) {
            let base = raw & register.maximumAddress
            // Up to QEMU 9.1 the control word says nothing of what the firmware was asked for.
            let asked = IGDInQEMU(topology)?.stolenMemorySizeFile ?? .zero
            let visible = topology.visibleStolenMemory
            let size = visible == .zero ? asked : visible
            if base > 0, let range = GuestRange(start: GuestPhysicalAddress(base), size: size) {
                places.append(Place(range: range, owner: .region(.stolenMemory)))
            }
        }
        if let base = boot.firmware.register(0xfc, of: index), base > 0,
            let range = GuestRange(start: GuestPhysicalAddress(base), size: igd.opRegion)
        {
            places.append(Place(range: range, owner: .region(.opRegion)))
        }
        return places
    }

    private static func bars(_ tree: PCITree, _ outcome: FirmwareOutcome) -> [Place] {
        tree.functions.enumerated().flatMap { index, function in
            function.bars.compactMap { bar -> Place? in
                guard !bar.kind.isIO, outcome.functions.indices.contains(index),
                    let address = outcome.functions[index].addresses[bar.index],
                    let range = GuestRange(start: GuestPhysicalAddress(address), size: bar.kind.size)
                else { return nil }
                let isIGD = if case .igd = function.origin { true } else { false }
                return Place(range: range, owner: .bar(function: function.name, isIGD: isIGD, bar.index))
            }
        }.sorted { $0.range < $1.range }
    }

    private static func memory(_ firmware: FirmwareOutcome, _ topology: GuestTopology) -> [Place] {
        let map = firmware.memoryMap.compactMap { entry -> Place? in
            switch entry.kind {
            case .reserved: Place(range: entry.range, owner: .reserved)
            default: Place(range: entry.range, owner: .ram)
            }
        }
        guard map.isEmpty else { return map }
        let layout = topology.ramLayout
        let low = GuestRange(start: GuestPhysicalAddress(0), size: layout.below4GiB)
        let high = GuestRange(start: GuestPhysicalAddress(1 << 32), size: layout.above4GiB)
        return [low, high].compactMap { $0 }.map { Place(range: $0, owner: .ram) }
    }
}
