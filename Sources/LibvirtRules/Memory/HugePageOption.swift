import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct HugePageOption: DomainCheck {
    let rule = DomainRule(
        "huge-page-node", "huge pages belong to cells that exist, one size each",
        sources: [
            "libvirt 9.0.0 src/conf/domain_validate.c virDomainDefMemtuneValidate",
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainHugepagesParseXML",
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDefMemory",
        ],
        """
        A <page> without nodeset is for all cells; two of them, or two sizes for one cell, contradict each other. Pages
        are not allocated on demand, nor from anonymous memory.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard let backing = domain.root.first("memoryBacking"), let pages = backing.first("hugepages"),
            let message = complaint(backing, pages, domain.numaCells.count)
        else { return [] }
        return [finding(message, at: pages, in: domain, fix: "remove one <page>, or write nodes that exist")]
    }

    private func complaint(_ backing: XMLElement, _ pages: XMLElement, _ cells: Int) -> String? {
        if backing.first("allocation")?["mode"] == "ondemand" {
            return "hugepages are not allowed with memory allocation ondemand"
        }
        if backing.first("source")?["type"] == "anonymous" {
            return "hugepages are not allowed with anonymous memory source"
        }
        var seen: [(size: UInt64, nodes: Set<Int>?)] = []
        for page in pages.elements("page") {
            let size = (ScaledSize.bytes(page, "size", defaultUnit: 1024) ?? 0) / 1024
            if size == 0 { return "hugepage size can't be zero" }
            var nodes = page["nodeset"].flatMap(LibvirtBitmap.parse)
            if let text = page["nodeset"], nodes?.isEmpty ?? false { return "Invalid value of 'nodeset': \(text)" }
            if cells == 0, nodes == [0] { nodes = nil }
            for other in seen {
                if let mine = nodes, let others = other.nodes, !mine.isDisjoint(with: others) {
                    return "nodeset attribute of hugepages of sizes \(size) and \(other.size) intersect"
                }
                if nodes == nil, other.nodes == nil {
                    return "two master hugepages detected: \(size) and \(other.size)"
                }
            }
            if let missing = nodes?.filter({ $0 >= cells }).min() { return "hugepages: node \(missing) not found" }
            seen.append((size, nodes))
        }
        return nil
    }
}
