import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct DeviceOptionStyle: DomainCheck {
    let rule = DomainRule(
        "option-style-device", "a -device in <qemu:commandline> is written as JSON",
        sources: ["QEMU 7.2 softmmu/vl.c qemu_create_cli_devices", "LookingGlass doc/ivshmem_kvmfr.rst"],
        """
        QEMU creates option-style devices before all JSON ones, and libvirt writes its own as JSON. So bus=pci.1 is not
        there yet (Bus 'pci.1' not found), and a device without address takes the first free slot, which libvirt gave to
        another. The JSON form is created in order, after libvirt's devices. Devices on ISA or USB have no slot.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.commandLineDevices.compactMap { device in
            guard !device.text.hasPrefix("{"), !domain.removesJSON, device.takesSlot else { return nil }
            if let bus = device["bus"], bus.hasPrefix("pci."), bus != "pci.0" {
                return finding(
                    .warning, "QEMU creates this device before libvirt's: Bus '\(bus)' not found", at: device.element,
                    "value",
                    in: domain, fix: "write the device as JSON: \(device.json)")
            }
            guard device["addr"] == nil, device["bus"] == nil || device["bus"]?.hasPrefix("pci") == true else {
                return nil
            }
            return finding(
                .warning, "QEMU creates this device before libvirt's, and without addr= it takes a slot of theirs",
                at: device.element, "value", in: domain, fix: "write the device as JSON with an addr: \(device.json)")
        }
    }
}
