import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

/// Smartcards and trusted platform modules.
enum TrustedDevices: RuleTable {
    static let all = [cardOnce, certificates, cardAddress, cardPlace, moduleOnce, backend, backendType, version, model]

    private static let card = ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainSmartcardDef"]
    private static let modules = ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDefTPMs"]
    private static let module = ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefTPM"]
    private static let parsing = ["libvirt 9.0.0 src/conf/domain_conf.c virDomainTPMDefParseXML"]

    private static let cardOnce = RuleRow.single(
        "smartcard", "smartcard-once", "there is one smartcard", remedy: "remove one <smartcard>", sources: card,
        "QEMU's reader has one slot.",
        refusing: "this QEMU binary lacks multiple smartcard support")

    private static let certificates = RuleRow.devices(
        "smartcard", "smartcard-certificates", "a card made of the host's certificates has three of them",
        remedy: "write three <certificate>",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainSmartcardDefParseXML"],
        "To sign, to encrypt and to identify."
    ) { device, domain, report in
        guard domain.isX86, device["mode"] == "host-certificates", device.elements("certificate").count != 3 else {
            return
        }
        report.refuse("host-certificates mode needs exactly three certificates", at: device)
    }

    private static let cardAddress = RuleRow.devices(
        "smartcard", "smartcard-address", "a smartcard is in a reader", remedy: "remove <address>", sources: card,
        "Its address is of type ccid."
    ) { device, domain, report in
        guard domain.isX86, let type = device.first("address")?["type"], type != "ccid" else { return }
        report.refuse("Controllers must use the 'ccid' address type", at: device)
    }

    private static let cardPlace = RuleRow.devices(
        "smartcard", "smartcard-slot", "a smartcard is in the first slot of the first reader",
        remedy: "remove <address>",
        sources: card, "There is no other."
    ) { device, domain, report in
        guard domain.isX86, let address = device.first("address"), address["type"] ?? "ccid" == "ccid",
            ["controller", "slot"].contains(where: { LibvirtNumber.unsigned(address[$0] ?? "0", base: 10) ?? 0 != 0 })
        else { return }
        report.refuse("this QEMU binary lacks multiple smartcard support", at: device)
    }

    private static let moduleOnce = RuleRow.domain(
        "tpm-once", "there is one TPM", remedy: "remove one <tpm>", sources: modules,
        "pSeries can have a proxy beside it."
    ) { domain, report in
        guard domain.isX86 else { return }
        for (position, device) in domain.devices("tpm").enumerated().dropFirst() {
            report.refuse(
                position > 1
                    ? "a maximum of two TPM devices is supported, one of them being a TPM Proxy device"
                    : "only a single TPM non-proxy device is supported", at: device)
        }
    }

    private static let backend = RuleRow.devices(
        "tpm", "tpm-backend", "a TPM has one backend", remedy: "write one <backend type='emulator'/>", sources: parsing,
        "swtpm, or a TPM of the host."
    ) { device, domain, report in
        guard domain.isX86 else { return }
        switch device.elements("backend").count {
        case 0: report.refuse("missing TPM device backend", at: device)
        case 1: break
        default: report.refuse("only one TPM backend is supported", at: device)
        }
    }

    /// The one backend of a TPM.
    private static func backend(_ device: XMLElement, _ domain: CheckedDomain) -> XMLElement? {
        let backends = device.elements("backend")
        return domain.isX86 && backends.count == 1 ? backends[0] : nil
    }

    private static let backendType = RuleRow.devices(
        "tpm", "tpm-backend-type", "the backend of a TPM is one libvirt has", remedy: "write type='emulator'",
        sources: module, "An external swtpm is known since libvirt 9.0, and not to the QEMU that Debian 12 has."
    ) { device, domain, report in
        guard backend(device, domain)?["type"] == "external", domain.isRead(by: .until(9, 1)) else { return }
        report.refuse(
            "The QEMU executable /usr/bin/qemu-system-x86_64 does not support TPM backend type external", at: device)
    }

    private static let version = RuleRow.devices(
        "tpm", "tpm-version", "a TPM 1.2 has neither CRB nor banks", remedy: "write version='2.0'",
        sources: module + ["libvirt 9.0.0 src/conf/domain_validate.c virDomainTPMDevValidate"],
        "The interface tpm-crb and banks of PCRs came with 2.0."
    ) { device, domain, report in
        guard let backend = backend(device, domain), backend["type"] == "emulator", backend["version"] == "1.2" else {
            return
        }
        if device["model"] == "tpm-crb" {
            report.refuse("Unsupported interface 'tpm-crb' for TPM 1.2", at: device)
        } else if backend.first("active_pcr_banks")?.elements().isEmpty == false {
            report.refuse("<active_pcr_banks/> requires TPM version '2.0'", at: device)
        }
    }

    private static let model = RuleRow.devices(
        "tpm", "tpm-model", "a TPM is one of a PC", remedy: "write model='tpm-tis' or 'tpm-crb'", sources: module,
        "tpm-spapr and spapr-tpm-proxy are pSeries'."
    ) { device, domain, report in
        guard backend(device, domain) != nil, let model = device["model"],
            ["tpm-spapr", "spapr-tpm-proxy"].contains(model)
        else { return }
        report.refuse(
            "The QEMU executable /usr/bin/qemu-system-x86_64 does not support TPM model \(model)", at: device)
    }
}
