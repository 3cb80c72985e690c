import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct SerialTarget: DomainCheck {
    let rule = DomainRule(
        "serial-target", "a serial device has an address and a model of its target's type",
        sources: [
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainChrTargetDef, qemuValidateDomainChrDef",
            "libvirt 9.0.0 src/conf/domain_postparse.c virDomainChrIsaSerialDefPostParse",
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDefConsole",
        ],
        """
        isa-serial and isa-debug are ISA devices, usb-serial a USB one, pci-serial a PCI one; the others belong to other
        machines. There are four ISA ports, each used once. xen and sclp are no targets of QEMU on x86.
        """)

    private static let addresses = [
        "isa-serial": "isa", "isa-debug": "isa", "usb-serial": "usb", "pci-serial": "pci",
        "spapr-vio-serial": "spapr-vio",
    ]
    private static let types = [
        "isa-serial": "isa-serial", "usb-serial": "usb-serial", "pci-serial": "pci-serial",
        "spapr-vty": "spapr-vio-serial", "pl011": "system-serial", "16550a": "system-serial",
        "sclpconsole": "sclp-serial", "sclplmconsole": "sclp-serial", "isa-debugcon": "isa-debug",
    ]
    private static let models = [
        "isa-serial": "isa-serial", "usb-serial": "usb-serial", "pci-serial": "pci-serial",
        "spapr-vio-serial": "spapr-vty", "isa-debug": "isa-debugcon", "system-serial": "none",
        "sclp-serial": "none",
    ]

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard domain.isX86 else { return [] }
        var ports: Set<UInt32> = []
        var count = 0
        var found: [Finding] = []
        for device in domain.devices("serial") {
            let type = type(of: device)
            var messages = target(device, type)
            // The default has no port of its own yet when libvirt counts.
            if device.first("target")?["type"] == "isa-serial" {
                count += 1
                let port = device.first("target")?["port"].flatMap { LibvirtNumber.unsigned($0, base: 10) }
                if count > 4 || port ?? 0 > 3 {
                    messages.append("Maximum supported number of ISA serial ports is '4'")
                } else if let port, !ports.insert(port).inserted {
                    messages.append("target port '\(port)' already allocated")
                }
            }
            found += messages.map {
                finding($0, at: device.first("target") ?? device, in: domain, fix: "change <target>, or remove it")
            }
        }
        return found + consoles(domain)
    }

    private func type(of device: XMLElement) -> String {
        let written = device.first("target")?["type"] ?? "none"
        return written == "none" ? "isa-serial" : written
    }

    private func target(_ device: XMLElement, _ type: String) -> [String] {
        let model = device.first("target")?.first("model")?["name"]
        let address = device.first("address")?["type"]
        if type == "usb-serial", let address, address != "usb" { return ["usb-serial requires address of usb type"] }
        if let needed = Self.addresses[type], let address, address != needed {
            return ["Target type '\(type)' requires address type '\(needed)'"]
        }
        if ["system-serial", "sclp-serial"].contains(type), address != nil {
            return ["Target type '\(type)' cannot have an associated address"]
        }
        if let model, let needed = Self.types[model], needed != type {
            return ["Target model '\(model)' requires target type '\(needed)'"]
        }
        let name = model ?? Self.models[type] ?? "none"
        if ["spapr-vio-serial", "sclp-serial"].contains(type) || ["pl011", "16550a"].contains(name) {
            return [
                "Serial device with target type '\(type)' and target model '\(name)' not compatible with guest "
                    + "architecture or machine type"
            ]
        }
        return type == "system-serial" ? ["Invalid target model for serial device"] : []
    }

    private func consoles(_ domain: CheckedDomain) -> [Finding] {
        var found = others(domain)
        // The first console is the serial device where there is none.
        if domain.devices("serial").isEmpty, let first = domain.devices("console").first,
            ["serial", "none"].contains(first.first("target")?["type"] ?? "serial"),
            let address = first.first("address"), let type = address["type"], type != "isa"
        {
            found.append(
                finding(
                    "Target type 'isa-serial' requires address type 'isa'", at: address, "type", in: domain,
                    fix: "remove <address>"))
        }
        return found
    }

    private func others(_ domain: CheckedDomain) -> [Finding] {
        domain.devices("console").enumerated().compactMap { position, device in
            guard let target = device.first("target") else {
                return position == 0
                    ? nil
                    : finding(
                        "Only the first console can be a serial port", at: device, in: domain,
                        fix: "write <target type='virtio'/>")
            }
            let message: String?
            switch target["type"] ?? "serial" {
            case "serial" where position > 0, "none" where position > 0:
                message = "Only the first console can be a serial port"
            case "sclp": message = "sclpconsole is not supported in this QEMU binary"
            case "sclplm": message = "sclplmconsole is not supported in this QEMU binary"
            case "xen", "uml", "lxc", "openvz":
                message = "unsupported console target type \(target["type"] ?? "")"
            default: message = nil
            }
            return message.map {
                finding($0, at: target, in: domain, fix: "write <target type='virtio'/>")
            }
        }
    }
}
