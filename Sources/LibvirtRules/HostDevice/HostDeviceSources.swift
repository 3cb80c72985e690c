import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

/// Which device of the host is meant, where it is none on PCI.
enum HostDeviceSources: RuleTable {
    static let all = [mode, startupPolicy, sgio, rawio, scsi, iscsi, usb, vhostSCSI]

    private static let parsing = ["libvirt 9.0.0 src/conf/domain_conf.c virDomainHostdevDefParseXMLSubsys"]
    private static let validate = ["libvirt 9.0.0 src/conf/domain_validate.c virDomainHostdevDefValidate"]
    private static let remedy = "change what the message names"

    private static func refuse(_ message: String, _ device: XMLElement, _ report: inout Report) {
        report.refuse(message, at: device.first("source") ?? device)
    }

    private static let mode = RuleRow.devices(
        "hostdev", "hostdev-mode", "a host device is part of a subsystem", remedy: "write mode='subsystem'",
        sources: ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefHostdev"],
        "capabilities are devices of containers."
    ) { device, domain, report in
        guard device["mode"] == "capabilities" else { return }
        refuse("hostdev mode 'capabilities' is not supported in \(domain.root["type"] ?? "qemu")", device, &report)
    }

    private static let startupPolicy = RuleRow.devices(
        "hostdev", "hostdev-startup-policy", "a host device that may be missing is on USB",
        remedy: "remove startupPolicy=",
        sources: parsing, "What is plugged in may be out."
    ) { device, _, report in
        guard device["mode"] != "capabilities", device["type"] != "usb",
            device.first("source")?["startupPolicy"] != nil
        else { return }
        refuse("Setting startupPolicy is only allowed for USB devices", device, &report)
    }

    private static let sgio = RuleRow.devices(
        "hostdev", "hostdev-sgio", "SCSI commands to a host device are filtered", remedy: "remove sgio=",
        sources: parsing,
        "Kernels no longer let them through unfiltered; devices that are no SCSI device take none."
    ) { device, _, report in
        guard device["mode"] != "capabilities", let mode = device["sgio"] else { return }
        if device["type"] != "scsi" {
            refuse("sgio is only supported for scsi host device", device, &report)
        } else if mode == "unfiltered" {
            refuse("unfiltered sgio is no longer supported", device, &report)
        }
    }

    private static let rawio = RuleRow.devices(
        "hostdev", "hostdev-rawio", "raw I/O is for SCSI devices", remedy: "remove rawio=", sources: parsing,
        "It gives QEMU the right to any SCSI command."
    ) { device, _, report in
        guard device["mode"] != "capabilities", device["rawio"] != nil, device["type"] != "scsi" else { return }
        refuse("rawio is only supported for scsi host device", device, &report)
    }

    /// A device of the host that libvirt gets as far as to read.
    private static func source(_ device: XMLElement, _ type: String) -> XMLElement? {
        device["mode"] != "capabilities" && device["type"] == type ? device.first("source") : nil
    }

    private static let scsi = RuleRow.devices(
        "hostdev", "hostdev-scsi-source", "a SCSI device is named by adapter and address", remedy: remedy,
        sources: parsing, "<adapter name='scsi_host0'/> and <address bus= target= unit=/>."
    ) { device, _, report in
        guard let source = source(device, "scsi"), source["protocol"] != "iscsi" else { return }
        if source.first("address") == nil {
            return refuse("'address' must be specified for scsi hostdev source", device, &report)
        }
        guard let adapter = source.first("adapter")?["name"] else {
            return refuse("'adapter' name must be specified for scsi hostdev source", device, &report)
        }
        let number = adapter.hasPrefix("scsi_host") ? adapter.dropFirst("scsi_host".count) : "x"
        if LibvirtNumber.unsigned(String(number)) == nil {
            refuse("Cannot parse adapter '\(adapter)'", device, &report)
        }
    }

    private static let iscsi = RuleRow.devices(
        "hostdev", "hostdev-iscsi-source", "an iSCSI device is named by its target on one host", remedy: remedy,
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainHostdevSubsysSCSIiSCSIDefParseXML"],
        "name= is the IQN and the unit, <host> the portal; a secret is one of usage iscsi."
    ) { device, _, report in
        guard let source = source(device, "scsi"), source["protocol"] == "iscsi" else { return }
        if source["name"] == nil { return refuse("missing iSCSI hostdev source path name", device, &report) }
        switch source.elements("host").count {
        case 0: return refuse("missing the host address for the iSCSI hostdev", device, &report)
        case 1: break
        default: return refuse("only one source host address may be specified for the iSCSI hostdev", device, &report)
        }
        if let secret = source.first("auth")?.first("secret")?["type"], secret != "iscsi" {
            refuse("hostdev invalid secret type '\(secret)'", device, &report)
        }
    }

    private static let usb = RuleRow.devices(
        "hostdev", "hostdev-usb-source", "a USB device is named by vendor and product, or by bus and device",
        remedy: remedy, sources: parsing, "Vendor and product belong together; an address is of the moment."
    ) { device, domain, report in
        guard let source = source(device, "usb") else { return }
        if let address = source.first("address"), address["device"] == nil,
            address["port"] == nil || domain.isRead(by: .until(11, 4))
        {
            // 12.8 takes a port instead, 11.3 does not: recorded.
            refuse("Missing required attribute 'device' in element 'address'", device, &report)
        }
        let (vendor, product) = (source.first("vendor"), source.first("product"))
        if vendor != nil, product == nil {
            refuse("missing product", device, &report)
        } else if vendor == nil, product != nil {
            refuse("missing vendor", device, &report)
        } else if vendor == nil, source.first("address") == nil {
            refuse("USB host device is missing bus/device information", device, &report)
        }
    }

    private static let vhostSCSI = RuleRow.devices(
        "hostdev", "hostdev-vhost-source", "a vhost-scsi device is named by its wwpn", remedy: "add wwpn=",
        sources: parsing, "It is the name of a target in the kernel of the host."
    ) { device, _, report in
        guard let source = source(device, "scsi_host"), source["wwpn"] == nil, source["protocol"] == "vhost" else {
            return
        }
        refuse("missing vhost-scsi hostdev source wwpn", device, &report)
    }
}
