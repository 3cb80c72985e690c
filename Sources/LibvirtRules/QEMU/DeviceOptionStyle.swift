import BerthLibvirtDomain
import BerthDiagnostics
import BerthXML

/// A -device in <qemu:commandline> is written as JSON.
struct DeviceOptionStyle: DomainRule {
    let id: RuleID = "option-style-device"
    let summary = "a -device in <qemu:commandline> is written as JSON"
    let documentation = """
        QEMU creates option-style devices before all JSON ones, and libvirt writes its own as JSON. So bus=pci.1 is not
        there yet (Bus 'pci.1' not found), and a device without address takes the first free slot, which libvirt gave to
        another. The JSON form is created in order, after libvirt's devices.
        """
    let sources = ["QEMU 7.2 softmmu/vl.c qemu_create_cli_devices", "LookingGlass doc/ivshmem_kvmfr.rst"]

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.commandLineDevices.compactMap { device in
            guard !device.text.hasPrefix("{"), !domain.removesJSON else { return nil }
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
