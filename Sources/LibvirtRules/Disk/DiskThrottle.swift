import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct DiskThrottle: DomainCheck {
    let rule = DomainRule(
        "disk-iotune", "limits of a disk's throughput do not contradict each other",
        sources: [
            "libvirt 9.0.0 src/conf/domain_validate.c virDomainDiskDefValidate",
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefDiskBlkdeviotune",
        ],
        """
        A total and a limit for reading or writing exclude each other; a length needs its maximum, a group needs limits,
        the same for all its disks. QEMU takes at most 10^15.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        var groups: [String: (name: String, limits: [String: UInt64])] = [:]
        return domain.disks.flatMap { disk -> [Finding] in
            guard let tune = disk.element.first("iotune") else { return [] }
            let limits = Self.limits(tune)
            var messages: [String] = []
            for suffix in ["bytes_sec", "iops_sec", "bytes_sec_max", "iops_sec_max"]
            where limits["total_\(suffix)"] != nil
                && (limits["read_\(suffix)"] != nil || limits["write_\(suffix)"] != nil)
            {
                messages.append("total and read/write \(suffix) cannot be set at the same time")
            }
            if limits.contains(where: { !$0.key.hasSuffix("_length") && $0.value > 1_000_000_000_000_000 }) {
                messages.append("block I/O throttle limit must be no more than 1000000000000000 using QEMU")
            }
            if let group = tune.first("group_name")?.text {
                if limits.isEmpty {
                    messages.append("group_name can be configured only together with settings")
                } else if let other = groups[group], other.limits != limits {
                    messages.append("different iotunes for disks \(other.name) and \(disk.name)")
                }
                groups[group] = (disk.name, limits)
            }
            return messages.map { finding($0, at: tune, in: domain, fix: "remove one of the limits") }
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
