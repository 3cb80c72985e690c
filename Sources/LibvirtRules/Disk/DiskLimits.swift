import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

/// `<iotune>`.
enum DiskLimits: RuleTable {
    static let all = [total, highest, group]

    private static let sources = [
        "libvirt 9.0.0 src/conf/domain_validate.c virDomainDiskDefValidate",
        "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefDiskBlkdeviotune",
    ]

    private static let total = RuleRow.disks(
        "disk-iotune", "a limit is for reading and writing together, or for each", remedy: "remove one of the limits",
        sources: sources, "A total and a limit for reading or writing exclude each other."
    ) { disk, _, report in
        guard let tune = disk.element.first("iotune") else { return }
        let limits = limits(tune)
        for suffix in ["bytes_sec", "iops_sec", "bytes_sec_max", "iops_sec_max"]
        where limits["total_\(suffix)"] != nil
            && (limits["read_\(suffix)"] != nil || limits["write_\(suffix)"] != nil)
        {
            report.refuse("total and read/write \(suffix) cannot be set at the same time", at: tune)
        }
    }

    private static let highest = RuleRow.disks(
        "disk-iotune-limit", "a limit is at most 10^15", remedy: "remove the limit", sources: sources,
        "QEMU takes no more."
    ) { disk, _, report in
        guard let tune = disk.element.first("iotune"),
            limits(tune).contains(where: { !$0.key.hasSuffix("_length") && $0.value > 1_000_000_000_000_000 })
        else { return }
        report.refuse("block I/O throttle limit must be no more than 1000000000000000 using QEMU", at: tune)
    }

    private static let group = RuleRow.domain(
        "disk-iotune-group", "a group of disks has one set of limits",
        remedy: "give all disks of the group the same limits",
        sources: sources, "The disks of a group share its limits, which each of them has to name."
    ) { domain, report in
        var groups: [String: (name: String, limits: [String: UInt64])] = [:]
        for disk in domain.disks {
            guard let tune = disk.element.first("iotune"), let group = tune.first("group_name")?.text else { continue }
            let limits = limits(tune)
            if limits.isEmpty {
                report.refuse("group_name can be configured only together with settings", at: tune)
            } else if let other = groups[group], other.limits != limits {
                report.refuse("different iotunes for disks \(other.name) and \(disk.name)", at: tune)
            }
            groups[group] = (disk.name, limits)
        }
    }

    /// Those above zero.
    private static func limits(_ tune: XMLElement) -> [String: UInt64] {
        var found: [String: UInt64] = [:]
        for child in tune.elements() where child.name != "group_name" {
            if let value = UInt64(child.text), value > 0 { found[child.name] = value }
        }
        return found
    }
}
