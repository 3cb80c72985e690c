import BerthDiagnostics
package import BerthIGD
package import BerthPCI
package import BerthStack

/// What the chosen QEMU release does for the assigned IGD: legacy mode, emulated registers, fw_cfg files.
///
/// Source: `vfio_probe_igd_bar4_quirk` (to 9.2) and `vfio_pci_igd_config_quirk` (from 10.0) in
/// hw/vfio/igd.c; docs/igd-assign.txt.
package struct IGDInQEMU: Hashable, Sendable {
    /// Whether QEMU sets everything up by itself for a video BIOS.
    package enum LegacyMode: Hashable, Sendable {
        case on
        /// Nobody asked, or the guest is not one that could have it.
        case off
        /// Asked for by the configuration, but QEMU turns it off.
        case refused(IGDRefusal)

        package var refusal: IGDRefusal? { if case .refused(let refusal) = self { refusal } else { nil } }
    }

    package let era: QEMUEra
    /// -1: QEMU does not know the device.
    package let generation: Int
    package let legacyMode: LegacyMode
    /// The register in which the guest finds, and firmware writes, the base of stolen memory; nil: the
    /// guest sees the host's register and cannot change it.
    package let emulatedBDSM: BDSMRegister?
    /// The control word at 0x50 as the guest reads it: the host's, or one with another size of stolen memory.
    package let graphicsControl: UInt16
    /// Whether that word is QEMU's own; else it is the device's.
    package let emulatesGraphicsControl: Bool
    /// Size of fw_cfg `etc/igd-opregion`; nil when there is no such file.
    package let opRegionFile: ByteCount?
    /// Content of fw_cfg `etc/igd-bdsm-size`; nil when there is no such file.
    package let stolenMemorySizeFile: ByteCount?
    /// A dummy LPC bridge with the host's ids appears at 00:1f.0.
    package let createsLPCBridge: Bool
    /// Why QEMU will not start at all.
    package let startFailure: IGDRefusal?

    /// Nil without an IGD, or with a QEMU before 2.7.
    package init?(_ topology: GuestTopology) {
        guard let igd = topology.igd, let era = topology.qemu.igdEra else { return nil }
        self.era = era
        generation = QEMUGeneration.of(device: igd.device, era: era)
        let facts = IGDConditions(topology, igd: igd, era: era, generation: generation)
        let control = GraphicsControlInQEMU(igd: igd, era: era, generation: generation)
        legacyMode = facts.legacyMode
        let legacy = legacyMode == .on
        let isLegacyEra = era < .v10_0
        // What follows an error of an automatic legacy mode is left out; QEMU starts all the same.
        let goesOn = isLegacyEra ? legacy : facts.hasQuirks && legacyMode.refusal == nil
        emulatedBDSM = goesOn && (isLegacyEra || generation > 0) ? facts.register : nil
        emulatesGraphicsControl = goesOn && (era < .v10_1 || control.override.isAccepted)
        graphicsControl = emulatesGraphicsControl ? control.emulatedWord : igd.assumedGraphicsControl
        let wantsOpRegion = igd[bool: "x-igd-opregion"] ?? (era >= .v10_1)
        let offersOpRegion =
            isLegacyEra
            ? legacy || wantsOpRegion
            : facts.hasQuirks && (legacy || facts.isRefusedForLPC || wantsOpRegion && legacyMode.refusal == nil)
        opRegionFile = igd.opRegion > .zero && offersOpRegion ? igd.opRegion : nil
        stolenMemorySizeFile = goesOn ? facts.stolenMemorySize(control, word: graphicsControl) : nil
        let wantsLPC = goesOn && !isLegacyEra && igd[bool: "x-igd-lpc"] == true
        createsLPCBridge = (legacy || wantsLPC) && facts.isLPCSlotFree
        if wantsLPC, !facts.isLPCSlotFree {
            startFailure = IGDConditions.lpcSlotTaken
        } else if facts.isRefusedForLPC, topology.qemu.diesWhereLPCSlotIsTaken, igd.legacyModeProperty != "on" {
            startFailure = IGDConditions.endsForLPC
        } else if let refusal = legacyMode.refusal, igd.legacyModeProperty == "on" {
            startFailure = refusal
        } else if case .fatal(let message) = control.override, goesOn {
            startFailure = IGDRefusal(.sizeProperty, message)
        } else if let name = Self.duplicateFile(topology, opRegion: opRegionFile, stolenMemory: stolenMemorySizeFile) {
            startFailure = IGDRefusal(.duplicateFile, "duplicate fw_cfg file name: \(name)")
        } else if isLegacyEra, !legacy, wantsOpRegion, igd.opRegion == .zero {
            startFailure = IGDRefusal(.noOpRegion, "does not support requested IGD OpRegion feature")
        } else {
            startFailure = nil
        }
    }

    /// A file that QEMU makes and that was given by hand as well.
    ///
    /// Source: `fw_cfg_add_file_callback` in hw/nvram/fw_cfg.c, which ends QEMU.
    private static func duplicateFile(
        _ topology: GuestTopology, opRegion: ByteCount?, stolenMemory: ByteCount?
    ) -> String? {
        let made = [
            opRegion.map { _ in FirmwareFile.opRegion }, stolenMemory.map { _ in FirmwareFile.stolenMemorySize },
        ]
        return made.compactMap { $0 }.first(where: topology.givesFirmwareFile)
    }

    /// What QEMU prints about the IGD while it starts, in its order.
    package static func messages(_ topology: GuestTopology) -> [String] {
        guard let igd = topology.igd, let era = topology.qemu.igdEra else { return [] }
        let generation = QEMUGeneration.of(device: igd.device, era: era)
        let facts = IGDConditions(topology, igd: igd, era: era, generation: generation)
        let control = GraphicsControlInQEMU(igd: igd, era: era, generation: generation)
        return facts.messages(control, facts.legacyMode)
    }
}

