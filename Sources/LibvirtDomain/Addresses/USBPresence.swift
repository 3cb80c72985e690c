import BerthDiagnostics
import BerthStack

/// USB devices need a USB controller.
///
/// Source: `qemuDomainUSBAddressAddHubs` in src/qemu/qemu_domain_address.c @ 9.0.0.
extension DomainDefaults {
    mutating func checkUSB() {
        guard !domain[.controller].contains(where: { $0.type == "usb" && $0.model != "none" }) else { return }
        let device = domain.devices.first { device in
            switch device.kind {
            case .hub, .redirdev: true
            case .hostdev, .disk, .input: device.type == "usb"
            case .controller: device.type == "ccid"
            case .serial: device.type == "usb-serial"
            case .sound: device.model == "usb"
            // Before 10.3 it was given a slot, if that.
            case .interface: device.model == "usb-net" && LibvirtSpan.since(10, 3).contains(domain.libvirt)
            // Of 11.3 to 12.8 the latter counts it first.
            case .filesystem: device.type == "mtp" && LibvirtSpan.since(11, 4).contains(domain.libvirt)
            default: false
            }
        }
        guard let device else { return }
        refuse(
            "USB is disabled for this domain, but USB devices are present in the domain XML", .usbDisabled, device)
    }
}
