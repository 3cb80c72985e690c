import BerthIGD
import BerthPCI
import BerthStack
import BerthTopology

/// Points of the space of berths that no strategy is named after, as far as released software can reach them.
struct UnnamedCombination: Strategy {
    let id: StrategyID = "unnamed-combination"
    let summary = "a combination of chooser, memory, writer and contents that has no name"
    let documentation = """
        Every way of choosing an address, backing it, filling it and writing the register is combined; what contradicts \
        itself, what has a name, and what nobody has the code for is left out. Three are left: memory that SeaBIOS \
        reserves although it writes the wrong register, with a script in the guest that writes the right one; guest RAM \
        that a kernel parameter (memmap=) keeps free, with such a script; and the same at the host's base, where \
        registers that nobody emulates are right as well. All need a Linux guest. From sources, not measured.
        """
    let origin = Origin("the planner, by combining what others did")
    let sources = [
        "SeaBIOS src/fw/pciinit.c intel_igd_setup reserves whatever the generation",
        "Linux Documentation/admin-guide/kernel-parameters.txt, memmap=nn[KMG]$ss[KMG]",
        "https://github.com/lf-edge/eve/pull/6432, why the host's base",
    ]

    func proposals(for region: Region, in request: Request) -> [Proposal] {
        let needed = request.size(of: region)
        guard needed > .zero, request.register(for: region) != nil else { return [] }
        return Combination.unnamed(for: region).compactMap { combination in
            guard let backing = backing(combination, region, request) else { return nil }
            let reserved = needed.roundedUp(to: PerRegion(stolenMemory: .mib(1), opRegion: .kib(4))[region])
            let berth = RegionBerth(
                region, strategy: id, needed: needed, reserved: reserved, backing: backing, combination,
                register: request.register(for: region))
            return Proposal(berth, TopologyEdit(igdProperties: Filled.properties(for: region, request)))
        }
    }

    /// Where the combination would be in this guest; nil where somebody else would be in the way.
    private func backing(_ combination: Combination, _ region: Region, _ request: Request) -> RegionBerth.Backing? {
        switch combination.chooser {
        case .firmware:
            // Elsewhere the firmware writes the register itself, or reserves nothing.
            guard request.topology.firmwareKind.readsIGDFiles, request.register(for: region)?.offset != 0x5c else {
                return nil
            }
            return .reservedRAM
        case .administrator: return Self.address(of: region, request).map { .range($0) }
        case .host:
            return request.hostStolenBase.map { .range($0.identityMapped) }
        case .barAssignment, .qemu, .constant, .nobody: return nil
        }
    }

    /// The middle of RAM below 4 GiB: firmware has its tables at the top, kernels start at the bottom.
    private static func address(of region: Region, _ request: Request) -> GuestPhysicalAddress? {
        let end = request.topology.ramLayout.below4GiB.rawValue
        let middle = end / 2 / (64 << 20) * (64 << 20)
        let space = PerRegion(stolenMemory: request.size(of: .stolenMemory).rawValue, opRegion: 0)[region]
        guard middle >= 256 << 20, space <= end - middle - min(end - middle, 128 << 20) else { return nil }
        // The OpRegion directly below stolen memory.
        let below = request.size(of: .opRegion).roundedUp(to: .kib(4)).rawValue
        return GuestPhysicalAddress(PerRegion(stolenMemory: middle, opRegion: middle - below)[region])
    }
}
