import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct NUMACells: DomainCheck {
    let rule = DomainRule(
        "numa-cell", "the cells of the guest's NUMA topology fit together",
        sources: [
            "libvirt 9.0.0 src/conf/numa_conf.c virDomainNumaDefParseXML, virDomainNumaDefValidate",
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainDefParseXML",
            "libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainDefNumaCPUsRectify",
        ],
        """
        Cells are numbered from 0 without gaps, have different vCPUs of those the guest has.
        Distances are 10 to itself, 11 to 255 to others; links name cells, and caches, that exist.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard let numa = domain.root.first("cpu")?.first("numa") else { return [] }
        let cells = numa.elements("cell")
        guard !cells.isEmpty else {
            return [
                finding("NUMA topology defined without NUMA cells", at: numa, in: domain, fix: "remove <numa>")
            ]
        }
        var byNumber: [Int: XMLElement] = [:]
        var taken: [Int: Int] = [:]
        var all: Set<Int> = []
        for (position, cell) in cells.enumerated() {
            let number = cell["id"].flatMap { LibvirtNumber.unsigned($0, base: 10) }.map(Int.init) ?? position
            guard number < cells.count else {
                return refuse(
                    "Exactly one 'cell' element per guest NUMA cell allowed, non-contiguous ranges or ranges not "
                        + "starting from 0 are not allowed", cell, domain)
            }
            if let other = byNumber[number],
                ScaledSize.bytes(other, "memory", defaultUnit: 1024) ?? 0 > 0
            {
                return refuse("Duplicate NUMA cell info for cell id '\(number)'", cell, domain)
            }
            byNumber[number] = cell
            for vcpu in cell["cpus"].flatMap(LibvirtBitmap.parse) ?? [] {
                if let other = taken.updateValue(number, forKey: vcpu), other != number {
                    return refuse("NUMA cells \(number) and \(other) have overlapping vCPU ids", cell, domain)
                }
                all.insert(vcpu)
            }
            if let complaint = distances(cell, number, cells.count) { return refuse(complaint, cell, domain) }
            if let complaint = caches(cell) { return refuse(complaint, cell, domain) }
        }
        if all.count > Int(domain.vcpuCount) {
            return refuse("Number of CPUs in <numa> exceeds the <vcpu> count", numa, domain)
        }
        if all.max() ?? -1 >= Int(domain.vcpuCount) {
            return refuse("CPU IDs in <numa> exceed the <vcpu> count", numa, domain)
        }
        return links(numa, byNumber, leavesSome: all.count < Int(domain.vcpuCount)).map { refuse($0, numa, domain) }
            ?? []
    }

    private func refuse(_ message: String, _ element: XMLElement, _ domain: CheckedDomain) -> [Finding] {
        [finding(message, at: element, in: domain, fix: "change <\(element.name)>, or remove <numa>")]
    }

    private func distances(_ cell: XMLElement, _ number: Int, _ count: Int) -> String? {
        guard let distances = cell.first("distances") else { return nil }
        let siblings = distances.elements("sibling")
        if siblings.isEmpty { return "NUMA distances defined without siblings" }
        for sibling in siblings {
            guard let other = sibling["id"].flatMap({ LibvirtNumber.unsigned($0, base: 10) }),
                let value = sibling["value"].flatMap({ LibvirtNumber.unsigned($0, base: 10) })
            else { continue }
            if other >= count {
                return "'sibling_id \(other)' does not refer to a valid cell within NUMA 'cell id \(number)'"
            }
            if !(10...255).contains(value) || (value == 10) != (other == number) {
                return "'value \(value)' is invalid for 'sibling id \(other)' under NUMA 'cell id \(number)'"
            }
        }
        return nil
    }

    private func caches(_ cell: XMLElement) -> String? {
        var seen: Set<String> = []
        for cache in cell.elements("cache") {
            let level = cache["level"] ?? ""
            if let number = LibvirtNumber.unsigned(level, base: 10), number > 3 {
                return "Ain't nobody heard of that much cache level"
            }
            if !seen.insert(level).inserted { return "Cache level '\(level)' already defined" }
        }
        return nil
    }

    /// vCPUs that no cell names go to the first.
    private func links(_ numa: XMLElement, _ cells: [Int: XMLElement], leavesSome: Bool) -> String? {
        var seen: [(kind: String, from: Int, to: Int)] = []
        for link in numa.first("interconnects")?.elements() ?? []
        where ["latency", "bandwidth"].contains(link.name) {
            let from = Int(link["initiator"].flatMap { LibvirtNumber.unsigned($0, base: 10) } ?? 0)
            let target = Int(link["target"].flatMap { LibvirtNumber.unsigned($0, base: 10) } ?? 0)
            guard let source = cells[from] else { return "'initiator' refers to a non-existent NUMA node" }
            guard let end = cells[target] else { return "'target' refers to a non-existent NUMA node" }
            if source["cpus"].flatMap(LibvirtBitmap.parse)?.isEmpty ?? true, from != 0 || !leavesSome {
                return "NUMA nodes without CPUs can't be initiator"
            }
            let cache = link["cache"] ?? "0"
            if cache != "0", !end.elements("cache").contains(where: { $0["level"] == cache }) {
                return "'cache' refers to a non-existent NUMA node cache"
            }
            let kind = "\(link.name) \(cache) \(link["type"] ?? "")"
            if seen.contains(where: { $0 == (kind, from, target) }) { return "Duplicate info for NUMA latencies" }
            if from != target, seen.contains(where: { $0.from == target && $0.to == from }) {
                return "Link already defined"
            }
            seen.append((kind, from, target))
        }
        return nil
    }
}
