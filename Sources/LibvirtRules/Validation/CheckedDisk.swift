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
    /// A drive whose medium can be changed.
    var isDrive: Bool { ["cdrom", "floppy"].contains(device) }
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
    var drive: DriveAddress? {
        if element.first("address") != nil { return DomainReader.address(of: element).drive }
        var disk = DomainDevice(.disk, type: bus, element: element)
        DiskDefaults.complete(&disk)
        return disk.address.drive
    }
}
