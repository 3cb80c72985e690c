import BerthDiagnostics
import BerthPCI
import BerthTopology
import BerthXML

/// A device as one of libvirt's elements, still without alias and address.
struct NativeElement {
    var element: XMLElement
    /// Properties that the element says itself.
    var said: Set<String> = []
    /// Properties it needs beside the device's own.
    var extra: [Property] = []
    /// Whether it can say another vendor, device id or class.
    var identity = false

    /// Nil for a model that has no element, or whose only element is taken.
    static func make(
        _ device: Device, plan: DomainPlan, indices: inout ControllerIndices, singles: inout SingleElements
    ) throws(EmissionRefusal) -> NativeElement? {
        let (model, suffix) = split(device.model)
        if let type = interfaces[model] { return try interface(type + suffix, device) }
        if let video = videos[model], suffix.isEmpty {
            // The first is primary, as QEMU's -vga would have it; most models can only be that.
            return singles.claimVideo() ? NativeElement(element: XMLElement("video", [video])) : nil
        }
        if let (type, name) = controllers[model] {
            var element = XMLElement("controller", ["type": type, "index": "\(indices.next(type, plan.topology))"])
            if !suffix.isEmpty {
                element["model"] = "virtio" + suffix
            } else if !name.isEmpty {
                element["model"] = name
            }
            return NativeElement(element: element)
        }
        switch model {
        case "virtio-rng-pci":
            let backend = XMLElement("backend", ["model": "random"], text: "/dev/urandom")
            return NativeElement(element: XMLElement("rng", ["model": "virtio" + suffix], [backend]))
        case "virtio-balloon-pci":
            singles.hasBalloon = true
            return NativeElement(element: XMLElement("memballoon", ["model": "virtio" + suffix]))
        case "i6300esb":
            guard singles.claimWatchdog() else { return nil }
            return NativeElement(element: XMLElement("watchdog", ["model": "i6300esb", "action": "reset"]))
        case "pci-serial":
            let target = XMLElement(
                "target", ["type": "pci-serial", "port": "\(indices.next("serial", plan.topology))"],
                [XMLElement("model", ["name": "pci-serial"])])
            return NativeElement(element: XMLElement("serial", ["type": "null"], [target]))
        case "ivshmem-plain": return sharedMemory(device, plan)
        default: return nil
        }
    }

    /// Virtio devices come in three flavours, which libvirt writes behind its own name of the model.
    private static func split(_ model: String) -> (model: String, suffix: String) {
        for suffix in ["-non-transitional", "-transitional"] where model.hasPrefix("virtio-") && model.hasSuffix(suffix)
        {
            return (String(model.dropLast(suffix.count)), suffix)
        }
        return (model, "")
    }

    private static let interfaces = [
        "virtio-net-pci": "virtio", "e1000": "e1000", "e1000e": "e1000e", "rtl8139": "rtl8139",
    ]

    private static let videos = [
        "VGA": video("vga"), "qxl-vga": video("qxl"), "cirrus-vga": video("cirrus"), "virtio-vga": video("virtio"),
        "bochs-display": video("bochs"),
    ]

    private static func video(_ type: String) -> XMLElement {
        XMLElement("model", ["type": type, "primary": "yes"])
    }

    /// Type and model of controllers that are not PCI bridges; an empty model is libvirt's only one.
    private static let controllers = [
        "virtio-scsi-pci": ("scsi", "virtio-scsi"), "lsi53c895a": ("scsi", "lsilogic"),
        "mptsas1068": ("scsi", "lsisas1068"),
        "megasas": ("scsi", "lsisas1078"), "pvscsi": ("scsi", "vmpvscsi"), "virtio-serial-pci": ("virtio-serial", ""),
        "ich9-ahci": ("sata", ""),
    ]
}

extension NativeElement {
    /// `type='user'` needs nothing on the host. Without a `mac` property libvirt draws an address.
    private static func interface(_ model: String, _ device: Device) throws(EmissionRefusal) -> NativeElement {
        var element = XMLElement("interface", ["type": "user"])
        var said: Set<String> = []
        if case .text(let mac)? = device["mac"] {
            element.append(XMLElement("mac", ["address": mac]))
            said.insert("mac")
        }
        element.append(XMLElement("model", ["type": model]))
        if let rom = try ROMElement.make(device) {
            element.append(rom)
            said.formUnion(["romfile", "rombar"])
        }
        return NativeElement(element: element, said: said)
    }

    /// Libvirt keeps the memory in `/dev/shm/NAME`, which outlives the guest; NAME carries the guest's name so that
    /// two guests do not share it. Nil where libvirt could not have that size or path: it takes powers of two
    /// from 1 MiB up (`qemuBuildShmemCommandLine` @ 9.0.0). Nil, too, for one with a ROM: `<rom>` is for interfaces and host
    /// devices only.
    private static func sharedMemory(_ device: Device, _ plan: DomainPlan) -> NativeElement? {
        guard let backend = device.backend, device["romfile"] == nil, backend.size >= .mib(1), backend.size.isPowerOfTwo
        else { return nil }
        var name = "\(plan.domainName)-\(device.id)"
        if let path = backend.path {
            let folder = "/dev/shm/"
            guard path.hasPrefix(folder) else { return nil }
            name = String(path.dropFirst(folder.count))
        }
        guard !name.isEmpty, name != ".", name != "..", !name.contains("/") else { return nil }
        return NativeElement(
            element: XMLElement(
                "shmem", ["name": name],
                [
                    XMLElement("model", ["type": "ivshmem-plain"]),
                    XMLElement("size", ["unit": "KiB"], text: "\(backend.size.rawValue >> 10)"),
                ]))
    }
}

/// Next free index of each type of controller.
struct ControllerIndices {
    private var next: [String: Int] = [:]

    mutating func next(_ type: String, _ topology: GuestTopology) -> Int {
        // ICH9's own AHCI is sata 0, whether the machine has it or not.
        let first = type == "sata" && topology.machine.type == .q35 ? 1 : 0
        let index = next[type] ?? first
        next[type] = index + 1
        return index
    }
}

/// Elements of which a domain has one.
struct SingleElements {
    private(set) var hasVideo = false
    /// QEMU takes one; the tree refuses a second.
    var hasBalloon = false
    private var hasWatchdog = false

    /// False for the second and later.
    mutating func claimVideo() -> Bool { claim(\.hasVideo) }
    mutating func claimWatchdog() -> Bool { claim(\.hasWatchdog) }

    private mutating func claim(_ flag: WritableKeyPath<SingleElements, Bool>) -> Bool {
        defer { self[keyPath: flag] = true }
        return !self[keyPath: flag]
    }
}
