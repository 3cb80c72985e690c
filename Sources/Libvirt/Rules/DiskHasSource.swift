import BerthDiagnostics
import BerthXML

/// A disk that is no drive for media has a source.
struct DiskHasSource: DomainRule {
    let id: RuleID = "disk-source"
    let summary = "a disk that is no drive for media has a source"
    let documentation = """
        Only CD-ROM and floppy drives may be empty.
        """
    let sources = ["libvirt 9.0.0 src/conf/domain_conf.c virDomainDiskDefParseXML"]

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.devices("disk").compactMap { disk in
            guard !["cdrom", "floppy"].contains(disk["device"] ?? "disk"), disk.first("source") == nil,
                let name = disk.first("target")?["dev"]
            else { return nil }
            return finding(
                "missing source information for device \(name)", at: disk, in: domain, fix: "add <source file=/>")
        }
    }
}
