import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct IGDIsTheOnlyDisplay: DomainCheck {
    let rule = DomainRule(
        "igd-second-display", "an IGD is not beside an emulated display",
        sources: [
            "QEMU docs/igd-assign.txt",
            "QEMU hw/vfio/igd.c: IGD device is only supported as the primary display in legacy mode",
        ],
        """
        Legacy mode needs the IGD to be the only display: QEMU gives it the legacy VGA ranges, and firmware shows its
        picture there. A <graphics> without <video> also brings an emulated one.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard let assigned = domain.assigned, !domain.igdElements.isEmpty else { return [] }
        return assigned[.video].filter { $0.model != "none" }.map { video in
            let place = video.element ?? domain.devices("graphics").first ?? domain.root
            return finding(
                .warning, "the emulated display '\(video.model)' is beside the IGD; legacy mode wants the IGD alone",
                at: place,
                in: domain, fix: "write <video><model type='none'/></video>")
        }
    }
}
