import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

/// `<iommu>`.
enum IOMMUDevices: RuleTable {
    static let all = [once, machine, noAddress, acpi, address, option, remapping, interruptMode]

    private static let qemu = ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefIOMMU"]
    private static let conf = ["libvirt 9.0.0 src/conf/domain_validate.c virDomainIOMMUDefValidate"]
    private static let whole = ["libvirt 9.0.0 src/conf/domain_validate.c virDomainDefIOMMUValidate"]

    private static let once = RuleRow.domain(
        "iommu-once", "there is one IOMMU", releases: .until(11, 4), remedy: "remove one <iommu>",
        sources: [
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainDefParseXML",
            "libvirt 11.3.0 refuses two, 12.8.0 takes them: recorded",
        ],
        "It is for all devices. Later releases take several."
    ) { domain, report in
        for device in domain.devices("iommu").dropFirst() {
            report.refuse("only a single IOMMU device is supported", at: device)
        }
    }

    private static let machine = RuleRow.devices(
        "iommu", "iommu-machine", "an IOMMU fits the machine", remedy: "use a machine such as q35, or remove <iommu>",
        sources: qemu, "intel needs Q35, virtio Q35 or ARM virt, smmuv3 ARM virt."
    ) { device, domain, report in
        let machines = ["intel": "Q35", "amd": "Q35", "virtio": "Q35 and ARM Virt", "smmuv3": "ARM Virt"]
        guard let model = device["model"], let needed = machines[model], domain.chipset != .q35 || model == "smmuv3",
            !domain.isARMVirt || ["intel", "amd"].contains(model)
        else { return }
        report.refuse("IOMMU device: '\(model)' is only supported with \(needed) machines", at: device, "model")
    }

    private static let noAddress = RuleRow.devices(
        "iommu", "iommu-address", "an IOMMU of the chipset has no address", sources: conf,
        "intel and smmuv3 are parts of it."
    ) { device, _, report in
        // AMD's is a PCI function, and may say where.
        guard let model = device["model"], !["virtio", "amd"].contains(model) else { return }
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

    /// Source: src/conf/domain_validate.c virDomainIOMMUDefValidate @ 9.0.0, 11.3.0; what 12.8.0 said of each.
    private static let options: [String: Set<String>] = [
        "intel": ["intremap", "caching_mode", "eim", "iotlb", "aw_bits", "dma_translation"],
        "amd": ["intremap", "iotlb", "passthrough", "xtsup", "aw_bits", "caching_mode", "eim", "dma_translation"],
        "virtio": ["granule"], "smmuv3": [],
    ]
    /// Those that a release passes over without a word before it knows them: the granule (NEWS.rst @ 12.1.0).
    private static let laterOptions: [String: LibvirtSpan] = [
        "granule": .since(12, 1), "pciBus": .since(11, 4), "dma_translation": .since(10, 7),
    ]

    private static let option = RuleRow.devices(
        "iommu", "iommu-option", "options of an IOMMU are its own", sources: conf,
        "intremap=, caching_mode=, eim=, iotlb=, aw_bits= and dma_translation= are intel's, passthrough= and xtsup= amd's, granule= virtio's."
    ) { device, domain, report in
        guard let model = device["model"], let known = options[model], let driver = device.first("driver") else {
            return
        }
        let read = driver.attributes.filter { domain.isRead(by: laterOptions[$0.name] ?? .always) }
        guard read.contains(where: { !known.contains($0.name) }) else { return }
        // The words changed with the options that one model has and others have not.
        let what = domain.isRead(by: .since(11, 4)) ? "some additional" : "additional"
        report.surplus("iommu model '\(model)' doesn't support \(what) attributes", driver)
    }

    private static let remapping = RuleRow.domain(
        "iommu-remapping", "interrupt remapping has a split I/O APIC",
        remedy: "add <ioapic driver='qemu'/> to <features>",
        sources: whole,
        "The IOMMU can remap interrupts only where QEMU, not KVM, emulates the I/O APIC. From 10.10 on that is the default with it."
    ) { domain, report in
        guard let driver = domain.devices("iommu").first?.first("driver"), driver["intremap"] == "on",
            domain.devices("iommu").first?["model"] != "amd"
        else { return }
        let controller = domain.features?.first("ioapic")?["driver"]
        // NEWS.rst @ 10.10.0: "qemu: Automatically add IOMMU when needed"; and its I/O APIC with it.
        guard controller != "qemu", controller != nil || domain.isRead(by: .until(10, 10)) else { return }
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
