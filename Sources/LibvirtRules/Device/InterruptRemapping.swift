import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct InterruptRemapping: DomainCheck {
    let rule = DomainRule(
        "iommu-remapping", "interrupt remapping has a split I/O APIC",
        sources: ["libvirt 9.0.0 src/conf/domain_validate.c virDomainDefIOMMUValidate"],
        """
        The IOMMU can remap interrupts only where QEMU, not KVM, emulates the I/O APIC: <ioapic driver='qemu'/> under
        <features>. Extended interrupt mode (eim) is a part of remapping.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.devices("iommu").prefix(1).flatMap { device -> [Finding] in
            guard let driver = device.first("driver") else { return [] }
            if driver["intremap"] == "on", domain.features?.first("ioapic")?["driver"] != "qemu" {
                return [
                    finding(
                        "IOMMU interrupt remapping requires split I/O APIC (ioapic driver='qemu')", at: driver,
                        "intremap",
                        in: domain, fix: "add <ioapic driver='qemu'/> to <features>")
                ]
            }
            if driver["eim"] == "on", driver["intremap"] != "on" {
                return [
                    finding(
                        "IOMMU eim requires interrupt remapping to be enabled", at: driver, "eim", in: domain,
                        fix: "add intremap='on'")
                ]
            }
            return []
        }
    }
}
