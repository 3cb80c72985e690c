import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

/// I/O threads, and limits of the host's disks.
enum IOThreads: RuleTable {
    static let all = [once, pool, poolLimit, device]

    private static let pools = [
        "libvirt 9.0.0 src/conf/domain_validate.c virDomainDefValidateIOThreadsThreadPool"
    ]

    private static func threads(_ domain: CheckedDomain) -> [XMLElement] {
        domain.root.first("iothreadids")?.elements("iothread") ?? []
    }

    private static let once = RuleRow.domain(
        "iothread-id", "I/O threads have different ids", remedy: "write another id",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainDefParseIOThreads"],
        "Disks and controllers name the thread that serves them by it."
    ) { domain, report in
        var seen: Set<String> = []
        for thread in threads(domain) where !seen.insert(thread["id"] ?? "").inserted {
            report.refuse("duplicate iothread id '\(thread["id"] ?? "")' found", at: thread)
        }
    }

    private static func number(_ thread: XMLElement, _ name: String) -> Int32 {
        thread[name].flatMap { LibvirtNumber.signed($0, base: 10) } ?? -1
    }

    private static func withPool(_ domain: CheckedDomain) -> [XMLElement] {
        threads(domain) + domain.root.elements("defaultiothread").prefix(1)
    }

    private static let pool = RuleRow.domain(
        "iothread-pool", "the pool of an I/O thread has a thread", remedy: "write thread_pool_max='64'", sources: pools,
        "The pool does what blocks."
    ) { domain, report in
        for thread in withPool(domain) where number(thread, "thread_pool_max") == 0 {
            report.refuse("thread_pool_max must be a positive integer", at: thread)
        }
    }

    private static let poolLimit = RuleRow.domain(
        "iothread-pool-limits", "the least size of a pool is below the largest",
        remedy: "write a lower thread_pool_min=",
        sources: pools, "Threads come and go between them."
    ) { domain, report in
        for thread in withPool(domain) {
            let most = number(thread, "thread_pool_max")
            if most != 0, number(thread, "thread_pool_min") > most {
                report.refuse("thread_pool_min must be smaller or equal to thread_pool_max", at: thread)
            }
        }
    }

    private static let device = RuleRow.domain(
        "block-tuning", "limits of a disk of the host are given once", remedy: "remove one <device>",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainDefTunablesParse"],
        "<blkiotune><device> names it by its path."
    ) { domain, report in
        var seen: Set<String> = []
        for device in domain.root.first("blkiotune")?.elements("device") ?? [] {
            guard let path = device.first("path")?.text, !seen.insert(path).inserted else { continue }
            report.refuse("duplicate blkio device path '\(path)'", at: device)
        }
    }
}
