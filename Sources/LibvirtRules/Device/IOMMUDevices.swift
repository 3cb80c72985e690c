import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

/// `<iommu>`.
enum IOMMUDevices: RuleTable {
    static let all = [once, machine, noAddress, acpi, address, option, remapping, interruptMode]

    private static let qemu = ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefIOMMU"]
    private static let conf = ["libvirt 9.0.0 src/conf/domain_validate.c virDomainIOMMUDefValidate"]
    private static let whole = ["libvirt 9.0.0 src/conf/domain_validate.c virDomainDefIOMMUValidate"]

    private static let once = RuleRow.domain(
        "iommu-once", "there is one IOMMU", remedy: "remove one <iommu>",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainDefParseXML"], "It is for all devices."
    ) { domain, report in
        for device in domain.devices("iommu").dropFirst() {
            report.refuse("only a single IOMMU device is supported", at: device)
        }
    }

    private static let machine = RuleRow.devices(
        "iommu", "iommu-machine", "an IOMMU fits the machine", remedy: "use a machine such as q35, or remove <iommu>",
        sources: qemu, "intel needs Q35, virtio Q35 or ARM virt, smmuv3 ARM virt."
    ) { device, domain, report in
        let machines = ["intel": "Q35", "virtio": "Q35 and ARM Virt", "smmuv3": "ARM Virt"]
        guard let model = device["model"], let needed = machines[model], domain.chipset != .q35 || model == "smmuv3",
            !domain.isARMVirt || model == "intel"
        else { return }
        report.refuse("IOMMU device: '\(model)' is only supported with \(needed) machines", at: device, "model")
    }

    private static let noAddress = RuleRow.devices(
        "iommu", "iommu-address", "an IOMMU of the chipset has no address", sources: conf,
        "intel and smmuv3 are parts of it."
    ) { device, _, report in
        guard let model = device["model"], model != "virtio" else { return }
        report.surplus("iommu model '\(model)' can't have address", device.first("address"))
    }

    private static let acpi = RuleRow.devices(
        "iommu", "iommu-acpi", "an IOMMU of virtio is found by ACPI", remedy: "add <acpi/> to <features>",
        sources: qemu,
        "A table says which devices are behind it."
    ) { device, domain, report in
        guard device["model"] == "virtio", !domain.hasFeature("acpi") else { return }
        report.refuse("IOMMU device: 'virtio' requires ACPI", at: device, "model")
    }

    private static let address = RuleRow.devices(
        "iommu", "iommu-virtio-address", "an IOMMU of virtio is on PCI", remedy: "write type='pci'", sources: qemu,
        "On bus 0, as its own function."
    ) { device, _, report in
        guard device["model"] == "virtio", let address = device.first("address"), let type = address["type"],
            type != "pci"
        else { return }
        report.refuse("IOMMU device: 'virtio' needs a PCI address", at: address, "type")
    }

    private static let option = RuleRow.devices(
        "iommu", "iommu-option", "options of an IOMMU are intel's", sources: conf,
        "intremap=, caching_mode=, eim=, iotlb= and aw_bits=."
    ) { device, _, report in
        guard let model = device["model"], model != "intel", let driver = device.first("driver"),
            !driver.attributes.isEmpty
        else { return }
        report.surplus("iommu model '\(model)' doesn't support additional attributes", driver)
    }

    private static let remapping = RuleRow.domain(
        "iommu-remapping", "interrupt remapping has a split I/O APIC",
        remedy: "add <ioapic driver='qemu'/> to <features>",
        sources: whole, "The IOMMU can remap interrupts only where QEMU, not KVM, emulates the I/O APIC."
    ) { domain, report in
        guard let driver = domain.devices("iommu").first?.first("driver"), driver["intremap"] == "on",
            domain.features?.first("ioapic")?["driver"] != "qemu"
        else { return }
        report.refuse(
            "IOMMU interrupt remapping requires split I/O APIC (ioapic driver='qemu')", at: driver, "intremap")
    }

    private static let interruptMode = RuleRow.domain(
        "iommu-eim", "extended interrupt mode has interrupt remapping", remedy: "add intremap='on'", sources: whole,
        "It is a part of it: numbers of processors above 255 fit into remapped interrupts only."
    ) { domain, report in
        guard let driver = domain.devices("iommu").first?.first("driver"), driver["eim"] == "on",
            driver["intremap"] != "on"
        else { return }
        report.refuse("IOMMU eim requires interrupt remapping to be enabled", at: driver, "eim")
    }
}
