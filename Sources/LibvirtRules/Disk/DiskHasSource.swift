import BerthDiagnostics
import BerthXML

/// A disk that is no drive for media has a source.
struct DiskHasSource: DomainRule {
    let id: RuleID = "disk-source"
    let summary = "a disk that is no drive for media has a source"
    let documentation = """
        Drives for media may be empty, and LUNs as far as libvirt goes. An empty text is no source.
        """
    let sources = ["libvirt 9.0.0 src/conf/domain_validate.c virDomainDiskDefValidate"]

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.disks.compactMap { disk in
            guard disk.device == "disk", disk.isEmpty, !disk.name.isEmpty else { return nil }
            return finding(
                "missing source information for device \(disk.name)", at: disk.element, in: domain,
                fix: "add <source file=/>")
        }
    }
}
