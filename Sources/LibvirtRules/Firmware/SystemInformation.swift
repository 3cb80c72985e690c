import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

/// `<sysinfo>`: SMBIOS tables and fw_cfg files.
enum SystemInformation: RuleTable {
    static let all = [date, uuid, given, baseBoard, fileName, fileContents]

    private static let parsing = [
        "libvirt 9.0.0 src/conf/domain_conf.c virSysinfoBIOSParseXML, virSysinfoSystemParseXML"
    ]
    private static let command = ["libvirt 9.0.0 src/qemu/qemu_command.c qemuBuildSmbiosCommandLine"]

    private static func tables(_ domain: CheckedDomain) -> [XMLElement] {
        domain.root.elements("sysinfo").filter { $0["type"] ?? "smbios" == "smbios" }
    }

    private static func files(_ domain: CheckedDomain) -> [XMLElement] {
        domain.root.elements("sysinfo").filter { $0["type"] == "fwcfg" }.flatMap { $0.elements("entry") }
            .filter { $0["name"] != nil }
    }

    /// `<smbios mode='sysinfo'/>`, which shows the tables to the guest.
    private static func shown(_ domain: CheckedDomain) -> XMLElement? {
        domain.root.first("os")?.first("smbios").flatMap { $0["mode"] == "sysinfo" ? $0 : nil }
    }

    private static let date = RuleRow.domain(
        "sysinfo-date", "a BIOS date is mm/dd/yy or mm/dd/yyyy", remedy: "write mm/dd/yyyy", sources: parsing,
        "SMBIOS wants the American form."
    ) { domain, report in
        for entry in tables(domain).compactMap({ $0.first("bios") }).flatMap({ $0.elements("entry") })
        where entry["name"] == "date" && !isDate(entry.text) {
            report.refuse("Invalid BIOS 'date' format", at: entry)
        }
    }

    private static func isDate(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map {
            LibvirtNumber.signed(String($0), base: 10)
        }
        guard parts.count == 3, let month = parts[0], let day = parts[1], let year = parts[2] else { return false }
        return (1...12).contains(month) && (1...31).contains(day) && year >= 0 && !(100..<1900).contains(year)
    }

    private static let uuid = RuleRow.domain(
        "sysinfo-uuid", "the UUID in SMBIOS is the domain's", sources: parsing, "A guest has one."
    ) { domain, report in
        guard let uuid = domain.root.first("uuid")?.text else { return }
        for entry in tables(domain).compactMap({ $0.first("system") }).flatMap({ $0.elements("entry") })
        where entry["name"] == "uuid" && plain(uuid) != plain(entry.text) {
            report.refuse("UUID mismatch between <uuid> and <sysinfo>", at: entry, fix: "write \(uuid)")
        }
    }

    private static func plain(_ uuid: String) -> String {
        uuid.lowercased().filter { $0 != "-" && !$0.isWhitespace }
    }

    private static let given = RuleRow.domain(
        "sysinfo", "SMBIOS tables that are shown are given", remedy: "add <sysinfo type='smbios'>", sources: command,
        "<smbios mode='sysinfo'/> shows those of <sysinfo>."
    ) { domain, report in
        guard let smbios = shown(domain), tables(domain).isEmpty else { return }
        report.refuse("Domain '\(domain.written.name)' sysinfo are not available", at: smbios)
    }

    private static let baseBoard = RuleRow.domain(
        "sysinfo-board", "a guest has one base board", sources: command, "QEMU 7.2 makes one table of type 2."
    ) { domain, report in
        guard shown(domain) != nil else { return }
        for table in tables(domain) where table.elements("baseBoard").count > 1 {
            report.surplus(
                "qemu does not support more than one entry to Type 2 in SMBIOS table", table.elements("baseBoard")[1])
        }
    }

    private static let fileName = RuleRow.domain(
        "fw-cfg-name", "names of fw_cfg files begin with opt/",
        remedy: "write name='opt/...', or pass -fw_cfg in <qemu:commandline>",
        sources: ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDefSysinfo"],
        """
        Files that users add have names below opt/; opt/ovmf/ and opt/org.qemu/ are taken. So etc/igd-opregion and
        etc/igd-bdsm-size, which a firmware for IGD wants, cannot be written as sysinfo: use -fw_cfg in <qemu:commandline>.
        """
    ) { domain, report in
        for entry in files(domain) {
            let name = entry["name"] ?? ""
            if !name.hasPrefix("opt/") {
                report.refuse("Invalid firmware name", at: entry, "name")
            } else if name.hasPrefix("opt/ovmf/") || name.hasPrefix("opt/org.qemu/") {
                report.refuse("That firmware name is reserved", at: entry, "name")
            }
        }
    }

    private static let fileContents = RuleRow.domain(
        "fw-cfg-contents", "a fw_cfg file has contents", remedy: "write a value, or file=",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virSysinfoParseFWCfgDef"],
        "The text of the entry, or a file of the host."
    ) { domain, report in
        for entry in files(domain) where entry["file"] == nil && entry.text.isEmpty {
            report.refuse("Firmware entry must have either value or 'file' attribute", at: entry)
        }
    }
}
