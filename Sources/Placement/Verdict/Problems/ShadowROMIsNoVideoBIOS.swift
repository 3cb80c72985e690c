import BerthDiagnostics
import BerthIGD
import BerthTopology

/// The ROM BAR has nothing that could run.
struct ShadowROMIsNoVideoBIOS: Problem {
    let id: RuleID = "shadow-rom-is-no-video-bios"
    let summary = "there is no video BIOS in the ROM BAR of this generation"
    let documentation = """
        'Invalid PCI ROM header signature: expecting 0xaa55': the kernel hands out what lies at 0xC0000 of the \
        host, and from gen 11 on there is no video BIOS. Harmless in itself; it means that a romfile is needed. \
        Hosts of earlier generations that boot by UEFI print it, too, which cannot be seen from a dump.
        """
    let sources = [
        "https://github.com/tomitamoeko/VfioIgdPkg/issues/5",
        "https://forum.proxmox.com/threads/169296/post-805575",
    ]
    let scope = ProblemScope.guest

    func find(in situation: Situation) -> [Consequence] {
        guard situation.igd?.rom == .hostShadow, let generation = situation.generation, generation >= .gen11 else {
            return []
        }
        return [
            consequence(
                .degraded, .noEarlyPicture,
                "Invalid PCI ROM header signature: Intel has no video BIOS for \(generation), so the ROM BAR is empty",
                remedy: "romfile= with VfioIgdPkg's drivers and a GOP driver")
        ]
    }
}
