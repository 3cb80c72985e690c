import BerthDiagnostics
import BerthTopology

/// Back ends without which QEMU refuses a device, and which hold nothing.
enum Placeholder {
    /// `number` is unique in the guest: chassis and slot of ports have to be.
    static func needed(by device: Device, number: Int) -> (options: [QEMUOption], properties: String) {
        let id = OptionText.escaped(device.id)
        switch device.model {
        case "nvme", "virtio-blk-pci", "virtio-blk-pci-transitional", "virtio-blk-pci-non-transitional":
            let drive = device["drive"]?.description ?? "\(device.id)-drive"
            let name = OptionText.escaped(drive)
            var properties = device["drive"] == nil ? ",drive=\(name)" : ""
            if device.model == "nvme", device["serial"] == nil { properties += ",serial=\(id)" }
            return ([QEMUOption("drive", "if=none,id=\(name),file=null-co://,format=raw")], properties)
        case "pci-serial":
            guard device["chardev"] == nil else { return ([], "") }
            return ([QEMUOption("chardev", "null,id=\(id)-chardev")], ",chardev=\(id)-chardev")
        case "virtio-9p-pci":
            guard device["fsdev"] == nil else { return ([], "") }
            return ([QEMUOption("fsdev", "synth,id=\(id)-fsdev")], ",fsdev=\(id)-fsdev,mount_tag=\(id)")
        case "virtio-crypto-pci":
            guard device["cryptodev"] == nil else { return ([], "") }
            return ([QEMUOption("object", "cryptodev-backend-builtin,id=\(id)-crypto")], ",cryptodev=\(id)-crypto")
        case "pcie-root-port", "ioh3420", "xio3130-downstream":
            guard device["chassis"] == nil else { return ([], "") }
            return ([], ",chassis=\(number % 256)")
        case "pci-bridge", "pci-bridge-seat":
            return device["chassis_nr"] == nil ? ([], ",chassis_nr=\(number % 255 + 1)") : ([], "")
        default: return ([], "")
        }
    }
}
