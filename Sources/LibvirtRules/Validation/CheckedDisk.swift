import BerthLibvirtDomain
import BerthXML

/// A `<disk>` with what libvirt fills in.
struct CheckedDisk {
    let element: XMLElement
    let target: XMLElement?
    let driver: XMLElement?
    let source: XMLElement?
    /// `disk`, `cdrom`, `lun`, `floppy`.
    let device: String
    let bus: String
    /// The name in `<target dev=>`; empty where there is none.
    let name: String
    /// `file`, `block`, `network`…
    let type: String
    /// Of the image; nil where nothing is written.
    let format: String?

    init(_ element: XMLElement) {
        self.element = element
        target = element.first("target")
        driver = element.first("driver")
        source = element.first("source")
        device = element["device"] ?? "disk"
        name = target?["dev"] ?? ""
        bus = target?["bus"] ?? DiskDefaults.bus(of: name, isFloppy: device == "floppy")
        type = element["type"] ?? "file"
        format = driver?["type"]
    }

    var isReadOnly: Bool { element.first("readonly") != nil || device == "cdrom" }
    var isLun: Bool { device == "lun" }
    var isVirtio: Bool { bus == "virtio" }

    /// The path of a local image; nil where nothing, or nothing but an empty text, is written.
    var path: String? {
        let name = ["block": "dev", "dir": "dir", "file": "file"][type] ?? "file"
        return source?[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Whether there is no medium (`virStorageSourceIsEmpty` in src/conf/storage_source_conf.c @ 9.0.0).
    var isEmpty: Bool {
        switch type {
        case "file", "block", "dir": path == nil
        case "volume", "network", "nvme", "vhostuser": source == nil
        default: true
        }
    }

    /// The drive address that is written, or that the name gives; nil for another.
    var drive: (controller: Int, bus: Int, target: Int, unit: Int)? {
        if let address = element.first("address") {
            guard address["type"] == "drive" else { return nil }
            func number(_ name: String) -> Int {
                Int(address[name].flatMap { LibvirtNumber.unsigned($0, base: 10) } ?? 0)
            }
            return (number("controller"), number("bus"), number("target"), number("unit"))
        }
        var disk = DomainDevice(.disk, type: bus, element: element)
        DiskDefaults.complete(&disk)
        guard case .drive(let controller, let bus, let target, let unit) = disk.address else { return nil }
        return (controller, bus, target, unit)
    }
}

extension CheckedDomain {
    var disks: [CheckedDisk] { devices("disk").map(CheckedDisk.init) }
}
