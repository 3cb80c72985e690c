import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

/// `<os>`.
enum SystemSettings: RuleTable {
    static let all = [
        type, kind, architecture, hypervisor, bootMenu, reboot, serialOutput, acpiTable, keys, bootOrder, bootOrderOnce,
        launchSecurity,
    ]

    private static let parsing = ["libvirt 9.0.0 src/conf/domain_conf.c virDomainDefParseCaps"]
    private static let boot = ["libvirt 9.0.0 src/conf/domain_validate.c virDomainDefBootValidate"]

    /// Nil where there is no type, and nothing else is looked at.
    private static func os(_ domain: CheckedDomain) -> XMLElement? {
        domain.root.first("os").flatMap { $0.first("type")?.text.isEmpty ?? true ? nil : $0 }
    }

    private static let type = RuleRow.domain(
        "os-type", "a domain has an os with a type", sources: parsing, "hvm: a whole machine."
    ) { domain, report in
        guard os(domain) == nil else { return }
        let os = domain.root.first("os")
        report.refuse(
            "an os <type> must be specified", at: os ?? domain.root,
            fix: os == nil ? "add <os><type>hvm</type></os>" : "give it a <type>hvm</type>")
    }

    private static let kind = RuleRow.domain(
        "os-kind", "a guest of QEMU is a whole machine", remedy: "write <type>hvm</type>", sources: parsing,
        "xen, linux, exe, uml and xenpvh are guests of other hypervisors."
    ) { domain, report in
        guard let type = os(domain)?.first("type"), ["xen", "linux", "exe", "uml", "xenpvh"].contains(type.text) else {
            return
        }
        report.refuse("Emulator '\(emulator(domain))' does not support os type '\(type.text)'", at: type)
    }

    private static func emulator(_ domain: CheckedDomain) -> String {
        domain.root.first("devices")?.first("emulator")?.text ?? "/usr/bin/qemu-system-x86_64"
    }

    private static let architecture = RuleRow.domain(
        "os-architecture", "an emulator of x86 runs guests of x86",
        remedy: "write arch='x86_64', or the emulator of that architecture", sources: parsing,
        "Each architecture has a QEMU of its own, which is named for it; that of x86_64 runs i686, too."
    ) { domain, report in
        guard let type = os(domain)?.first("type"), let arch = type["arch"], !["x86_64", "i686"].contains(arch),
            domain.root.first("devices")?.first("emulator") != nil, emulator(domain).hasSuffix("/qemu-system-x86_64")
        else { return }
        report.refuse("Emulator '\(emulator(domain))' does not support arch '\(arch)'", at: type, "arch")
    }

    private static let hypervisor = RuleRow.domain(
        "domain-type", "a QEMU on Linux emulates or has KVM", remedy: "write type='kvm'", sources: parsing,
        "hvf is macOS's."
    ) { domain, report in
        guard domain.root["type"] == "hvf" else { return }
        report.refuse(
            "Emulator '\(emulator(domain))' does not support virt type 'hvf'", at: domain.root, "type")
    }

    private static let bootMenu = RuleRow.domain(
        "boot-menu", "a boot menu waits up to 65535 ms", remedy: "write a lower timeout=", sources: boot,
        "fw_cfg has 16 bits for it."
    ) { domain, report in
        guard let menu = os(domain)?.first("bootmenu"), menu["enable"] == "yes",
            let timeout = menu["timeout"].flatMap({ LibvirtNumber.unsigned($0, base: 0) }), timeout > 65535
        else { return }
        report.refuse("invalid value for boot menu timeout, must be in range [0,65535]", at: menu)
    }

    private static let reboot = RuleRow.domain(
        "boot-reboot", "a BIOS that cannot boot waits up to 65535 ms", remedy: "write another rebootTimeout=",
        sources: boot,
        "-1 waits for ever."
    ) { domain, report in
        guard let bios = os(domain)?.first("bios"),
            let timeout = bios["rebootTimeout"].flatMap({ LibvirtNumber.signed($0) }), !(-1...65535).contains(timeout)
        else { return }
        report.refuse("invalid value for rebootTimeout, must be in range [-1,65535]", at: bios)
    }

