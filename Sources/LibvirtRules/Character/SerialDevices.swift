import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

/// Serial ports and consoles.
enum SerialDevices: RuleTable {
    static let all = [port, address, model, machine, isaPorts, isaPortOnce, firstConsole, consoleType, consoleAddress]

    private static let target = ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainChrTargetDef"]
    private static let isa = ["libvirt 9.0.0 src/conf/domain_postparse.c virDomainChrIsaSerialDefPostParse"]
    private static let console = ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDefConsole"]

    private static let addresses = [
        "isa-serial": "isa", "isa-debug": "isa", "usb-serial": "usb", "pci-serial": "pci",
        "spapr-vio-serial": "spapr-vio",
    ]
    /// Target types by model, and the other way round.
    private static let types = [
        "isa-serial": "isa-serial", "usb-serial": "usb-serial", "pci-serial": "pci-serial",
        "spapr-vty": "spapr-vio-serial", "pl011": "system-serial", "16550a": "system-serial",
        "sclpconsole": "sclp-serial", "sclplmconsole": "sclp-serial", "isa-debugcon": "isa-debug",
    ]
    private static let models = [
        "isa-serial": "isa-serial", "usb-serial": "usb-serial", "pci-serial": "pci-serial",
        "spapr-vio-serial": "spapr-vty", "isa-debug": "isa-debugcon",
    ]

    private static func type(_ device: XMLElement) -> String {
        let written = device.first("target")?["type"] ?? "none"
        return written == "none" ? "isa-serial" : written
    }

    private static func model(_ device: XMLElement) -> String? { device.first("target")?.first("model")?["name"] }
    private static func place(_ device: XMLElement) -> XMLElement { device.first("target") ?? device }
    private static let change = "change <target>, or remove it"

    private static let port = RuleRow.domain(
        "character-port", "the port of a character device is a decimal number", remedy: "remove port=",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainChrDefParseTargetXML"],
        """
        <target port=> numbers the ports of a kind from 0. Other numbers of libvirt may be hexadecimal, this one may not.
        """
    ) { domain, report in
        for device in ["serial", "parallel", "console"].flatMap({ domain.devices($0) }) {
            guard let target = device.first("target"), let port = target["port"],
                LibvirtNumber.unsigned(port, base: 10) == nil, LibvirtNumber.signed(port, base: 10) == nil
            else { continue }
            report.refuse("Invalid port number: \(port)", at: target, "port")
        }
    }

    private static let address = RuleRow.devices(
        "serial", "serial-address", "a serial device has an address of its target's type", remedy: change,
        sources: target, "isa-serial and isa-debug are ISA devices, usb-serial a USB one, pci-serial a PCI one."
    ) { device, domain, report in
        guard domain.isX86, let address = device.first("address")?["type"] else { return }
        let type = type(device)
        if type == "usb-serial", address != "usb" {
            report.refuse("usb-serial requires address of usb type", at: place(device))
        } else if let needed = addresses[type], address != needed {
            report.refuse("Target type '\(type)' requires address type '\(needed)'", at: place(device))
        } else if ["system-serial", "sclp-serial"].contains(type) {
            report.refuse("Target type '\(type)' cannot have an associated address", at: place(device))
        }
    }

    private static let model = RuleRow.devices(
        "serial", "serial-target", "a serial device has a model of its target's type", remedy: change, sources: target,
        "The type says where it sits, the model what it is."
    ) { device, domain, report in
        guard domain.isX86, let model = model(device), let needed = types[model], needed != type(device) else { return }
        report.refuse("Target model '\(model)' requires target type '\(needed)'", at: place(device))
    }

    private static let machine = RuleRow.devices(
        "serial", "serial-machine", "a serial device is one of a PC", remedy: change,
        sources: target + ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainChrDef"],
        "spapr-vio, sclp and system serial devices are parts of other machines."
    ) { device, domain, report in
        guard domain.isX86 else { return }
        let type = type(device)
        let model = model(device)
        if let model, let needed = types[model], needed != type { return }
        let name = model ?? models[type] ?? "none"
        if ["spapr-vio-serial", "sclp-serial"].contains(type) || ["pl011", "16550a"].contains(name) {
            report.refuse(
                "Serial device with target type '\(type)' and target model '\(name)' not compatible with guest "
                    + "architecture or machine type", at: place(device))
        } else if type == "system-serial" {
            report.refuse("Invalid target model for serial device", at: place(device))
        }
    }

    /// Those of which the type is written: the default has no port of its own yet when libvirt counts.
    private static func counted(_ domain: CheckedDomain) -> [(element: XMLElement, port: UInt32?)] {
        domain.devices("serial").filter { $0.first("target")?["type"] == "isa-serial" }.map { device in
            (device, device.first("target")?["port"].flatMap { LibvirtNumber.unsigned($0, base: 10) })
        }
    }

    private static let isaPorts = RuleRow.domain(
        "serial-isa", "a PC has four serial ports on ISA", remedy: change, sources: isa,
        "Their I/O ports are fixed."
    ) { domain, report in
        guard domain.isX86 else { return }
        for (position, device) in counted(domain).enumerated() where position > 3 || device.port ?? 0 > 3 {
            report.refuse("Maximum supported number of ISA serial ports is '4'", at: place(device.element))
        }
    }

    private static let isaPortOnce = RuleRow.domain(
        "serial-port", "a serial port on ISA is used once", remedy: change, sources: isa,
        "port= is the number of COM less one."
    ) { domain, report in
        guard domain.isX86 else { return }
        var taken: Set<UInt32> = []
        for (position, device) in counted(domain).enumerated() {
            guard position < 4, let port = device.port, port < 4, !taken.insert(port).inserted else { continue }
            report.refuse("target port '\(port)' already allocated", at: place(device.element))
        }
    }

    private static let firstConsole = RuleRow.domain(
        "console-serial", "a console that is a serial port is the first", remedy: "write <target type='virtio'/>",
        sources: console, "It is another name of the first serial device."
    ) { domain, report in
        guard domain.isX86 else { return }
        for device in domain.devices("console").dropFirst()
        where ["serial", "none"].contains(device.first("target")?["type"] ?? "serial") {
            report.refuse("Only the first console can be a serial port", at: place(device))
        }
    }

    private static let consoleType = RuleRow.devices(
        "console", "console-target", "a console is one of a PC", remedy: "write <target type='virtio'/>",
        sources: console,
        "xen, uml, lxc and openvz are of other hypervisors, sclp of s390x."
    ) { device, domain, report in
        guard domain.isX86, let target = device.first("target"), let type = target["type"] else { return }
        switch type {
        case "sclp", "sclplm": report.refuse("\(type)console is not supported in this QEMU binary", at: target)
        case "xen", "uml", "lxc", "openvz": report.refuse("unsupported console target type \(type)", at: target)
        default: break
        }
    }

    private static let consoleAddress = RuleRow.domain(
        "console-address", "a console that is the serial port is on ISA", remedy: "remove <address>", sources: target,
        "The first console is a serial device where there is none."
    ) { domain, report in
        guard domain.isX86, domain.devices("serial").isEmpty, let first = domain.devices("console").first,
            ["serial", "none"].contains(first.first("target")?["type"] ?? "serial"),
            let address = first.first("address"), let type = address["type"], type != "isa"
        else { return }
        report.refuse("Target type 'isa-serial' requires address type 'isa'", at: address, "type")
    }
}
