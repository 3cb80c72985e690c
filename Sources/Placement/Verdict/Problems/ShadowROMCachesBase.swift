import BerthDiagnostics
import BerthStack
import BerthTopology

/// The ROM BAR is the host's copy, with the host's base inside.
struct ShadowROMCachesBase: Problem {
    let id: RuleID = "shadow-rom-caches-base"
    let summary = "the video BIOS out of the ROM BAR remembers the host's base"
    let documentation = """
        The kernel hands out the host's shadow copy of the video BIOS, which has cached the host's BDSM. Up to \
        9.2 QEMU changed what such a ROM writes into the GTT; from 10.0 on it does not, so that boot menus in a \
        graphics mode are garbled. 11.1 clears what the ROM has cached when it loads it. A clean ROM from a file is not \
        affected.
        """
    let sources = [
        "https://gitlab.com/qemu-project/qemu/-/work_items/3093",
        "QEMU commit 5aed8b0f0be2 (10.0)", "QEMU commit 256229e8f9b9 (11.1), vfio_igd_legacy_rom_quirk",
    ]
    let scope = ProblemScope.guest

    func find(in situation: Situation) -> [Consequence] {
        guard situation.runsVideoBIOS, situation.igd?.rom == .hostShadow, let qemu = situation.qemu, qemu.era >= .v10_0,
            !situation.topology.qemu.clearsCachedBase,
            (6...9).contains(qemu.generation)
        else { return [] }
        return [
            consequence(
                .degraded, .garbledScreen,
                "QEMU \(situation.topology.qemu) passes on the host's copy of the video BIOS, which draws at the host's base",
                remedy: "romfile= with a clean video BIOS, or QEMU 11.1")
        ]
    }
}
