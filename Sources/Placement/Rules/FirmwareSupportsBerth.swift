import BerthDiagnostics
import BerthPCI
import BerthStack
import BerthTopology

/// Reserving memory needs a firmware that does it.
struct FirmwareSupportsBerth: Rule {
    let id: RuleID = "firmware-support"
    let summary = "the firmware does its part"
    let documentation = """
        SeaBIOS serves Intel devices of class VGA, stolen memory only at 00:02.0 and only with the 32-bit register at \
        0x5C, which gen 11 and later do not read. Stock OVMF serves nobody; an option ROM with VfioIgdPkg's driver \
        does, given that QEMU offers etc/igd-opregion.
        """
    let sources = [
        "SeaBIOS 1.16.2 src/fw/pciinit.c intel_igd_setup", "recorded runs igd-*.json",
        "tomitamoeko/VfioIgdPkg IgdAssignmentDxe/IgdAssignment.c; EDK2: no mention of etc/igd-opregion",
    ]

    func judge(_ berth: RegionBerth, in evaluation: Evaluation) -> [Judgement] {
        // A firmware that would have to change anyway is not asked what it does today.
        guard berth.backing == .reservedRAM, !berth.missing.contains(where: { $0.party == .firmware }),
            let igd = evaluation.topology.igd
        else { return [] }
        let found =
            evaluation.topology.firmwareKind.readsIGDFiles
            ? byItself(berth, igd, evaluation) : byOptionROM(berth, igd, evaluation)
        guard !found.contains(where: \.isRejection), let refusal = fileIsShort(berth, evaluation) else { return found }
        return [refusal]
    }

    /// A file that is given by hand takes the place of QEMU's own, whatever it holds.
    private func fileIsShort(_ berth: RegionBerth, _ evaluation: Evaluation) -> Judgement? {
        let name = PerRegion(stolenMemory: FirmwareFile.stolenMemorySize, opRegion: FirmwareFile.opRegion)[berth.region]
        guard let file = evaluation.topology.firmwareFiles.last(where: { $0.name == name }) else { return nil }
        let told: ByteCount =
            switch (berth.region, file.content) {
            case (.opRegion, let content): content.size
            case (.stolenMemory, .number(let bytes)): ByteCount(bytes)
            case (.stolenMemory, _): .zero
            }
        // A file of the host's that nobody could look at may be right.
        if case .file(_, .zero) = file.content, !evaluation.topology.firmwareKind.readsIGDFiles { return nil }
        guard told < berth.needed else { return nil }
        let verb: Statement = berth.region == .opRegion ? "has" : "says"
        return reject(
            "fw_cfg \(name: name), given by hand, \(verb) \(told), and the \(berth.region) takes \(berth.needed)",
            "no such file by hand: QEMU makes one of the right size")
    }

    private func byItself(_ berth: RegionBerth, _ igd: IGDAssignment, _ evaluation: Evaluation) -> [Judgement] {
        let shown = igd.shownClass(by: evaluation.topology.qemu)
        if !shown.isVGA {
            return [
                reject(
                    "SeaBIOS serves class 0300 only, and the IGD has class \(shown)",
                    evaluation.topology.qemu.overridesClassCode
                        ? "x-pci-class-code=0x030000, or the IGD as primary display of the host"
                        : "the IGD as primary display of the host")
            ]
        }
        guard berth.region == .stolenMemory else {
            return [.holds(Fact(id, "SeaBIOS copies etc/igd-opregion and writes ASLS"))]
        }
        if igd.slot != evaluation.topology.rootSlot(2) {
            return [
                reject(
                    "SeaBIOS reserves stolen memory only for 00:02.0, and the IGD is at \(short: igd.slot)",
                    "the IGD at 00:02.0")
            ]
        }
        if let register = berth.register, register.offset != 0x5c {
            if berth.writer == .guest {
                return [.holds(Fact(id, "SeaBIOS reserves etc/igd-bdsm-size; what it writes to 0x5c has no effect"))]
            }
            return [
                reject(
                    "SeaBIOS writes BDSM at 0x5c, but this device has it at \(offset: register.offset)",
                    "OVMF with VfioIgdPkg's option ROM")
            ]
        }
        return [.holds(Fact(id, "SeaBIOS reserves etc/igd-bdsm-size and writes BDSM"))]
    }

    private func byOptionROM(_ berth: RegionBerth, _ igd: IGDAssignment, _ evaluation: Evaluation) -> [Judgement] {
        guard igd.rom.contents?.placesRegions == true else {
            return [
                reject(
                    """
                    OVMF reads neither etc/igd-opregion nor etc/igd-bdsm-size and leaves \
                    \(berth.register.map { "\($0)" } ?? "the register" as Statement) at 0
                    """,
                    "an option ROM with VfioIgdPkg's IgdAssignmentDxe")
            ]
        }
        if !evaluation.topology.hasFirmwareFile(FirmwareFile.opRegion) {
            return [reject("VfioIgdPkg's driver unloads without etc/igd-opregion", "x-igd-opregion=on")]
        }
        if berth.region == .stolenMemory, igd.slot != evaluation.topology.rootSlot(2) {
            return [
                reject(
                    "VfioIgdPkg reserves stolen memory only for 00:02.0, and the IGD is at \(short: igd.slot)",
                    "the IGD at 00:02.0")
            ]
        }
        return [
            .holds(
                Fact(
                    id,
                    "VfioIgdPkg's option ROM allocates the memory and writes the register (from source, not measured)"))
        ]
    }

    private func reject(_ statement: Statement, _ remedy: Statement) -> Judgement {
        .rejects(Fact(id, statement, remedy: remedy), .memoryMissing)
    }
}
