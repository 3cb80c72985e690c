import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

struct DiskHasSource: DomainCheck {
    let rule = DomainRule(
        "disk-source", "a disk that is no drive for media has a source",
        sources: ["libvirt 9.0.0 src/conf/domain_validate.c virDomainDiskDefValidate"],
        """
        Drives for media may be empty, and LUNs as far as libvirt goes. An empty text is no source.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.disks.compactMap { disk in
            guard disk.device == "disk", disk.isEmpty, disk.type != "vhostvdpa" || domain.isRead(by: .until(9, 8)),
                !disk.name.isEmpty
            else { return nil }
            return finding(
                "missing source information for device \(disk.name)", at: disk.element, in: domain,
                fix: "add <source file=/>")
        }
    }
}
