import BerthBoot
import BerthDiagnostics
import BerthPCI
import BerthTopology

/// A range that somebody fixed must not be in use.
struct AddressIsFree: Rule {
    let id: RuleID = "address-is-free"
    let watchesBoot = true
    let summary = "nothing else is at the chosen address"
    let documentation = """
        The host's address is a number like any other in the guest: there may be RAM, a BAR, the window of a bridge, what \
        the firmware reserves, MMCONFIG, a chipset register, or the other region. RAM hides what lies under it.
        """
    let sources = [
        "QEMU hw/pci/pci.c: the PCI address space is an alias of lower priority than RAM",
        "SeaBIOS src/fw/dev-q35.h; EDK2 PcdPciExpressBaseAddress: MMCONFIG of q35",
        "QEMU include/hw/i386/ioapic.h IO_APIC_DEFAULT_ADDRESS",
    ]

    func judge(_ berth: RegionBerth, in evaluation: Evaluation) -> [Judgement] {
        let address: GuestPhysicalAddress
        switch berth.backing {
        case .hostMemory(let start): address = start.identityMapped
        case .range(let start?): address = start
        case .nothing, .reservedRAM, .bar, .range(nil): return []
        }
        guard let range = GuestRange(start: address, size: berth.reserved) else {
            return [
                .rejects(
                    Fact(
                        id, "there are no \(berth.reserved) from \(address) on",
                        ["address": .address(address.rawValue)],
                        remedy: "the address that the host's register really has"), .impossible)
            ]
        }
        // Where RAM is wanted at the address, `range-is-ram` judges.
        let wantsRAM = berth.combination.memory == .guestRAM
        if !wantsRAM,
            let found = memory(range, evaluation) ?? functions(range, evaluation) ?? machine(berth, range, evaluation)
        {
            return [found]
        }
        if let found = otherRegion(berth, range, evaluation) { return [found] }
        return wantsRAM ? [] : [.holds(Fact(id, "nothing else is at \(range)"))]
    }

    private func taken(
        _ range: GuestRange, _ words: Statement, by start: GuestPhysicalAddress, remedy: Statement? = nil
    ) -> Judgement {
        .rejects(
            Fact(
                id, "\(range) \(words)",
                ["address": .address(range.start.rawValue), "taken": .address(start.rawValue)], remedy: remedy),
            .impossible)
    }

    private func otherRegion(_ berth: RegionBerth, _ range: GuestRange, _ evaluation: Evaluation) -> Judgement? {
        for other in evaluation.berths where other.region != berth.region {
            guard let start = evaluation.predictedAddress(of: other).exact,
                let own = GuestRange(start: start, size: other.reserved), own.overlaps(range)
            else { continue }
            return taken(range, "meets the \(other.region) at \(own)", by: own.start)
        }
        return nil
    }

    private func memory(_ range: GuestRange, _ evaluation: Evaluation) -> Judgement? {
        let layout = evaluation.topology.ramLayout
        if let ram = GuestRange(start: 0, size: layout.below4GiB), ram.overlaps(range) {
            return .rejects(
                Fact(
                    id, "\(range) is guest RAM, which ends at \(GuestPhysicalAddress(layout.below4GiB.rawValue))",
                    ["address": .address(range.start.rawValue), "ramEnd": .address(layout.below4GiB.rawValue)],
                    remedy: "RAM below 4 GiB that ends there: max-ram-below-4g"), .impossible)
        }
        if let ram = GuestRange(start: 0x1_0000_0000, size: layout.above4GiB), ram.overlaps(range) {
            return .rejects(
                Fact(
                    id, "\(range) is guest RAM above 4 GiB, which takes \(ram)",
                    ["address": .address(range.start.rawValue), "ramEnd": .address(ram.last.rawValue)]), .impossible)
        }
        return nil
    }

    /// BARs and windows of bridges, where the OS leaves them if it runs.
    private func functions(_ range: GuestRange, _ evaluation: Evaluation) -> Judgement? {
        let places = evaluation.guest?.functions ?? evaluation.outcome.functions
        for (index, function) in evaluation.tree.functions.enumerated() {
            for bar in function.bars where !bar.kind.isIO {
                guard let start = places[index].addresses[bar.index],
                    let own = GuestRange(start: GuestPhysicalAddress(start), size: bar.kind.size), own.overlaps(range)
                else { continue }
                return taken(range, "is taken by \(name: function.name) \(bar.index) at \(own)", by: own.start)
            }
            for window in [places[index].bridge?.memory, places[index].bridge?.prefetchable] {
                guard let window, window.base <= window.limit,
                    let own = GuestRange(
                        first: GuestPhysicalAddress(window.base), last: GuestPhysicalAddress(window.limit)),
                    own.overlaps(range)
                else { continue }
                return taken(range, "is in the window of \(name: function.name), \(own)", by: own.start)
            }
        }
        return nil
    }

    /// What the firmware reserves, unless another firmware has to be made for the berth, and what the machine has itself.
    private func machine(_ berth: RegionBerth, _ range: GuestRange, _ evaluation: Evaluation) -> Judgement? {
        if let area = chipset(evaluation).first(where: range.overlaps) {
            return taken(range, "meets \(area), where the machine has registers", by: area.start)
        }
        guard !berth.missing.contains(where: { $0.party == .firmware }) else { return nil }
        let reserved = evaluation.outcome.memoryMap.first { $0.kind == .reserved && $0.range.overlaps(range) }
        return reserved.map { taken(range, "meets \($0.range), which the firmware reserves", by: $0.range.start) }
    }

    /// Interrupt controllers and flash; on q35 MMCONFIG, which lies beside the aperture.
    private func chipset(_ evaluation: Evaluation) -> [GuestRange] {
        var areas = [GuestRange(start: 0xfec0_0000, size: .mib(20))]
        if evaluation.topology.machine.type == .q35 {
            let isBelow = evaluation.outcome.apertures.below4GiB.map { $0.start >= 0xc000_0000 } ?? true
            areas.append(GuestRange(start: isBelow ? 0xb000_0000 : 0xe000_0000, size: .mib(256)))
        }
        return areas.compactMap { $0 }
    }
}