/// The conditions QEMU checks, in its order.
struct IGDConditions {
    let topology: GuestTopology
    let igd: IGDAssignment
    let era: QEMUEra
    let generation: Int

    init(_ topology: GuestTopology, igd: IGDAssignment, era: QEMUEra, generation: Int) {
        self.topology = topology
        self.igd = igd
        self.era = era
        self.generation = generation
    }

    /// `vfio_is_vga` looks at the class that the guest is shown (hw/vfio/pci.h).
    private var isVGA: Bool { igd.shownClass(by: topology.qemu).isVGA }
    var isAtVGASlot: Bool { igd.slot == topology.rootSlot(2) }

    /// From 10.0 on: whether the IGD code runs at all.
    var hasQuirks: Bool {
        switch era {
        case .v2_7, .v9_2: false
        case .v10_0: isHostVGA && generation > 0 && igd.isIntel
        // Detected by the OpRegion; a display that is not VGA counts from 10.2 on.
        case .v10_1:
            igd.isIntel && igd.opRegion > .zero && (isVGA || topology.qemu.offersOpRegionToAnyDisplay)
        }
    }

    private var isHostVGA: Bool { isVGA && igd.host == PCIAddress(bus: 0, devfn: 2 << 3) }

    /// Function 0 of slot 1f, which the LPC bridge needs; ICH9 has its own there.
    var isLPCSlotFree: Bool {
        topology.machine.type == .pc && !topology.devices.contains { $0.slot == topology.rootSlot(0x1f) }
    }

    var register: BDSMRegister? {
        // The old code knows one register only, whatever the device.
        if era == .v2_7 { return Platform.skylake.bdsm }
        return generation >= 11 ? Platform.tigerLake.bdsm : Platform.skylake.bdsm
    }

    var legacyMode: IGDInQEMU.LegacyMode { era < .v10_0 ? oldLegacyMode : newLegacyMode }

    private var oldLegacyMode: IGDInQEMU.LegacyMode {
        guard igd.isIntel, isVGA, isAtVGASlot else { return .off }
        guard isLPCSlotFree else {
            return .refused(
                IGDRefusal(.lpcSlotTaken, "cannot support legacy mode due to existing devices at address 1f.0"))
        }
        guard era == .v2_7 ? [6, 8].contains(generation) : generation > 0 else {
            return .refused(
                IGDRefusal(.unknownDevice, "is unsupported in legacy mode, try SandyBridge or newer"))
        }
        guard igd.rom != .none else { return .refused(IGDRefusal(.noROM, "has no ROM, legacy mode disabled")) }
        guard igd.opRegion > .zero else {
            return .refused(IGDRefusal(.noOpRegion, "does not support OpRegion access,legacy mode disabled"))
        }
        return .on
    }

