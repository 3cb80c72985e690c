import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct IOMMUFitsMachine: DomainCheck {
    let rule = DomainRule(
        "iommu-machine", "an IOMMU fits the machine",
        sources: [
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefIOMMU",
            "libvirt 9.0.0 src/conf/domain_validate.c virDomainIOMMUDefValidate",
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainDefParseXML",
        ],
        """
        intel needs Q35, virtio needs Q35 (or ARM virt) and ACPI, smmuv3 needs ARM virt. There is one per domain; intel
        and smmuv3 are part of the chipset and have no address, virtio has a PCI address on bus 0.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        let devices = domain.devices("iommu")
        var findings = devices.dropFirst().map { device in
            finding("only a single IOMMU device is supported", at: device, in: domain, fix: "remove one <iommu>")
        }
        for device in devices {
            guard let model = device["model"] else { continue }
            findings += complaints(device, model, domain)
        }
        return findings
    }

    private func complaints(_ device: XMLElement, _ model: String, _ domain: CheckedDomain) -> [Finding] {
        var findings: [Finding] = []
        let machines = ["intel": "Q35", "virtio": "Q35 and ARM Virt", "smmuv3": "ARM Virt"]
        if let needed = machines[model], domain.chipset != .q35 || model == "smmuv3",
            !domain.isARMVirt || model == "intel"
        {
            findings.append(
                finding(
                    "IOMMU device: '\(model)' is only supported with \(needed) machines", at: device, "model",
                    in: domain, fix: "use a machine such as q35, or remove <iommu>"))
        }
        if model != "virtio", let address = device.first("address") {
            findings.append(
                finding("iommu model '\(model)' can't have address", at: address, in: domain, fix: "remove <address>"))
        }
        if model == "virtio", !domain.hasFeature("acpi") {
            findings.append(
                finding(
                    "IOMMU device: 'virtio' requires ACPI", at: device, "model", in: domain,
                    fix: "add <acpi/> to <features>"))
        }
        if model == "virtio", let address = device.first("address"), let type = address["type"], type != "pci" {
            findings.append(
                finding(
                    "IOMMU device: 'virtio' needs a PCI address", at: address, "type", in: domain,
                    fix: "write type='pci'"))
        }
        if model != "intel", let driver = device.first("driver"), !driver.attributes.isEmpty {
            findings.append(
                finding(
                    "iommu model '\(model)' doesn't support additional attributes", at: driver, in: domain,
                    fix: "remove <driver>"))
        }
        return findings
    }
}
