import BerthDiagnostics
import BerthXML

/// Source: `virDomainHostdevDefParseXMLSubsys` in src/conf/domain_conf.c @ 9.0.0.
extension ValueReader {
    mutating func readHostDevice(_ device: inout DomainDevice, _ element: XMLElement) {
        if let mode = element["mode"], mode != "subsystem" {
            if mode != "capabilities" {
                refuse("unknown hostdev mode '\(mode)'", .deviceModel, element, attribute: "mode")
            }
            // Host devices of containers.
            device.type = "capabilities"
            return
        }
        guard let type = element["type"] else {
            return refuse("missing source address type", .missingValue, element)
        }
        guard ModelNames.hostDevices.contains(type) else {
            return refuse(
                "unknown host device source address type '\(type)'", .deviceModel, element, attribute: "type")
        }
        device.type = type
        guard let source = element.first("source") else {
            return refuse("Missing <source> element in hostdev device", .missingElement, element)
        }
        switch type {
        case "mdev": device.model = choice(element, "model", among: ModelNames.mediated, isRequired: true) ?? ""
        case "scsi_host": device.model = choice(element, "model", among: ModelNames.vhostSCSI) ?? ""
        default:
            if element["model"] != nil {
                refuse(
                    "'model' attribute in <hostdev> is only supported when type='\(type)'", .deviceModel, element,
                    attribute: "model")
            }
        }
        switch type {
        case "mdev":
            _ = onOff(element, "display")
            _ = onOff(element, "ramfb")
            if source.first("address")?["uuid"] == nil {
                refuse("Missing 'uuid' attribute for element <address>", .missingValue, source)
            }
        case "pci":
            _ = yesNo(source, "writeFiltering")
            if let address = source.first("address") { _ = pciAddress(address) }
            if let driver = element.first("driver") {
                _ = choice(driver, "name", among: ["kvm", "vfio", "xen"])
            }
        default: break
        }
    }
}

extension DomainDevice {
    /// A PCI device of the host: a `<hostdev>`, or an `<interface type='hostdev'>` whose source is on PCI.
    var isOnHostPCI: Bool {
        switch kind {
        case .hostdev: type == "pci"
        case .interface: type == "hostdev" && element?.first("source")?.first("address")?["type"] == "pci"
        default: false
        }
    }

    /// The device on the host that is assigned; 0000:00:00.0 where nothing is written, as libvirt has it.
    package var hostAddress: DomainPCIAddress? {
        guard isOnHostPCI, let source = element?.first("source") else { return nil }
        guard let address = source.first("address") else { return DomainPCIAddress(slot: 0) }
        var reader = ValueReader(file: "")
        return reader.pciAddress(address)
    }
}
