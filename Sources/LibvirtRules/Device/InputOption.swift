import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct InputOption: DomainCheck {
    let rule = DomainRule(
        "input-bus", "an input device is on a bus that has it",
        sources: [
            "libvirt 9.0.0 src/conf/domain_validate.c virDomainInputDefValidate",
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefInput",
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainInputDefParseXML",
        ],
        """
        ps2 has mouse and keyboard; what is passed through is on virtio, evdev on no bus; a model is for virtio, where
        QEMU has one kind only. A USB input has a USB address.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        zip(domain.devices("input"), domain.devices("input").map(bus)).compactMap { device, bus in
            complaint(device, bus).map {
                finding($0, at: device, in: domain, fix: "write another bus=, or remove <input>")
            }
        }
    }

    private func bus(_ device: XMLElement) -> String {
        if let bus = device["bus"] { return bus }
        return switch device["type"] {
        case "mouse", "keyboard": "ps2"
        case "passthrough": "virtio"
        case "evdev": "none"
        default: "usb"
        }
    }

    private func complaint(_ device: XMLElement, _ bus: String) -> String? {
        let type = device["type"] ?? ""
        if bus == "usb", let address = device.first("address")?["type"], address != "usb" {
            return "Invalid address for a USB device"
        }
        let source = device.first("source")
        if type == "passthrough" && source?["evdev"] == nil || type == "evdev" && source?["dev"] == nil {
            return "Missing evdev path for input device"
        }
        if bus == "ps2", !["mouse", "keyboard"].contains(type) {
            return "ps2 bus does not support \(type) input device"
        }
        if bus == "xen" { return "unsupported input bus xen" }
        if ["mouse", "tablet", "keyboard"].contains(type), source?["evdev"] != nil {
            return "setting source evdev path only supported for passthrough input devices"
        }
        if type == "passthrough", bus != "virtio" {
            return "only bus 'virtio' is supported for 'passthrough' input devices"
        }
        if type == "evdev", bus != "none" { return "input evdev doesn't support bus element" }
        guard let model = device["model"] else { return nil }
        if bus != "virtio" { return "only bus 'virtio' is supported for input model '\(model)'" }
        return model == "virtio"
            ? nil : "virtio (non-)transitional models are not supported for input type=\(type)"
    }
}