    private static let serialOutput = RuleRow.domain(
        "boot-serial", "a BIOS that prints to a serial port has one", remedy: "add <serial type='pty'/>",
        sources: ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDef"], "useserial='yes' is SGABIOS."
    ) { domain, report in
        guard let bios = os(domain)?.first("bios"), bios["useserial"] == "yes", domain.devices("serial").isEmpty,
            !domain.devices("console").contains(where: { ["serial", nil].contains($0.first("target")?["type"]) })
        else { return }
        report.refuse("need at least one serial port to use BIOS serial output", at: bios)
    }

    private static let acpiTable = RuleRow.domain(
        "acpi-table", "ACPI tables are as many as libvirt passes on, and of kinds that QEMU takes",
        sources: parsing + ["libvirt 11.3.0 src/qemu/qemu_validate.c qemuValidateDomainDefBoot"],
        "Libvirt 9.0 passes on one of type slic; 11.3 any number of raw, and one each of slic and msdm."
    ) { domain, report in
        guard let tables = os(domain)?.first("acpi")?.elements("table") else { return }
        guard domain.isRead(by: .since(9, 1)) else {
            if tables.count > 1 { report.surplus("Only one acpi table is supported", tables[1]) }
            return
        }
        var seen: Set<String> = []
        for table in tables {
            guard let type = table["type"] else { continue }
            if type == "rawset" {
                report.refuse("ACPI table type 'rawset' is not supported", at: table, "type")
            } else if type != "raw", !seen.insert(type).inserted {
                report.refuse("ACPI table type '\(type)' may only appear once", at: table, "type")
            }
        }
    }

    private static let keys = RuleRow.domain(
        "firmware-keys", "firmware with enrolled keys has Secure Boot", remedy: "write enabled='yes' for secure-boot",
        sources: ["libvirt 9.0.0 src/conf/domain_validate.c virDomainDefOSValidate"], "Nothing else uses them."
    ) { domain, report in
        guard let firmware = os(domain)?.first("firmware") else { return }
        func feature(_ name: String) -> String? {
            firmware.elements("feature").first { $0["name"] == name }?["enabled"]
        }
        guard feature("enrolled-keys") == "yes", feature("secure-boot") == "no" else { return }
        report.refuse(
            "firmware feature 'enrolled-keys' cannot be enabled when firmware feature 'secure-boot' is disabled",
            at: firmware)
    }

    private static func ordered(_ domain: CheckedDomain) -> [(element: XMLElement, order: String)] {
        domain.devices.compactMap { device in
            guard let boot = device.first("boot"), let order = boot["order"], !order.isEmpty else { return nil }
            return (boot, order)
        }
    }

    private static let bootOrder = RuleRow.domain(
        "boot-order", "the boot order is in one place", remedy: "remove <boot dev=> from <os>",
        sources: ["libvirt 9.0.0 src/conf/domain_postparse.c virDomainDefBootOrderPostParse"],
        "Either <os><boot dev=>, or <boot order=> of devices."
    ) { domain, report in
        guard let first = ordered(domain).first, domain.root.first("os")?.first("boot") != nil else { return }
        report.refuse(
            "per-device boot elements cannot be used together with os/boot elements", at: first.element)
    }

    private static let bootOrderOnce = RuleRow.domain(
        "boot-order-once", "a place in the boot order is one device's", remedy: "write another order",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainDefCollectBootOrder"], "Firmware goes by it."
    ) { domain, report in
        guard domain.root.first("os")?.first("boot") == nil else { return }
        var seen: Set<String> = []
        for (boot, order) in ordered(domain) where !seen.insert(order).inserted {
            report.refuse("boot order '\(order)' used for more than one device", at: boot, "order")
        }
    }

    /// NEWS.rst @ 10.5.0: "Introduce SEV-SNP support"; tdx is in 12.8 and not in 11.3.
    private static let launchKinds = (["sev", "s390-pv"] as LibvirtNames)
        .adding("sev-snp", for: .since(10, 5)).adding("tdx", for: .since(11, 4))

    private static let launchSecurity = RuleRow.domain(
        "launch-security", "a guest is encrypted in a way that libvirt knows", remedy: "write type='sev'",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainSecDefParseXML"],
        "sev and s390-pv; sev-snp from 10.5 on, tdx after 11.3."
    ) { domain, report in
        guard let element = domain.root.first("launchSecurity"), let type = element["type"],
            !launchKinds.contains(type, in: domain.libvirt)
        else { return }
        report.refuse("Invalid value for attribute 'type' in element 'launchSecurity': '\(type)'.", at: element, "type")
    }
}
