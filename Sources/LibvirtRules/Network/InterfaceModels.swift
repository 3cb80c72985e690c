import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

/// What a network card is, and what only cards of virtio have.
enum InterfaceModels: RuleTable {
    static let all = [model, numbers, option, driver, queueSize, teamTransient, teamPersistent]

    private static let validate = [
        "libvirt 9.0.0 src/conf/domain_validate.c virDomainNetDefValidate",
        "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefNetwork",
    ]

    private static let model = RuleRow.devices(
        "interface", "interface-model", "vhostuser and vdpa have a card of virtio",
        remedy: "write <model type='virtio'/>",
        sources: validate, "What serves them outside QEMU knows virtqueues only."
    ) { device, domain, report in
        if device.interfaceType == "vhostuser", !device.isVirtioCard, domain.isRead(by: .until(9, 1)) {
            report.refuse(
                "Wrong or no <model> 'type' attribute specified with <interface type='vhostuser'/>. vhostuser "
                    + "requires the virtio-net* frontend", at: device)
        }
        if device.interfaceType == "vhostuser", let model = device.first("model")?["type"], !device.isVirtioCard,
            domain.isRead(by: .since(11, 3))
        {
            let name = ModelNames.interfaces.contains(model) ? model : "unknown"
            report.refuse(
                "invalid model for interface of type 'vhostuser': '\(name)' - must be 'virtio'", at: device)
        }
        if device.interfaceType == "vdpa", let model = device.first("model")?["type"], model != "virtio" {
            report.refuse(
                domain.isRead(by: .until(11, 3))
                    ? "invalid model for interface of type 'vdpa': '\(model)'"
                    : "invalid model for interface of type 'vdpa': '\(model)' - must be 'virtio'", at: device)
        }
    }

    private static let numbers = RuleRow.devices(
        "interface", "interface-queue-number", "queues and their sizes are numbers", remedy: "write a number",
        sources: ["libvirt 11.3.0 src/conf/domain_conf.c virDomainNetDefParseXMLDriver"], "None is negative."
    ) { device, _, report in
        guard let driver = device.first("driver") else { return }
        for name in ["queues", "rx_queue_size", "tx_queue_size"] {
            guard let text = driver[name], LibvirtNumber.unsigned(text, base: 10) == nil else { continue }
            report.refuse(
                "Invalid value for attribute '\(name)' in element 'driver': '\(text)'. Expected non-negative integer value",
                at: driver, name)
        }
    }

    private static let option = RuleRow.devices(
        "interface", "interface-option", "options of virtio are for cards of virtio", sources: validate,
        "iommu=, ats=, packed= and page_per_vq= set up a virtqueue."
    ) { device, _, report in
        guard let driver = device.first("driver"), !device.isVirtioCard else { return }
        for (name, message) in VirtioOptions.complaints { report.surplus(message, driver, name) }
    }

    private static let driver = RuleRow.devices(
        "interface", "interface-driver", "the driver of a virtio card is qemu or vhost", sources: validate,
        "vfio and others are for interfaces of type hostdev."
    ) { device, _, report in
        guard device.isVirtioCard, let driver = device.first("driver"), let name = driver["name"],
            !["qemu", "vhost"].contains(name), device.interfaceType != "hostdev"
        else { return }
        report.surplus("Invalid value for attribute 'name' in element 'driver': '\(name)'.", driver, "name")
    }

    private static let queueSize = RuleRow.devices(
        "interface", "interface-queue-size", "the size of a queue is a power of two", remedy: "write 256 or 1024",
        sources: validate, "A virtqueue is a ring, and its indices wrap around by bits."
    ) { device, _, report in
        guard device.isVirtioCard, let driver = device.first("driver") else { return }
        for name in ["rx_queue_size", "tx_queue_size"] {
            guard let size = driver[name].flatMap({ LibvirtNumber.unsigned($0, base: 10) }), size != 0,
                size.nonzeroBitCount != 1
            else { continue }
            report.refuse("\(name) has to be a power of two", at: driver)
        }
    }

    private static let teamTransient = RuleRow.devices(
        "interface", "interface-team-transient", "who leaves a team is a host device, and names who stays",
        sources: validate, "A card that is passed through cannot migrate; the other of the team takes over."
    ) { device, _, report in
        guard let team = device.first("teaming"), team["type"] == "transient" else { return }
        if team["persistent"] == nil {
            report.refuse(
                "teaming persistent attribute must be set if teaming type is 'transient'", at: team,
                fix: "add persistent=")
        } else if !["hostdev", "network"].contains(device.interfaceType) {
            report.surplus(
                "virtio-net teaming transient interface must be type='hostdev', not '\(device.interfaceType)'", team)
        }
    }

    private static let teamPersistent = RuleRow.devices(
        "interface", "interface-team-persistent", "who stays in a team is a card of virtio", sources: validate,
        "virtio-net has the feature that makes it a standby; it names nobody."
    ) { device, _, report in
        guard let team = device.first("teaming"), team["type"] == "persistent" else { return }
        if team["persistent"] != nil {
            report.surplus(
                "teaming persistent attribute not allowed if teaming type is 'persistent'", team, "persistent")
        } else if !device.isVirtioCard {
            report.surplus(
                "virtio-net teaming persistent interface must be <model type='virtio'/>, not "
                    + "'\(device.first("model")?["type"] ?? "rtl8139")'", team)
        }
    }
}
