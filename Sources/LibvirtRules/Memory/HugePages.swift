import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

/// `<hugepages>`.
enum HugePages: RuleTable {
    static let all = [allocation, size, nodes, oneSize]

    private static let memory = ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDefMemory"]
    private static let tuning = [
        "libvirt 9.0.0 src/conf/domain_validate.c virDomainDefMemtuneValidate",
        "libvirt 9.0.0 src/conf/domain_conf.c virDomainHugepagesParseXML",
    ]

    private static func pages(_ domain: CheckedDomain) -> XMLElement? {
        domain.root.first("memoryBacking")?.first("hugepages")
    }

    private static func kibibytes(_ page: XMLElement) -> UInt64 {
        (ScaledSize.bytes(page, "size", defaultUnit: 1024) ?? 0) / 1024
    }

    /// The cells of one page; nil for all.
    private static func nodes(_ page: XMLElement, _ domain: CheckedDomain) -> Set<Int>? {
        let nodes = page["nodeset"].flatMap(LibvirtBitmap.parse)
        return domain.numaCells.isEmpty && nodes == [0] ? nil : nodes
    }

    private static let allocation = RuleRow.domain(
        "huge-page-allocation", "huge pages are a file's, and taken at the start", remedy: "remove <hugepages>",
        sources: memory, "They are not allocated on demand, nor from anonymous memory."
    ) { domain, report in
        guard let pages = pages(domain), let backing = domain.root.first("memoryBacking") else { return }
        if backing.first("allocation")?["mode"] == "ondemand" {
            report.refuse("hugepages are not allowed with memory allocation ondemand", at: pages)
        }
        if backing.first("source")?["type"] == "anonymous" {
            report.refuse("hugepages are not allowed with anonymous memory source", at: pages)
        }
    }

    private static let size = RuleRow.domain(
        "huge-page-size", "huge pages have a size", remedy: "write size='2048' unit='KiB'", sources: tuning,
        "The sizes of an x86 processor are 2 MiB and 1 GiB."
    ) { domain, report in
        guard let pages = pages(domain), pages.elements("page").contains(where: { kibibytes($0) == 0 }) else { return }
        report.refuse("hugepage size can't be zero", at: pages)
    }

    private static let nodes = RuleRow.domain(
        "huge-page-node", "huge pages belong to cells that exist", remedy: "write nodes that exist", sources: tuning,
        "nodeset= of <page> names cells of <cpu><numa>."
    ) { domain, report in
        guard let pages = pages(domain) else { return }
        for page in pages.elements("page") {
            let nodes = nodes(page, domain)
            if let text = page["nodeset"], nodes?.isEmpty ?? false {
                report.refuse("Invalid value of 'nodeset': \(text)", at: pages)
            }
            if let missing = nodes?.filter({ $0 >= domain.numaCells.count }).min() {
                report.refuse("hugepages: node \(missing) not found", at: pages)
            }
        }
    }

    private static let oneSize = RuleRow.domain(
        "huge-page-once", "a cell has huge pages of one size", remedy: "remove one <page>", sources: tuning,
        "A <page> without nodeset is for all cells."
    ) { domain, report in
        guard let pages = pages(domain) else { return }
        var seen: [(size: UInt64, nodes: Set<Int>?)] = []
        for page in pages.elements("page") {
            let (size, nodes) = (kibibytes(page), nodes(page, domain))
            for other in seen {
                if let mine = nodes, let others = other.nodes, !mine.isDisjoint(with: others) {
                    return report.refuse(
                        "nodeset attribute of hugepages of sizes \(size) and \(other.size) intersect", at: pages)
                }
                if nodes == nil, other.nodes == nil {
                    return report.refuse("two master hugepages detected: \(size) and \(other.size)", at: pages)
                }
            }
            seen.append((size, nodes))
        }
    }
}
