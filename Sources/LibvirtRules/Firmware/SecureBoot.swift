import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct SecureBoot: DomainCheck {
    let rule = DomainRule(
        "secure-boot", "secure boot has SMM and Q35",
        sources: ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDefBoot"],
        """
        Only system management mode can keep the guest from writing the variables of the firmware; only Q35 has it, and
        only the x86_64 firmware uses it.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard let os = domain.root.first("os"), let loader = os.first("loader"), loader["secure"] == "yes" else {
            return []
        }
        if domain.chipset != .q35 {
            return [
                finding(
                    "Secure boot is supported with q35 machine types only", at: loader, "secure", in: domain,
                    fix: "write machine='q35', or secure='no'")
            ]
        }
        if let arch = os.first("type")?["arch"], arch != "x86_64" {
            return [
                finding(
                    "Secure boot is supported for x86_64 architecture only", at: loader, "secure", in: domain,
                    fix: "write secure='no'")
            ]
        }
        guard os["firmware"] == nil, !domain.hasFeature("smm") else { return [] }
        return [
            finding(
                "Secure boot requires SMM feature enabled", at: loader, "secure", in: domain,
                fix: "add <smm state='on'/> to <features>")
        ]
    }
}