    private var newLegacyMode: IGDInQEMU.LegacyMode {
        let asked = igd.legacyModeProperty
        guard asked != "off", hasQuirks else { return .off }
        let isRightPlace = topology.machine.type == .pc && isAtVGASlot
        switch era {
        case .v10_1:
            guard isRightPlace, isVGA, (6...9).contains(generation), !isVGADisabled else {
                return asked == "on"
                    ? .refused(
                        IGDRefusal(
                            .wrongPlace,
                            "Machine is not i440fx, assigned BDF is not 00:02.0, or device "
                                + "\(Hexadecimal.plain(igd.device, digits: 4)) (gen \(generation)) doesn't support legacy mode"
                        ))
                    : .off
            }
        default:
            guard isRightPlace else {
                return asked == "on"
                    ? .refused(IGDRefusal(.wrongPlace, "Machine is not i440fx or assigned BDF is not 00:02.0")) : .off
            }
        }
        guard igd.rom != .none else { return .refused(IGDRefusal(.noROM, "Device has no ROM")) }
        guard isLPCSlotFree else { return .refused(Self.lpcSlotTaken) }
        return .on
    }

    private var isVGADisabled: Bool { (igd.graphicsControl ?? 0) & 2 != 0 }

    /// The LPC bridge is the last that legacy mode sets up: the OpRegion is in fw_cfg by then.
    var isRefusedForLPC: Bool { legacyMode == .refused(Self.lpcSlotTaken) }

    /// What the firmware is asked to reserve. The meaning changed twice: with the GTT, then without.
    func stolenMemorySize(_ control: GraphicsControlInQEMU, word: UInt16) -> ByteCount {
        switch era {
        case .v2_7, .v9_2: control.gttSize + control.size(of: word)
        case .v10_0: control.size(of: word)
        case .v10_1: generation > 0 ? control.size(of: word) : .zero
        }
    }

    /// To standard error, in QEMU's order.
    func messages(_ control: GraphicsControlInQEMU, _ mode: IGDInQEMU.LegacyMode) -> [String] {
        var lines: [String] = []
        if era == .v10_1, hasQuirks {
            lines.append("OpRegion detected on Intel display \(String(igd.device, radix: 16)).")
        }
        if era == .v10_0, isHostVGA, generation < 0 {
            lines.append("IGD device \(igd.host) is unsupported in legacy mode, try SandyBridge or newer")
        }
        let isAutomatic = igd.legacyModeProperty != "on"
        switch mode {
        case .on where era >= .v10_0: lines.append(Self.legacyModeEnabled)
        case .refused(let refusal) where era < .v10_0:
            lines.append("IGD device \(igd.host) \(refusal.message)")
        // QEMU ends before it says more.
        case .refused where isAutomatic && isRefusedForLPC && topology.qemu.diesWhereLPCSlotIsTaken:
            lines.append(Self.legacyModeEnabled)
        case .refused(let refusal) where isAutomatic:
            lines += [Self.legacyModeEnabled, refusal.message, "IGD legacy mode disabled"]
        default: break
        }
        if case .ignored(let message) = control.override, mode == .on || era == .v10_0 && hasQuirks {
            lines.append(message)
        }
        return lines
    }

    static let lpcSlotTaken = IGDRefusal(.lpcSlotTaken, "Cannot create LPC bridge due to existing device at 1f.0")
    /// QEMU says nothing: it reports an error that it does not have.
    static let endsForLPC = IGDRefusal(
        .lpcSlotTaken,
        "an automatic legacy mode that finds 00:1f.0 taken ends QEMU (a NULL error is reported; read in hw/vfio/igd.c, not run)"
    )
    private static let legacyModeEnabled =
        "IGD legacy mode enabled, use x-igd-legacy-mode=off to disable it if unwanted."
}

extension GraphicsControlInQEMU.Override {
    var isAccepted: Bool { if case .accepted = self { true } else { false } }
}
