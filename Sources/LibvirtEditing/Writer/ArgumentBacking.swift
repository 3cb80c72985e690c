import BerthDiagnostics
import BerthLibvirtDomain
import BerthPCI
import BerthTopology

/// What a device in `qemu:commandline` needs on the host's side, made of nothing: memory, an empty disk, an
/// empty file system, a silent sound card.
struct ArgumentBacking {
    /// In front of the device.
    var arguments: [String] = []
    /// Of the device.
    var properties: [Property] = []

    init(_ device: Device, alias: String) throws(EmissionRefusal) {
        if let backend = device.backend {
            let id = "mem-\(alias)"
            let path = backend.path.map { [Property("mem-path", .text($0))] } ?? []
            addObject(
                backend.path == nil ? "memory-backend-ram" : "memory-backend-file", id,
                path + [Property("size", .number(backend.size.rawValue))])
            properties = [Property("memdev", .text(id))]
            return
        }
        switch device.model {
        case "virtio-blk-pci", "virtio-blk-pci-transitional", "virtio-blk-pci-non-transitional":
            let disk = [Property("driver", .text("null-co")), Property("node-name", .text("disk-\(alias)"))]
            arguments = ["-blockdev", JSONText.object(disk)]
            properties = [Property("drive", .text("disk-\(alias)"))]
        // QEMU refuses an NVMe controller without a serial number; the number is nothing a guest decides by.
        case "nvme" where device["serial"] == nil:
            properties = [Property("serial", .text(String(device.id.prefix(20))))]
        case "virtio-9p-pci", "virtio-9p-pci-transitional", "virtio-9p-pci-non-transitional":
            arguments = ["-fsdev", "synth,id=fs-\(alias)"]
            properties = [Property("fsdev", .text("fs-\(alias)"))]
            if device["mount_tag"] == nil { properties.append(Property("mount_tag", .text(device.id))) }
        case "virtio-crypto-pci":
            addObject("cryptodev-backend-builtin", "crypto-\(alias)", [])
            properties = [Property("cryptodev", .text("crypto-\(alias)"))]
        case "virtio-rng-pci", "virtio-rng-pci-transitional", "virtio-rng-pci-non-transitional":
            addObject("rng-builtin", "rng-\(alias)", [])
            properties = [Property("rng", .text("rng-\(alias)"))]
        case "AC97", "ES1370":
            arguments = ["-audiodev", "none,id=audio-\(alias)"]
            properties = [Property("audiodev", .text("audio-\(alias)"))]
        case "pci-ipmi-bt", "pci-ipmi-kcs":
            let controller = [Property("driver", .text("ipmi-bmc-sim")), Property("id", .text("bmc-\(alias)"))]
            arguments = ["-device", JSONText.object(controller)]
            properties = [Property("bmc", .text("bmc-\(alias)"))]
        case "ivshmem-plain", "acpi-erst":
            throw EmissionRefusal("memory-backend", "'\(device.id)': a \(device.model) needs a memory backend")
        default: break
        }
    }

    private mutating func addObject(_ type: String, _ id: String, _ rest: [Property]) {
        let object = [Property("qom-type", .text(type)), Property("id", .text(id))] + rest
        arguments += ["-object", JSONText.object(object)]
    }
}
