import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct ROMFileIsAbsolute: DomainCheck {
    let rule = DomainRule(
        "rom-path", "a ROM file has an absolute path",
        sources: ["libvirt 9.0.0 src/conf/schemas/domaincommon.rng rom"],
        """
        Libvirt passes the path on as it is, and QEMU's working folder is not the user's. The schema wants an absolute
        path.
        """)

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
