import BerthDiagnostics
import BerthTopology

/// The video BIOS does not reach the host's VGA ranges.
struct VGARangesNotMapped: Problem {
    let id: RuleID = "vga-ranges-not-mapped"
    let summary = "the video BIOS finds no VGA ranges"
    let documentation = """
        QEMU's condition 5: a video BIOS draws through the old ports and 0xA0000. Legacy mode maps them, \
        x-vga=on does elsewhere; a host whose firmware turned VGA decode of the IGD off (bit 1 of the control \
        word) has none to give.
        """
    let sources = [
        "QEMU docs/igd-assign.txt, condition 5, required by VBIOS",
        "QEMU hw/vfio/igd.c vfio_populate_vga",
    ]
    let scope = ProblemScope.guest

    func find(in situation: Situation) -> [Consequence] {
        guard situation.runsVideoBIOS, let igd = situation.igd, let qemu = situation.qemu else { return [] }
        let isDisabled = (igd.graphicsControl ?? 0) & 2 != 0
        guard isDisabled || qemu.legacyMode != .on && !igd.isOn("x-vga") else { return [] }
        return [
            consequence(
                .degraded, .noEarlyPicture,
                isDisabled
                    ? "the host's firmware turned VGA decode of the IGD off (bit 1 of the control word)"
                    : "QEMU maps no VGA ranges outside of legacy mode",
                remedy: isDisabled ? "the IGD as primary display of the host" : "x-vga=on, or legacy mode")
        ]
    }
}
