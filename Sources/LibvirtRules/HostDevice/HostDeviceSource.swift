import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct HostDeviceSource: DomainCheck {
    let rule = DomainRule(
        "hostdev-identity", "a host device other than a PCI one names its source in full",
        sources: [
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainHostdevDefParseXMLSubsys",
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainHostdevSubsysSCSIiSCSIDefParseXML",
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainMdevDef, qemuValidateDomainDeviceDefHostdev",
            "libvirt 9.0.0 src/conf/domain_validate.c virDomainHostdevDefValidate",
        ],
        """
        SCSI: an address and an adapter, or an iSCSI target with one host; vhost-scsi a wwpn; USB vendor and product
        together, or bus and device. sgio and rawio are for SCSI, startupPolicy is for USB. A team is for PCI.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.devices("hostdev").compactMap { device in
            complaint(device, domain).map {
                finding($0, at: device.first("source") ?? device, in: domain, fix: "change what the message names")
            }
        }
    }

    private func complaint(_ device: XMLElement, _ domain: CheckedDomain) -> String? {
        if device["mode"] == "capabilities" {
            return "hostdev mode 'capabilities' is not supported in \(domain.root["type"] ?? "qemu")"
        }
        guard let type = device["type"], let source = device.first("source") else { return nil }
        if source["startupPolicy"] != nil, type != "usb" {
            return "Setting startupPolicy is only allowed for USB devices"
        }
        if let mode = device["sgio"] {
            if type != "scsi" { return "sgio is only supported for scsi host device" }
            if mode == "unfiltered" { return "unfiltered sgio is no longer supported" }
        }
        if device["rawio"] != nil, type != "scsi" { return "rawio is only supported for scsi host device" }
        if let team = device.first("teaming") {
            if team["type"] != "transient" { return "teaming hostdev devices must have type='transient'" }
            if team["persistent"] == nil {
                return "missing required persistent attribute in hostdev teaming element"
            }
            if type != "pci" { return "teaming is only supported for pci hostdev devices" }
        }
        switch type {
        case "scsi": return scsi(source)
        case "usb": return usb(source)
        case "scsi_host":
            return source["wwpn"] == nil && source["protocol"] == "vhost"
                ? "missing vhost-scsi hostdev source wwpn" : nil
        case "mdev": return mediated(device)
        default: return nil
        }
    }

    private func scsi(_ source: XMLElement) -> String? {
        guard source["protocol"] == "iscsi" else {
            if source.first("address") == nil { return "'address' must be specified for scsi hostdev source" }
            guard let adapter = source.first("adapter")?["name"] else {
                return "'adapter' name must be specified for scsi hostdev source"
            }
            let number = adapter.hasPrefix("scsi_host") ? adapter.dropFirst("scsi_host".count) : "x"
            return LibvirtNumber.unsigned(String(number)) == nil ? "Cannot parse adapter '\(adapter)'" : nil
        }
        if source["name"] == nil { return "missing iSCSI hostdev source path name" }
        switch source.elements("host").count {
        case 0: return "missing the host address for the iSCSI hostdev"
        case 1: break
        default: return "only one source host address may be specified for the iSCSI hostdev"
        }
        guard let secret = source.first("auth")?.first("secret")?["type"], secret != "iscsi" else { return nil }
        return "hostdev invalid secret type '\(secret)'"
    }

    private func usb(_ source: XMLElement) -> String? {
        let (vendor, product) = (source.first("vendor"), source.first("product"))
        if vendor != nil, product == nil { return "missing product" }
        if vendor == nil, product != nil { return "missing vendor" }
        return vendor == nil && source.first("address") == nil
            ? "USB host device is missing bus/device information" : nil
    }

    private func mediated(_ device: XMLElement) -> String? {
        switch device["model"] {
        case "vfio-pci" where device.first("boot") != nil:
            return "booting from assigned devices is not supported by mediated devices of model vfio-pci"
        case "vfio-ap": return "VFIO AP device assignment is not supported by this version of QEMU"
        case "vfio-ccw": return "VFIO CCW device assignment is not supported by this version of QEMU"
        default: return nil
        }
    }
}
