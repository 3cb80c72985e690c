import BerthDiagnostics
import BerthIGD
import BerthPCI
package import BerthTopology

/// A whole boot, from power-on to bound drivers.
package struct BootOutcome: Hashable, Sendable {
    package let tree: PCITree
    package let firmware: FirmwareOutcome
    package let guest: GuestOutcome
    package let consumers: [RegionConsumer]
    /// Of every region that a register points at, and of every BAR that could carry one.
    package let exposures: [Exposure]
    /// Why Linux's driver leaves stolen memory alone; nil where it uses it, or does not run.
    package let stolenMemoryIsIgnored: String?

    /// `tree` is what `topology` resolves to; `actions` happen to the running guest, in order.
    package static func run(
        _ topology: GuestTopology, _ tree: PCITree, then actions: [GuestAction] = []
    ) -> BootOutcome {
        let firmware = FirmwareModels.model(for: topology.firmware).boot(
            topology, tree.without(GuestAction.absent(before: actions)))
        let guest = GuestOSModels.model(for: topology.guest).run(topology, tree, after: firmware, then: actions)
        let consumers = RegionConsumers.of(topology)
        return BootOutcome(
            tree: tree, firmware: firmware, guest: guest, consumers: consumers,
            exposures: firmware.halted == nil ? exposures(topology, tree, firmware, guest, consumers) : [],
            stolenMemoryIsIgnored: firmware.halted == nil
                ? StolenMemoryUse.reasonAgainst(
                    topology, tree, guest, base: pointers(topology, tree, firmware)[.stolenMemory],
                    size: topology.visibleStolenMemory.rawValue) : nil)
    }

    /// The firmware's outcome with the addresses and windows that the OS leaves.
    package var final: FirmwareOutcome {
        var outcome = firmware
        outcome.functions = guest.functions
        outcome.busNumbers = guest.busNumbers
        return outcome
    }

    private static func exposures(
        _ topology: GuestTopology, _ tree: PCITree, _ firmware: FirmwareOutcome, _ guest: GuestOutcome,
        _ consumers: [RegionConsumer]
    ) -> [Exposure] {
        let carriers = memoryBARs(topology, tree)
        let pointers = pointers(topology, tree, firmware)
        var found: [Exposure] = []
        for region in Region.allCases {
            guard let pointer = pointers[region] else { continue }
            let hit = carriers.first { function, bar in
                guard let start = guest.functions[function].addresses[bar],
                    let size = tree.functions[function][bar]?.kind.size.rawValue
                else { return false }
                return start <= pointer && pointer - start < size
            }
            if let (function, bar) = hit {
                found.append(
                    Exposure.of(
                        region, function: function, bar: bar, tree: tree, guest: guest, consumers: consumers,
                        register: RegisterHistory(register(region), [.init(.powerOn, .address(pointer))])))
            } else {
                found.append(outside(region, pointer, tree, firmware, consumers))
            }
        }
        guard found.isEmpty else { return found }
        return carriers.map { function, bar in
            let size = tree.functions[function][bar]?.kind.size ?? .zero
            let region: Region = size >= .mib(1) ? .stolenMemory : .opRegion
            return Exposure.of(
                region, function: function, bar: bar, tree: tree, guest: guest, consumers: consumers)
        }
    }

    private static func register(_ region: Region) -> String { region == .stolenMemory ? "BDSM" : "ASLS" }

    /// Of a register that points at no BAR: well where the firmware reserved memory, else at nothing.
    private static func outside(
        _ region: Region, _ pointer: UInt64, _ tree: PCITree, _ firmware: FirmwareOutcome, _ consumers: [RegionConsumer]
    ) -> Exposure {
        let isReserved = firmware.memoryMap.contains {
            $0.kind == .reserved && $0.range.contains(GuestPhysicalAddress(pointer))
        }
        guard !isReserved, let display = GraphicsReservation.display(tree) else {
            return Exposure(region: region, level: isReserved ? .never : .broken)
        }
        let phase = BootPhase.allCases.first { phase in
            phase >= .enumeration && consumers.contains { $0.region == region && $0.phases.contains(phase) }
        }
        let cause = DecodeCause(
            "\(register(region)) holds \(Hexadecimal.string(pointer)), where neither a BAR nor reserved memory is",
            source: "the prediction of firmware and guest OS")
        let users = consumers.filter { $0.region == region && $0.isCertain && $0.access != .register }.map(\.name)
        return Exposure(
            region: region, level: .broken,
            gaps: [
                Exposure.Gap(
                    kind: .registerElsewhere, phase: phase ?? .drivers, function: display, cause: cause, users: users)
            ])
    }

    /// BARs with memory behind them that no driver owns: shared memory, a server's, and what a placement added.
    private static func memoryBARs(_ topology: GuestTopology, _ tree: PCITree) -> [(Int, BARIndex)] {
        let added = topology.addedBARs.compactMap { added in
            tree.index(at: added.slot).map { ($0, added.bar.index) }
        }
        let served = tree.reachable.filter { tree.functions[$0].model == UserDevice.model }.flatMap { index in
            tree.functions[index].bars.filter { !$0.kind.isIO && $0.index != .rom }.map { (index, $0.index) }
        }
        return tree.reachable.filter { tree.functions[$0].model == "ivshmem-plain" }.map { ($0, BARIndex.bar(2)) }
            + served + added
    }

    /// What the registers of the display hold, where they hold something.
    private static func pointers(
        _ topology: GuestTopology, _ tree: PCITree, _ firmware: FirmwareOutcome
    ) -> [Region: UInt64] {
        guard let display = GraphicsReservation.display(tree) else { return [:] }
        var pointers: [Region: UInt64] = [:]
        if let register = Platform.identify(device: tree.functions[display].device)?.bdsm {
            let value = GraphicsReservation.value(of: register, display, topology, tree, firmware)
            if value & register.maximumAddress > 0 { pointers[.stolenMemory] = value & register.maximumAddress }
        }
        if let value = firmware.register(0xfc, of: display), value > 0 { pointers[.opRegion] = value }
        return pointers
    }
}
