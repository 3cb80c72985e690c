import BerthDiagnostics
import BerthStack
import BerthTopology

/// OVMF has no driver for the IGD.
struct OVMFWithoutDriver: Problem {
    let id: RuleID = "ovmf-without-driver"
    let summary = "OVMF shows nothing without a ROM for it"
    let documentation = """
        OVMF reads neither of QEMU's files and has no driver for the IGD; a video BIOS needs a compatibility \
        module that OVMF has not had since 2024 and Debian's never had. The screen stays black until the OS \
        driver runs; with SeaBIOS the same guest shows its boot.
        """
    let sources = [
        "https://github.com/intel/gvt-linux/issues/23",
        "https://github.com/tianocore/edk2/issues/7301",
    ]
    let scope = ProblemScope.guest

    func find(in situation: Situation) -> [Consequence] {
        guard situation.firmware.isUEFI, situation.igd != nil, !situation.runsGOP else { return [] }
        let isEverything = situation.guest == .firmwareOnly
        return [
            consequence(
                isEverything ? .fails : .degraded, isEverything ? .blackScreen : .noEarlyPicture,
                "OVMF has no driver for the IGD, and the ROM brings none",
                remedy: "romfile= with VfioIgdPkg's drivers and a GOP driver")
        ]
    }
}
