import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct DiskTargetOnce: DomainCheck {
    let rule = DomainRule(
        "disk-target", "disks have different names, and not those of partitions",
        sources: [
            "libvirt 9.0.0 src/conf/domain_validate.c virDomainDefDuplicateDiskInfoValidate, virDomainDiskDefValidate"
        ],
        """
        The name in <target dev=> tells the disks of a guest apart.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        var seen: [String: String] = [:]
        return domain.devices("disk").compactMap { disk in
            guard let target = disk.first("target"), let name = target["dev"] else { return nil }
            let kinds = ["hd", "sd", "vd", "xvd", "fd", "ubd"]
            if let last = name.last, last.isASCII, last.isNumber, name.hasPrefix("fd") == false,
                kinds.contains(where: { name.hasPrefix($0) }), disk["device"] ?? "disk" != "floppy"
            {
                return finding(
                    "invalid disk target '\(name)', partitions can't appear in disk targets", at: target, "dev",
                    in: domain,
                    fix: "write the name without a number")
            }
            let source = disk.first("source").flatMap { $0["file"] ?? $0["dev"] ?? $0["dir"] } ?? "(null)"
            guard let other = seen.updateValue(source, forKey: name) else { return nil }
            return finding(
                "target '\(name)' duplicated for disk sources '\(other)' and '\(source)'", at: target, "dev",
                in: domain,
                fix: "write another name")
        }
    }
}
