import BerthDiagnostics
import BerthXML

/// UEFI has ACPI.
struct FirmwareNeedsACPI: DomainRule {
    let id: RuleID = "firmware-acpi"
    let summary = "UEFI has ACPI"
    let documentation = """
        UEFI firmware hands the guest its ACPI tables; libvirt does not start x86 guests with pflash or firmware='efi'
        and without <acpi/>.
        """
    let sources = ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDef"]

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
