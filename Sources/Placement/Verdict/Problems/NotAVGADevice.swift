import BerthDiagnostics
import BerthPCI
import BerthStack
import BerthTopology

/// The IGD is a display, not a VGA device.
struct NotAVGADevice: Problem {
    let id: RuleID = "not-a-vga-device"
    let summary = "the IGD has class 0380, which firmware and legacy mode pass over"
    let documentation = """
        QEMU's condition 4. Where the host's firmware made something else primary, the IGD has class 0380: \
        SeaBIOS serves none such, QEMU's legacy mode wants class 0300, Linux takes no stolen memory out of its \
        map, and tools that look for 0300 find nothing. From QEMU 10.1 on x-pci-class-code shows another class.
        """
    let sources = [
        "QEMU docs/igd-assign.txt, condition 4, required by VBIOS and EFI GOP",
        "https://github.com/QubesOS/qubes-issues/issues/9613",
    ]
    let scope = ProblemScope.guest

    func find(in situation: Situation) -> [Consequence] {
        guard let igd = situation.igd, !igd.shownClass(by: situation.topology.qemu).isVGA,
            situation.firmware.readsIGDFiles || situation.runsGOP
        else { return [] }
        return [
            consequence(
                .degraded, .noEarlyPicture,
                "the IGD has class \(igd.classCode), which SeaBIOS and legacy mode pass over",
                remedy: situation.topology.qemu.overridesClassCode
                    ? "x-pci-class-code=0x030000, or the IGD as primary display of the host"
                    : "the IGD as primary display of the host, or QEMU 10.1 with x-pci-class-code")
        ]
    }
}
