import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct SMMMemory: DomainCheck {
    let rule = DomainRule(
        "smm-tseg", "the memory of SMM is set on Q35 only, in whole MiB",
        sources: ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDefFeatures"],
        """
        <smm><tseg> sizes the top segment of system management mode, a register of the Q35 host bridge.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard let smm = domain.features?.first("smm"), let segment = smm.first("tseg"), smm["state"] != "off" else {
            return []
        }
        if domain.chipset != .q35 {
            return [
                finding(
                    "SMM TSEG is only supported with q35 machine type", at: segment, in: domain,
                    fix: "write machine='q35', or remove <tseg>")
            ]
        }
        guard let size = ScaledSize.bytes(segment, defaultUnit: 1 << 20), !size.isMultiple(of: 1 << 20) else {
            return []
        }
        return [
            finding(
                "SMM TSEG size must be divisible by 1 MiB", at: segment, in: domain,
                fix: "write <tseg unit='MiB'>48</tseg>")
        ]
    }
}
