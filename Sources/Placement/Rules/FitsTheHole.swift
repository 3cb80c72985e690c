import BerthBoot
import BerthDiagnostics
import BerthPCI
import BerthStack
import BerthTopology

/// Everything must find a place: the BAR in the hole, reserved memory in RAM.
struct FitsTheHole: Rule {
    let id: RuleID = "fits-the-hole"
    let watchesBoot = true
    let summary = "firmware finds a place for the region and for everything else"
    let documentation = """
        SeaBIOS stops for good when 32-bit BARs do not fit between RAM and 0xfec00000; OVMF leaves functions without \
        addresses. Memory that SeaBIOS reserves has to fit below the top 17 MiB of RAM below 4 GiB; if it does not, it \
        writes no register and goes on.
        """
    let sources = [
        "SeaBIOS 1.16.2 src/fw/pciinit.c pci_bios_map_devices, intel_igd_setup",
        "EDK2 stable202211 PciHostBridgeDxe NotifyPhase",
    ]

    func judge(_ berth: RegionBerth, in evaluation: Evaluation) -> [Judgement] {
        if let conflict = evaluation.conflicts.first {
            return [.rejects(Fact(id, "\(conflict.message)"), .startRefused)]
        }
        if let message = evaluation.outcome.halted { return halted(message, berth, evaluation) }
        let address = evaluation.predictedAddress(of: berth)
        switch berth.backing {
        case .nothing, .hostMemory, .range: return []
        case .bar(let slot, _, _):
            guard address == .none else {
                return [.holds(Fact(id, "\(berth.reserved) fit", ["bar": .bytes(berth.reserved.rawValue)]))]
            }
            return [
                .rejects(
                    Fact(
                        id, "the firmware finds no place for a BAR of \(berth.reserved) on \(slot)",
                        ["bar": .bytes(berth.reserved.rawValue)],
                        remedy: "a smaller region, or fewer large BARs"), .memoryMissing)
            ]
        case .reservedRAM: return reserved(berth, address, evaluation)
        }
    }

    private func halted(_ message: String, _ berth: RegionBerth, _ evaluation: Evaluation) -> [Judgement] {
        let hole = PCIHole.size(evaluation.topology)
        let bars = evaluation.tree.functions.flatMap(\.bars).filter { !$0.kind.isIO }
        let total = bars.reduce(UInt64(0)) { $0 &+ $1.kind.size.rawValue }
        // A halt that the guest has without any berth is not the berth's doing, but no berth helps it.
        return [
            .rejects(
                Fact(
                    id, "SeaBIOS stops with '\(message)': BARs of \(rough: ByteCount(total)) in a hole of \(hole)",
                    ["needed": .bytes(total), "hole": .bytes(hole.rawValue)],
                    // On q35 the hole starts behind the ECAM, however little RAM there is.
                    remedy: evaluation.topology.machine.type == .q35
                        ? "smaller BARs" : "less RAM below 4 GiB (max-ram-below-4g), or smaller BARs"),
                .firmwareHalts)
        ]
    }

    private func reserved(_ berth: RegionBerth, _ address: PredictedAddress, _ evaluation: Evaluation) -> [Judgement] {
        let ram = evaluation.topology.ramLayout.below4GiB
        let numbers: [String: Fact.Quantity] = [
            "reserved": .bytes(berth.reserved.rawValue), "ram": .bytes(ram.rawValue),
        ]
        if evaluation.topology.firmwareKind.readsIGDFiles, berth.region == .stolenMemory, address == .none,
            evaluation.qemu?.stolenMemorySizeFile != nil, berth.register?.offset == 0x5c
        {
            return [
                .rejects(
                    Fact(
                        id,
                        """
                        \(berth.reserved) do not fit into \(ram) of RAM below 4 GiB, of which SeaBIOS keeps the top 17 MiB
                        """, numbers, remedy: "more RAM, or less stolen memory (a smaller x-igd-gms)"), .memoryMissing)
            ]
        }
        let files = evaluation.topology.effectiveFirmwareFiles
        if evaluation.topology.firmwareKind.readsIGDFiles, berth.region == .opRegion, address == .none,
            let file = files.last(where: { $0.name == FirmwareFile.opRegion })?.content.size, file > .zero
        {
            return [
                .rejects(
                    Fact(
                        id,
                        "SeaBIOS finds no room for \(FirmwareFile.opRegion) of \(file) at the top of RAM below 4 GiB, and writes no ASLS",
                        numbers.merging(["file": .bytes(file.rawValue)]) { $1 },
                        remedy: "a file of the OpRegion's own size"),
                    .memoryMissing)
            ]
        }
        if berth.reserved + .mib(64) > ram {
            return [
                .rejects(
                    Fact(
                        id, "\(berth.reserved) do not fit into \(ram) of RAM below 4 GiB", numbers,
                        remedy: "more RAM, or less stolen memory"), .memoryMissing)
            ]
        }
        return [.holds(Fact(id, "\(berth.reserved) fit into \(ram) of RAM below 4 GiB", numbers))]
    }
}
