import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct FirmwareNeedsACPI: DomainCheck {
    let rule = DomainRule(
        "firmware-acpi", "UEFI has ACPI",
        sources: ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDef"],
        """
        UEFI firmware hands the guest its ACPI tables; libvirt does not start x86 guests with pflash or firmware='efi'
        and without <acpi/>.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard domain.isX86, let os = domain.root.first("os"), !domain.hasFeature("acpi") else { return [] }
        guard os["firmware"] == "efi" || os.first("loader")?["type"] == "pflash" else { return [] }
        return [
            finding(
                "UEFI requires ACPI on this architecture", at: os.first("loader") ?? os, in: domain,
                fix: "add <features><acpi/></features>")
        ]
    }
}
