import BerthDiagnostics
import BerthPCI
import BerthStack
import BerthTopology
import BerthXML

/// Everything of a domain between its name and its devices.
enum DomainHead {
    static func elements(_ topology: GuestTopology) throws(EmissionRefusal) -> [XMLElement] {
        var elements = try memory(topology.ram)
        elements.append(firmware(topology))
        // Without this libvirt passes -no-acpi, which moves the chipset's I/O ports.
        if topology.machine.hasACPI { elements.append(XMLElement("features", [XMLElement("acpi")])) }
        if let processor = try processor(topology) { elements.append(processor) }
        return elements
    }

    /// Libvirt rounds memory up to whole mebibytes (`qemuDomainAlignMemorySizes`), which would move
    /// addresses, and lets memory be plugged in only with slots.
    private static func memory(_ ram: GuestRAM) throws(EmissionRefusal) -> [XMLElement] {
        let size = try kibibytes(ram.size)
        guard let maximum = ram.pluggableMaximum else { return [XMLElement("memory", ["unit": "KiB"], text: size)] }
        guard (1...256).contains(ram.slots) else {
            throw EmissionRefusal(
                "memory-slots",
                "libvirt needs 1 to 256 memory slots where memory can grow to \(maximum), this guest has \(ram.slots)")
        }
        return [
            XMLElement("maxMemory", ["slots": "\(ram.slots)", "unit": "KiB"], text: try kibibytes(maximum)),
            XMLElement("memory", ["unit": "KiB"], text: size),
        ]
    }

    private static func kibibytes(_ size: ByteCount) throws(EmissionRefusal) -> String {
        guard size.rawValue.isMultiple(of: 1 << 20) else {
            throw EmissionRefusal("memory-size", "libvirt rounds memory up to whole mebibytes; \(size) is not")
        }
        return "\(size.rawValue >> 10)"
    }

    /// The manual form: automatic selection would pick a build with Secure Boot where there is one.
    private static func firmware(_ topology: GuestTopology) -> XMLElement {
        var os = XMLElement(
            "os", [XMLElement("type", ["arch": "x86_64", "machine": topology.machine.name], text: "hvm")])
        if let flash = topology.firmwareKind.traits.flash {
            os.append(XMLElement("loader", ["readonly": "yes", "type": "pflash"], text: flash.code))
            os.append(XMLElement("nvram", ["template": flash.variables]))
        }
        return os
    }

    /// Nil for `qemu64`, which is libvirt's default, too. Memory that can grow needs a NUMA cell
    /// (`At least one numa node has to be configured when enabling memory hotplug`); one cell changes no address.
    private static func processor(_ topology: GuestTopology) throws(EmissionRefusal) -> XMLElement? {
        var cpu = XMLElement("cpu")
        let processor = topology.processor
        if processor != .qemu64 {
            cpu["mode"] = "custom"
            cpu["match"] = "exact"
            cpu["check"] = "none"
            let vendor = processor.vendor.identification
            cpu.append(XMLElement("model", ["fallback": "forbid", "vendor_id": vendor], text: "qemu64"))
            cpu.append(XMLElement("maxphysaddr", ["mode": "emulate", "bits": "\(processor.physicalAddressBits)"]))
            if processor.hasGiantPages {
                cpu.append(XMLElement("feature", ["policy": "require", "name": "pdpe1gb"]))
            }
        }
        if topology.ram.pluggableMaximum != nil {
            let cell = XMLElement(
                "cell", ["id": "0", "cpus": "0", "memory": try kibibytes(topology.ram.size), "unit": "KiB"])
            cpu.append(XMLElement("numa", [cell]))
        }
        return cpu.children.isEmpty ? nil : cpu
    }
}

extension GuestRAM {
    /// The maximum, if it leaves room for anything.
    fileprivate var pluggableMaximum: ByteCount? { maximum.flatMap { $0 > size ? $0 : nil } }
}
