import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

struct DeviceFitsMachine: DomainCheck {
    let rule = DomainRule(
        "device-support", "a device is of a model QEMU has on x86, with what it needs",
        sources: [
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainWatchdogDef, qemuValidateDomainDefPanic",
            "libvirt 9.1.0 NEWS.rst: Support for multiple watchdogs; src/qemu/qemu_validate.c qemuValidateDomainWatchdogDef",
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainSmartcardDef, qemuValidateDomainDefTPMs",
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefTPM, qemuValidateDomainDeviceDefMemballoon",
            "libvirt 9.0.0 src/conf/domain_validate.c virDomainVsockDefValidate, virDomainTPMDevValidate",
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainDefParseXML, virDomainTPMDefParseXML",
        ],
        """
        Watchdogs: i6300esb on PCI, ib700 without an address, itco as a part of q35, one alone before libvirt 9.1; panic: isa at an ISA address, hyperv without; one
        smartcard, at slot 0 of controller 0; one TPM with one backend; hubs and redirected devices are USB. Xen's
        balloon, NVRAM of PowerPC and devices of s390 are for other machines.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard domain.isX86 else { return [] }
        var counts: [String: Int] = [:]
        return domain.devices.flatMap { device -> [Finding] in
            counts[device.name, default: 0] += 1
            let complaint = single(device, counts[device.name] ?? 0, domain) ?? complaint(device, domain)
            return complaint.map {
                [finding($0, at: device, in: domain, fix: "change what the message names, or remove the device")]
            } ?? []
        }
    }

    private func single(_ device: XMLElement, _ number: Int, _ domain: CheckedDomain) -> String? {
        guard number > 1 else { return nil }
        switch device.name {
        case "watchdog":
            return domain.host.libvirt.map { $0 < LibvirtRelease(9, 1) } ?? false
                ? "only a single watchdog device is supported" : nil
        case "vsock": return "only a single vsock device is supported"
        case "nvram": return "only a single nvram device is supported"
        case "smartcard": return "this QEMU binary lacks multiple smartcard support"
        case "tpm":
            return number > 2
                ? "a maximum of two TPM devices is supported, one of them being a TPM Proxy device"
                : "only a single TPM non-proxy device is supported"
        case "redirfilter": return "only one set of redirection filter rule is supported"
        default: return nil
        }
    }

    private func complaint(_ device: XMLElement, _ domain: CheckedDomain) -> String? {
        let address = device.first("address")?["type"]
        let model = device["model"] ?? ""
        switch device.name {
        case "watchdog": return watchdog(model, address, domain)
        case "panic": return panic(device, address, domain)
        case "smartcard":
            if device["mode"] == "host-certificates", device.elements("certificate").count != 3 {
                return "host-certificates mode needs exactly three certificates"
            }
            if let address, address != "ccid" { return "Controllers must use the 'ccid' address type" }
            let isFirst = ["controller", "slot"].allSatisfy { name in
                LibvirtNumber.unsigned(device.first("address")?[name] ?? "0", base: 10) ?? 0 == 0
            }
            return isFirst ? nil : "this QEMU binary lacks multiple smartcard support"
        case "tpm": return tpm(device, model)
        case "memballoon":
            if let period = device.first("stats")?["period"], LibvirtNumber.signed(period, base: 0) == nil {
                return "Invalid value for attribute 'period' in element 'stats': '\(period)'. Expected integer value"
            }
            return model == "xen" ? "Memory balloon device type 'xen' is not supported by this version of qemu" : nil
        case "nvram": return "nvram device is only supported for PPC64"
        case "vsock":
            let cid = device.first("cid")?["address"].flatMap { LibvirtNumber.unsigned($0, base: 10) }
            return (1...2).contains(cid ?? 0) ? "guest CIDs must be >= 3" : nil
        case "redirdev":
            if let address, address != "usb" { return "Invalid address for a USB device" }
            return nil
        case "rng":
            return device.elements("backend").count > 1 ? "only one RNG backend is supported" : nil
        case "sound" where model == "usb" && address.map({ $0 != "usb" }) ?? false: return nil
        default: return nil
        }
    }

    private func watchdog(_ model: String, _ address: String?, _ domain: CheckedDomain) -> String? {
        switch model {
        case "i6300esb":
            return address.map { $0 == "pci" } ?? true ? nil : "i6300esb model of watchdog can go only on PCI bus"
        case "ib700":
            return address == nil ? nil : "ib700 model of watchdog does not support configuring the address"
        case "diag288":
            return address == nil
                ? "diag288 model of watchdog is allowed for s390 and s390x only"
                : "diag288 model of watchdog is virtual and cannot go on any bus."
        case "itco" where address != nil:
            return "itco model of watchdog is part of the machine and cannot have any address set."
        case "itco" where domain.chipset != .q35: return "itco model of watchdog is only part of q35 machine"
        default: return nil
        }
    }

    private func panic(_ device: XMLElement, _ address: String?, _ domain: CheckedDomain) -> String? {
        let model = device["model"] ?? "isa"
        let same = domain.devices("panic").filter { $0["model"] ?? "isa" == model }
        if same.count > 1, same.last == device { return "Multiple panic devices with model '\(model)'" }
        switch model {
        case "s390": return "only S390 guests support panic device of model 's390'"
        case "pseries": return "only pSeries guests support panic device of model 'pseries'"
        case "hyperv":
            return address == nil ? nil : "setting the panic device address is not supported for model 'hyperv'"
        default: return address.map { $0 == "isa" } ?? true ? nil : "panic is supported only with ISA address type"
        }
    }

    private func tpm(_ device: XMLElement, _ model: String) -> String? {
        let backends = device.elements("backend")
        guard let backend = backends.first else { return "missing TPM device backend" }
        if backends.count > 1 { return "only one TPM backend is supported" }
        switch backend["type"] {
        case "external":
            return "The QEMU executable /usr/bin/qemu-system-x86_64 does not support TPM backend type external"
        case "emulator":
            if backend["version"] == "1.2", model == "tpm-crb" {
                return "Unsupported interface 'tpm-crb' for TPM 1.2"
            }
            if backend["version"] == "1.2", backend.first("active_pcr_banks")?.elements().isEmpty == false {
                return "<active_pcr_banks/> requires TPM version '2.0'"
            }
        default: break
        }
        return ["tpm-spapr", "spapr-tpm-proxy"].contains(model)
            ? "The QEMU executable /usr/bin/qemu-system-x86_64 does not support TPM model \(model)" : nil
    }
}
