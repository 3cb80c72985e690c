import BerthDiagnostics
import BerthIGD
import BerthPCI
import BerthStack
import BerthTopology

/// What the chosen QEMU release has to do for a berth.
struct QEMUSupportsBerth: Rule {
    let id: RuleID = "qemu-support"
    let summary = "this QEMU release emulates the register and offers the files"
    let documentation = """
        Up to 9.1 only legacy mode emulates BDSM and tells the firmware sizes; elsewhere the guest sees the host's BDSM and \
        cannot change it. 9.2 knows fewer devices than 9.1 did. From 10.0 on both are there on any machine. The OpRegion \
        file exists with x-igd-opregion=on, and by default from 10.1.
        """
    let sources = ["QEMU hw/vfio/igd.c of 2.7-9.1, 9.2, 10.0, 10.1; QEMU docs/igd-assign.txt"]

    func judge(_ berth: RegionBerth, in evaluation: Evaluation) -> [Judgement] {
        guard berth.backing != .nothing else { return [] }
        let version = evaluation.topology.qemu
        guard let qemu = evaluation.qemu else {
            return [
                reject(
                    "QEMU \(version) has no IGD assignment", "QEMU 2.7 or later",
                    PerRegion(stolenMemory: .hostAddress, opRegion: .memoryMissing)[berth.region])
            ]
        }
        if let failure = qemu.startFailure {
            // QEMU tears the device down without an error, and the rest of the guest runs (read, not run).
            let after: Statement? = failure.cause == .sizeProperty ? "; the device does not work afterwards" : nil
            return [reject("QEMU \(version) does not start: \(failure)\(after)", nil, .startRefused)]
        }
        switch berth.backing {
        // A QEMU that knows such a range would show it in the register as well.
        case .hostMemory: return []
        case .range where !berth.missing.isEmpty: return []
        case .nothing, .reservedRAM, .bar, .range: break
        }
        switch berth.region {
        case .opRegion:
            let byHand = evaluation.topology.givesFirmwareFile(FirmwareFile.opRegion)
            return opRegion(berth, qemu, version, byHand: byHand)
        case .stolenMemory: return stolenMemory(berth, qemu, version)
        }
    }

    private func opRegion(
        _ berth: RegionBerth, _ qemu: IGDInQEMU, _ version: QEMURelease, byHand: Bool
    ) -> [Judgement] {
        // ASLS is a shadow register in the kernel: writable everywhere.
        guard [.firmwareCopy, .romCopy, .guestCopy].contains(berth.combination.contents) else { return [] }
        if byHand { return [.holds(Fact(id, "etc/igd-opregion is given by hand"))] }
        guard qemu.opRegionFile != nil else {
            return [
                reject(
                    "QEMU \(version) offers no etc/igd-opregion for this device (gen \(qemu.generation))", "QEMU 10.1",
                    .memoryMissing)
            ]
        }
        return [.holds(Fact(id, "QEMU \(version) offers etc/igd-opregion"))]
    }

    private func stolenMemory(_ berth: RegionBerth, _ qemu: IGDInQEMU, _ version: QEMURelease) -> [Judgement] {
        if let refusal = qemu.legacyMode.refusal, qemu.emulatedBDSM == nil {
            return [reject("QEMU \(version): \(refusal)", remedy(qemu), .hostAddress)]
        }
        guard let emulated = qemu.emulatedBDSM else {
            return [
                reject(
                    "QEMU \(version) does not emulate BDSM here: the guest sees the host's register and cannot change it",
                    remedy(qemu), .hostAddress)
            ]
        }
        if let register = berth.register, emulated.offset != register.offset {
            return [
                reject(
                    """
                    QEMU \(version) emulates BDSM at \(offset: emulated.offset), but this device has it at \
                    \(offset: register.offset), where the guest sees the host's
                    """, "QEMU 10.0 or later", .hostAddress)
            ]
        }
        if berth.backing == .reservedRAM, (qemu.stolenMemorySizeFile ?? .zero) < berth.needed {
            let offered = qemu.stolenMemorySizeFile ?? .zero
            return [
                .rejects(
                    Fact(
                        id, "QEMU \(version) asks the firmware for \(offered), not for \(berth.needed)",
                        ["offered": .bytes(offered.rawValue), "needed": .bytes(berth.needed.rawValue)],
                        remedy: version.igdEra == .v9_2 ? "QEMU 10.0, which honours x-igd-gms again" : nil),
                    .memoryMissing)
            ]
        }
        return [.holds(Fact(id, "QEMU \(version) emulates BDSM\(qemu.legacyMode == .on ? " (legacy mode)" : "")"))]
    }

    private func remedy(_ qemu: IGDInQEMU) -> Statement {
        qemu.era < .v10_0
            ? "QEMU 10.0 or later, or legacy mode: machine pc, 00:02.0, a ROM" : "a device that QEMU knows"
    }

    private func reject(_ statement: Statement, _ remedy: Statement?, _ effect: Effect) -> Judgement {
        .rejects(Fact(id, statement, remedy: remedy), effect)
    }
}
