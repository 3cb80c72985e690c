import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct SystemInformation: DomainCheck {
    let rule = DomainRule(
        "sysinfo", "SMBIOS information is well formed, and is the domain's",
        sources: [
            "libvirt 9.0.0 src/conf/domain_conf.c virSysinfoBIOSParseXML, virSysinfoSystemParseXML",
            "libvirt 9.0.0 src/qemu/qemu_command.c qemuBuildSmbiosCommandLine",
        ],
        """
        A BIOS date is mm/dd/yy or mm/dd/yyyy, the UUID that of the domain; QEMU 7.2 has one base board.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        let informations = domain.root.elements("sysinfo").filter { $0["type"] ?? "smbios" == "smbios" }
        var found: [Finding] = []
        for information in informations {
            for entry in information.first("bios")?.elements("entry") ?? [] where entry["name"] == "date" {
                guard !isDate(entry.text) else { continue }
                found.append(
                    finding("Invalid BIOS 'date' format", at: entry, in: domain, fix: "write mm/dd/yyyy"))
            }
            for entry in information.first("system")?.elements("entry") ?? [] where entry["name"] == "uuid" {
                guard let uuid = domain.root.first("uuid")?.text, plain(uuid) != plain(entry.text) else { continue }
                found.append(
                    finding(
                        "UUID mismatch between <uuid> and <sysinfo>", at: entry, in: domain,
                        fix: "write \(uuid)"))
            }
        }
        if domain.root.first("os")?.first("smbios")?["mode"] == "sysinfo" {
            if informations.isEmpty, let smbios = domain.root.first("os")?.first("smbios") {
                found.append(
                    finding(
                        "Domain '\(domain.written.name)' sysinfo are not available", at: smbios, in: domain,
                        fix: "add <sysinfo type='smbios'>"))
            }
            for information in informations where information.elements("baseBoard").count > 1 {
                found.append(
                    finding(
                        "qemu does not support more than one entry to Type 2 in SMBIOS table",
                        at: information.elements("baseBoard")[1], in: domain, fix: "remove one <baseBoard>"))
            }
        }
        return found
    }

    private func plain(_ uuid: String) -> String {
        uuid.lowercased().filter { $0 != "-" && !$0.isWhitespace }
    }

    private func isDate(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map {
            LibvirtNumber.signed(String($0), base: 10)
        }
        guard parts.count == 3, let month = parts[0], let day = parts[1], let year = parts[2] else { return false }
        return (1...12).contains(month) && (1...31).contains(day) && year >= 0 && !(100..<1900).contains(year)
    }
}
