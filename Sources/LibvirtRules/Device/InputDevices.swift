import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

/// `<input>`.
enum InputDevices: RuleTable {
    static let all = [address, source, sourceMeant, ps2, xen, passthrough, evdev, model]

    private static let conf = ["libvirt 9.0.0 src/conf/domain_validate.c virDomainInputDefValidate"]
    private static let qemu = ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefInput"]

    private static func type(_ device: XMLElement) -> String { device["type"] ?? "" }

    /// As written, or as libvirt fills it in.
    private static func bus(_ device: XMLElement) -> String {
        if let bus = device["bus"] { return bus }
        return switch device["type"] {
        case "mouse", "keyboard": "ps2"
        case "passthrough": "virtio"
        case "evdev": "none"
        default: "usb"
        }
    }

    private static let address = RuleRow.devices(
        "input", "input-address", "an input on USB has a USB address", remedy: "remove <address>",
        sources: ["libvirt 9.0.0 src/qemu/qemu_domain_address.c qemuDomainAssignUSBAddresses"], "Libvirt finds a port."
    ) { device, _, report in
        guard bus(device) == "usb", let address = device.first("address")?["type"], address != "usb" else { return }
        report.refuse("Invalid address for a USB device", at: device)
    }

    private static let source = RuleRow.devices(
        "input", "input-source", "what is passed on names the host's device", remedy: "add <source>",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainInputDefParseXML"],
        "<source evdev='/dev/input/eventN'/> of passthrough, <source dev=/> of evdev."
    ) { device, _, report in
        let source = device.first("source")
        guard
            type(device) == "passthrough" && source?["evdev"] == nil
                || type(device) == "evdev" && source?["dev"] == nil
        else { return }
        report.refuse("Missing evdev path for input device", at: device)
    }

    private static let sourceMeant = RuleRow.devices(
        "input", "input-source-type", "an emulated input has no device of the host", remedy: "remove <source>",
        sources: conf,
        "It gets what the graphics get."
    ) { device, _, report in
        guard ["mouse", "tablet", "keyboard"].contains(type(device)), device.first("source")?["evdev"] != nil else {
            return
        }
        report.refuse("setting source evdev path only supported for passthrough input devices", at: device)
    }

    private static let ps2 = RuleRow.devices(
        "input", "input-bus", "PS/2 has mouse and keyboard", remedy: "write bus='usb'", sources: qemu,
        "The controller has two ports."
    ) { device, _, report in
        guard bus(device) == "ps2", !["mouse", "keyboard"].contains(type(device)) else { return }
        report.refuse("ps2 bus does not support \(type(device)) input device", at: device)
    }

    private static let xen = RuleRow.devices(
        "input", "input-xen", "an input is on a bus of a PC", remedy: "write bus='usb'", sources: qemu, "xen is Xen's."
    ) { device, _, report in
        if bus(device) == "xen" { report.refuse("unsupported input bus xen", at: device) }
    }

    private static let passthrough = RuleRow.devices(
        "input", "input-passthrough", "a device of the host is passed through on virtio", remedy: "write bus='virtio'",
        sources: conf, "virtio-input-host is who does it."
    ) { device, _, report in
        guard type(device) == "passthrough", !["virtio", "xen", "ps2"].contains(bus(device)) else { return }
        report.refuse("only bus 'virtio' is supported for 'passthrough' input devices", at: device)
    }

    private static let evdev = RuleRow.devices(
        "input", "input-evdev", "events of a device of the host go to no bus", remedy: "remove bus=", sources: conf,
        "QEMU shares them out among the other inputs."
    ) { device, _, report in
        guard type(device) == "evdev", !["none", "xen", "ps2"].contains(bus(device)) else { return }
        report.refuse("input evdev doesn't support bus element", at: device)
    }

    private static let model = RuleRow.devices(
        "input", "input-model", "a model is virtio's, where there is one kind", remedy: "remove model=",
        sources: conf + qemu, "QEMU's inputs are neither transitional nor not."
    ) { device, _, report in
        guard let model = device["model"] else { return }
        if bus(device) != "virtio" {
            report.refuse("only bus 'virtio' is supported for input model '\(model)'", at: device)
        } else if model != "virtio" {
            report.refuse(
                "virtio (non-)transitional models are not supported for input type=\(type(device))", at: device)
        }
    }
}
