import BerthDiagnostics
import BerthHost
import BerthPCI
import BerthTopology

/// QEMU may not lock the guest's memory.
struct LockedMemoryLimit: Problem {
    let id: RuleID = "locked-memory-limit"
    let summary = "QEMU may lock less memory than the guest has"
    let documentation = """
        A device that was given away writes to any of the guest's memory, so all of it is locked when the guest starts. libvirt raises \
        the limit (RLIMIT_MEMLOCK) to what the guest has and 1 GiB, unless <memtune><hard_limit> is there: then that is the limit. A \
        QEMU that a user starts by hand has the user's own. 'vfio_container_dma_map(...) = -12' is what it says, and the kernel \
        'RLIMIT_MEMLOCK exceeded'.
        """
    let sources = [
        "libvirt src/qemu/qemu_domain.c qemuDomainGetMemLockLimitBytes",
        "Linux drivers/vfio/vfio_iommu_type1.c vfio_lock_acct",
    ]
    let scope = ProblemScope.guest

    func find(in situation: Situation) -> [Consequence] {
        guard situation.igd != nil else { return [] }
        let ram = situation.topology.ram
        let quantities: [String: Fact.Quantity] = ["memory": .bytes(ram.size.rawValue)]
        if let limit = ram.lockLimit {
            guard limit < ram.size else { return [] }
            return [
                consequence(
                    .fails, .refusesToStart,
                    "<hard_limit> lets QEMU lock \(limit), and all \(ram.size) of the guest's memory has to be locked",
                    quantities.merging(["limit": .bytes(limit.rawValue)]) { $1 },
                    remedy: "no <hard_limit>, or one of at least \(ram.size) and 1 GiB more")
            ]
        }
        guard case .bytes(let limit)? = situation.host?.system.lockLimit, limit < ram.size else { return [] }
        return [
            consequence(
                .works, .refusesToStart,
                """
                all \(ram.size) of the guest's memory is locked, and a program of this user may lock \(limit): libvirt and Proxmox \
                raise that, a QEMU started by hand ends
                """, quantities.merging(["limit": .bytes(limit.rawValue)]) { $1 },
                remedy: "'ulimit -l' of at least \(ram.size) where QEMU is started by hand")
        ]
    }
}
