import BerthDiagnostics
import BerthXML

/// A ROM file has an absolute path.
struct ROMFileIsAbsolute: DomainRule {
    let id: RuleID = "rom-path"
    let summary = "a ROM file has an absolute path"
    let documentation = """
        Libvirt passes the path on as it is, and QEMU's working folder is not the user's. The schema wants an absolute
        path.
        """
    let sources = ["libvirt 9.0.0 src/conf/schemas/domaincommon.rng rom"]

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.devices.compactMap { device in
            guard ["hostdev", "interface"].contains(device.name), let rom = device.first("rom"), let path = rom["file"],
                !path.hasPrefix("/"), !path.isEmpty
            else { return nil }
            return finding(
                .warning, "'\(path)' is not an absolute path; QEMU looks for it elsewhere", at: rom, "file", in: domain,
                fix: "write the path from '/'")
        }
    }
}
