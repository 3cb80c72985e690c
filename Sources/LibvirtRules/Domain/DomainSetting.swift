import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct DomainSetting: DomainCheck {
    let rule = DomainRule(
        "domain-setting", "settings of the whole domain are ones QEMU has on x86",
        sources: [
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainDefParseCaps, virDomainDefParseIDs, virDomainPerfEventDefParseXML",
            "libvirt 9.0.0 src/conf/domain_validate.c virDomainDefBootValidate, virDomainDefResourceValidate",
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDef",
            "libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainDefPostParse",
            "libvirt 9.0.0 src/qemu/qemu_command.c qemuAppendKeyWrapMachineParm",
        ],
        """
        An <os> with a type; boot menu and reboot timeouts up to 65535; a serial BIOS console needs a serial port; key
        wrapping, boot loaders and memory guarantees are not x86's or not QEMU's; what may be given once is not repeated.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        untyped(domain)
            + (system(domain) + whole(domain)).map { element, message in
                finding(message, at: element, in: domain, fix: "remove <\(element.name)>, or change its value")
            }
    }

    private func untyped(_ domain: CheckedDomain) -> [Finding] {
        let os = domain.root.first("os")
        guard os?.first("type")?.text.isEmpty ?? true else { return [] }
        return [
            finding(
                "an os <type> must be specified", at: os ?? domain.root, in: domain,
                fix: os == nil ? "add <os><type>hvm</type></os>" : "give it a <type>hvm</type>")
        ]
    }

    private typealias Complaint = (XMLElement, String)

    private func system(_ domain: CheckedDomain) -> [Complaint] {
        guard let os = domain.root.first("os"), let type = os.first("type"), !type.text.isEmpty else {
            return []
        }
        var found: [Complaint] = []
        if type.text != "hvm", ["xen", "linux", "exe", "uml", "xenpvh"].contains(type.text) {
            let emulator = domain.root.first("devices")?.first("emulator")?.text ?? "/usr/bin/qemu-system-x86_64"
            found.append((type, "Emulator '\(emulator)' does not support os type '\(type.text)'"))
        }
        if let menu = os.first("bootmenu"), menu["enable"] == "yes",
            let timeout = menu["timeout"].flatMap({ LibvirtNumber.unsigned($0, base: 0) }), timeout > 65535
        {
            found.append((menu, "invalid value for boot menu timeout, must be in range [0,65535]"))
        }
        if let bios = os.first("bios") {
            if let timeout = bios["rebootTimeout"].flatMap({ LibvirtNumber.signed($0) }),
                !(-1...65535).contains(timeout)
            {
                found.append((bios, "invalid value for rebootTimeout, must be in range [-1,65535]"))
            }
            let hasSerial =
                !domain.devices("serial").isEmpty
                || domain.devices("console").contains { ["serial", nil].contains($0.first("target")?["type"]) }
            if bios["useserial"] == "yes", !hasSerial {
                found.append((bios, "need at least one serial port to use BIOS serial output"))
            }
        }
        if let tables = os.first("acpi")?.elements("table"), tables.count > 1 {
            found.append((tables[1], "Only one acpi table is supported"))
        }
        if let firmware = os.first("firmware") {
            func feature(_ name: String) -> String? {
                firmware.elements("feature").first { $0["name"] == name }?["enabled"]
            }
            if feature("enrolled-keys") == "yes", feature("secure-boot") == "no" {
                found.append(
                    (
                        firmware,
                        "firmware feature 'enrolled-keys' cannot be enabled when firmware feature 'secure-boot' is "
                            + "disabled"
                    ))
            }
        }
        return found
    }

    private func whole(_ domain: CheckedDomain) -> [Complaint] {
        let root = domain.root
        var found: [Complaint] = []
        if let loader = root.first("bootloader") { found.append((loader, "bootloader is not supported by QEMU")) }
        if let guarantee = root.first("memtune")?.first("min_guarantee"),
            ScaledSize.bytes(guarantee, defaultUnit: 1024) ?? 0 > 0
        {
            found.append((guarantee, "Parameter 'min_guarantee' not supported by QEMU."))
        }
        for cipher in root.first("keywrap")?.elements("cipher") ?? [] {
            if let name = cipher["name"], cipher["state"] != nil {
                found.append((cipher, "\(name)-key-wrap is not available with this QEMU binary"))
            }
        }
        if let map = root.first("idmap") {
            let (users, groups) = (map.elements("uid"), map.elements("gid"))
            if users.isEmpty != groups.isEmpty {
                found.append((map, "uid and gid should be mapped both"))
            } else if [users.first, groups.first].contains(where: { $0?["start"] ?? "0" != "0" }) {
                found.append((map, "You must map the root user of container"))
            }
        }
        var seen: Set<String> = []
        for event in root.first("perf")?.elements("event") ?? [] {
            if let name = event["name"], !seen.insert(name).inserted {
                found.append((event, "perf event '\(name)' was already specified"))
            }
        }
        for (name, message) in [
            ("genid", "element 'genid' can only appear once"), ("resource", "only one resource element is supported"),
        ] where root.elements(name).count > 1 {
            found.append((root.elements(name)[1], message))
        }
        if let name = root.first("name"), name.text.contains("/") {
            found.append((name, "name \(name.text) cannot contain '/'"))
        }
        if let title = root.first("title"), title.text.contains("\n") {
            found.append((title, "Domain title can't contain newlines"))
        }
        if let appid = root.first("resource")?.first("fibrechannel")?["appid"], !(1...128).contains(appid.utf8.count),
            let resource = root.first("resource")
        {
            found.append((resource, "Fibre Channel 'appid' string length must be between [1, 128]"))
        }
        if let security = root.first("launchSecurity"), security["type"] == "s390-pv" {
            found.append((security, "S390 PV launch security is not supported with this QEMU binary"))
        }
        return found
    }
}
