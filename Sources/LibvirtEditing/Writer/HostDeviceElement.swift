import BerthDiagnostics
import BerthLibvirtDomain
import BerthPCI
import BerthStack
import BerthTopology
import BerthXML

/// `<hostdev>` of an assigned IGD.
enum IGDElement {
    static func make(
        _ igd: IGDAssignment, _ plan: DomainPlan
    ) throws(EmissionRefusal) -> (element: XMLElement, override: Override?) {
        guard let bus = plan.buses[igd.slot.bus], bus.accepts(nil, at: igd.slot) else {
            throw EmissionRefusal("libvirt-address", "libvirt keeps \(igd.slot) for a device of the chipset's")
        }
        var element = HostDeviceElement.start(igd.host)
        element.append(try rom(igd))
        element.append(XMLElement("alias", ["name": plan.igdAlias]))
        element.append(try LibvirtAddress.element(igd.slot, on: bus, multifunction: igd.isMultifunction ? true : nil))
        let properties = try igd.properties.typed()
        return (element, properties.isEmpty ? nil : Override(id: plan.igdAlias, properties: properties))
    }

    static func rom(_ igd: IGDAssignment) throws(EmissionRefusal) -> XMLElement {
        switch igd.rom {
        case .none: XMLElement("rom", ["bar": "off"])
        case .hostShadow: XMLElement("rom", ["bar": "on"])
        case .file(let path, _): XMLElement("rom", ["file": try ROMElement.checked(path)])
        }
    }
}

/// `<hostdev>` of any other vfio-pci device.
enum HostDeviceElement {
    /// The driver, which is the default, is named because libvirt 9.0 finds that out only when it starts a guest: so its
    /// `domxml-to-native` takes the document, too (`qemuBuildPCIHostdevDevProps`).
    static func start(_ host: PCIAddress) -> XMLElement {
        let address = XMLElement(
            "address",
            [
                "domain": Hexadecimal.string(host.segment, digits: 4), "bus": Hexadecimal.string(host.bus, digits: 2),
                "slot": Hexadecimal.string(host.device, digits: 2), "function": Hexadecimal.string(host.function),
            ])
        return XMLElement(
            "hostdev", ["mode": "subsystem", "type": "pci", "managed": "yes"],
            [XMLElement("driver", ["name": "vfio"]), XMLElement("source", [address])])
    }

    static func make(_ device: Device, release: QEMURelease) throws(EmissionRefusal) -> NativeElement {
        guard case .text(let text)? = device["host"], let host = PCIAddress(text) else {
            throw EmissionRefusal(
                "host-address", "'\(device.id)': libvirt needs the address of the host's device, as host=0000:00:02.0")
        }
        var element = start(host)
        var said: Set<String> = ["host"]
        if let rom = try ROMElement.make(device) {
            element.append(rom)
            said.formUnion(["romfile", "rombar"])
        }
        var extra: [Property] = []
        let identity = device.identity
        if let vendor = identity?.vendor { extra.append(Property("x-pci-vendor-id", .number(UInt64(vendor)))) }
        if let id = identity?.device { extra.append(Property("x-pci-device-id", .number(UInt64(id)))) }
        if let code = identity?.classCode {
            guard release.overridesClassCode else {
                throw EmissionRefusal(
                    "device-identity", "'\(device.id)': x-pci-class-code needs QEMU 10.1, this guest has \(release)")
            }
            extra.append(Property("x-pci-class-code", .number(UInt64(code.rawValue))))
        }
        return NativeElement(element: element, said: said, extra: extra, identity: true)
    }
}

/// `<rom>` of an interface or a host device.
enum ROMElement {
    /// Nil if the device says nothing about its ROM.
    static func make(_ device: Device) throws(EmissionRefusal) -> XMLElement? {
        var rom = XMLElement("rom")
        if case .number(let bar)? = try device.typed("rombar") { rom["bar"] = bar == 0 ? "off" : "on" }
        if case .text(let path)? = device["romfile"] {
            if path.isEmpty { return XMLElement("rom", ["enabled": "no"]) }
            rom["file"] = try checked(path)
        }
        return rom.attributes.isEmpty ? nil : rom
    }

    /// The schema takes absolute paths only.
    static func checked(_ path: String) throws(EmissionRefusal) -> String {
        guard path.hasPrefix("/") else {
            throw EmissionRefusal("rom-path", "libvirt needs an absolute path for the ROM file '\(path)'")
        }
        return path
    }
}
