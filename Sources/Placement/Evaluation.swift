package import BerthBoot
package import BerthDiagnostics
import BerthPCI
import BerthStack
package import BerthTopology

/// A candidate, judged; simulated as far as the rules asked.
package struct Evaluation: Hashable, Sendable {
    /// In the order of `Region`.
    package let berths: [RegionBerth]
    /// By region, in the order of a `RuleSet`.
    package internal(set) var judgements = PerRegion.same([Judgement]())
    private let simulation: Simulation

    init(_ berths: [RegionBerth], in simulation: Simulation) {
        self.berths = berths.sorted { $0.region < $1.region }
        self.simulation = simulation
    }

    /// The guest with both regions berthed.
    package var topology: GuestTopology { simulation.topology }
    package var tree: PCITree { simulation.resolved.tree }
    package var outcome: FirmwareOutcome { simulation.outcome }
    /// What the OS makes of it; nil where no region is behind a BAR, so that nothing depends on it.
    package var guest: GuestOutcome? { berths.contains { $0.carrier != nil } ? simulation.guest : nil }
    /// As much of it as the berths need: the timeline of their carriers and of the bridges above.
    private var watched: GuestOutcome? {
        let carriers = berths.compactMap(\.slot)
        return carriers.isEmpty ? nil : simulation.guest(watching: carriers)
    }
    /// Who uses the regions.
    package var consumers: [RegionConsumer] { simulation.consumers }
    /// What QEMU does for this assignment; nil for a release that does nothing.
    package var qemu: IGDInQEMU? { simulation.qemu }
    /// Findings of the topology itself: a slot taken twice, a register that is not free.
    package var conflicts: [Finding] { simulation.resolved.conflicts }

    /// Everything else follows from these three.
    package static func == (a: Evaluation, b: Evaluation) -> Bool {
        a.berths == b.berths && a.judgements == b.judgements
            && (a.simulation === b.simulation || a.topology == b.topology)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(berths)
        hasher.combine(judgements)
    }

    /// When the carrier of a berth is not there; nil for a berth without one.
    package func exposure(of berth: RegionBerth) -> Exposure? {
        guard let guest = watched, case .bar(let slot, let bar, _) = berth.backing, let index = tree.index(at: slot)
        else {
            return nil
        }
        return Exposure.of(
            berth.region, function: index, bar: bar, tree: tree, guest: guest, consumers: consumers,
            register: history(of: berth, function: index, bar))
    }

    /// What the register holds when, by who writes it.
    private func history(of berth: RegionBerth, function: Int, _ bar: BARIndex) -> RegisterHistory? {
        guard let register = berth.register, let igd = topology.igd else { return nil }
        let display = tree.index(at: igd.slot)
        let first = display.flatMap { outcome.register(register.offset, of: $0) } ?? 0
        let atHandOver = outcome.functions[function].addresses[bar] ?? 0
        let writes: [RegisterHistory.Write] =
            switch berth.writer {
            case .qemu: [.init(.powerOn, .carrier)]
            case .firmware, .optionROM: [.init(.firmwareBoot, .address(atHandOver))]
            // What the firmware itself wrote before stays where the ROM leaves the register alone.
            case .writerROM where !berth.missing.isEmpty: [.init(.optionROM, .carrier)]
            case .writerROM: [.init(topology.firmwareKind.isUEFI ? .firmwareBoot : .optionROM, .address(first))]
            case .guest: [.init(.powerOn, .address(first)), .init(.drivers, .carrier)]
            case .nobody:
                [
                    .init(
                        .powerOn,
                        .address(
                            PerRegion(
                                stolenMemory: igd.hostStolenBase?.rawValue ?? 0, opRegion: UInt64(igd.hostASLS ?? 0)
                            )[berth.region]))
                ]
            }
        return RegisterHistory(register.name, writes)
    }

    /// Where a region will be.
    package func predictedAddress(of berth: RegionBerth) -> PredictedAddress {
        switch berth.backing {
        case .nothing: return .none
        case .hostMemory(let address): return .exact(address.identityMapped)
        case .range(let address): return address.map(PredictedAddress.exact) ?? .chosenByQEMU
        case .bar(let slot, let index, _):
            let functions = watched?.functions ?? outcome.functions
            guard let function = tree.index(at: slot), let address = functions[function].addresses[index] else {
                return .none
            }
            return .exact(GuestPhysicalAddress(address))
        case .reservedRAM:
            if !topology.firmwareKind.readsIGDFiles {
                return .below(GuestPhysicalAddress(topology.ramLayout.below4GiB.rawValue))
            }
            // SeaBIOS writes BDSM at 0x5c even where the device has it elsewhere; a script can carry it over.
            guard let register = berth.register, let igd = tree.index(at: topology.igd?.slot ?? topology.rootSlot(2)),
                let value = outcome.register(register.offset, of: igd)
                    ?? (berth.writer == .guest ? outcome.register(0x5c, of: igd) : nil)
            else { return .none }
            return .exact(GuestPhysicalAddress(value))
        }
    }

    package var isAccepted: Bool {
        conflicts.isEmpty && !judgements.both.contains { $0.contains(where: \.isRejection) }
    }

    /// What no release has and the berths need.
    package var missing: [MissingPiece] { berths.flatMap(\.missing) }

    package func berth(of region: Region) -> RegionBerth? { berths.first { $0.region == region } }

    package func rejections(of region: Region) -> [Fact] {
        judgements[region].filter(\.isRejection).map(\.fact)
    }

    /// Whether this region's berth cannot be used beside the other one.
    func isRejected(_ region: Region) -> Bool {
        !conflicts.isEmpty || judgements[region].contains(where: \.isRejection)
    }
}
