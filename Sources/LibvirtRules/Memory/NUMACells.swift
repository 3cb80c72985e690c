import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

/// The guest's NUMA topology.
enum NUMACells: RuleTable {
    static let all = [cells, numbers, processors, distances, caches, links, access]

    private static let parsing = ["libvirt 9.0.0 src/conf/numa_conf.c virDomainNumaDefParseXML"]
    private static let validate = ["libvirt 9.0.0 src/conf/numa_conf.c virDomainNumaDefValidate"]

    /// A cell with its number, written or counted.
    private struct Cell {
        var number: Int
        var element: XMLElement
        var processors: Set<Int>
    }

    private static func topology(_ domain: CheckedDomain) -> (element: XMLElement, cells: [Cell])? {
        guard let numa = domain.root.first("cpu")?.first("numa") else { return nil }
        let cells = numa.elements("cell").enumerated().map { position, cell in
            Cell(
                number: cell["id"].flatMap { LibvirtNumber.unsigned($0, base: 10) }.map(Int.init) ?? position,
                element: cell, processors: cell["cpus"].flatMap(LibvirtBitmap.parse) ?? [])
        }
        return (numa, cells)
    }

    private static let cells = RuleRow.domain(
        "numa-cells", "a NUMA topology has cells", remedy: "remove <numa>", sources: parsing,
        "It is made of them."
    ) { domain, report in
        guard let (numa, cells) = topology(domain), cells.isEmpty else { return }
        report.refuse("NUMA topology defined without NUMA cells", at: numa)
    }

    private static let numbers = RuleRow.domain(
        "numa-cell-number", "cells are numbered from 0 without gaps", remedy: "remove id=", sources: parsing,
        "Where no number is written, it is the place among the cells."
    ) { domain, report in
        guard let (_, cells) = topology(domain) else { return }
        var seen: [Int: XMLElement] = [:]
        for cell in cells {
            if cell.number >= cells.count {
                return report.refuse(
                    "Exactly one 'cell' element per guest NUMA cell allowed, non-contiguous ranges or ranges not "
                        + "starting from 0 are not allowed", at: cell.element)
            }
            if let other = seen.updateValue(cell.element, forKey: cell.number),
                ScaledSize.bytes(other, "memory", defaultUnit: 1024) ?? 0 > 0
            {
                return report.refuse("Duplicate NUMA cell info for cell id '\(cell.number)'", at: cell.element)
            }
        }
    }

    private static let processors = RuleRow.domain(
        "numa-cell", "a vCPU of the guest is in one cell", remedy: "change cpus=",
        sources: parsing + [
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainDefParseXML",
            "libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainDefNumaCPUsRectify",
        ],
        "cpus= of a cell names vCPUs that <vcpu> makes."
    ) { domain, report in
        guard let (numa, cells) = topology(domain) else { return }
        var taken: [Int: Int] = [:]
        for cell in cells {
            for vcpu in cell.processors {
                if let other = taken.updateValue(cell.number, forKey: vcpu), other != cell.number {
                    return report.refuse(
                        "NUMA cells \(cell.number) and \(other) have overlapping vCPU ids", at: cell.element)
                }
            }
        }
        let count = Int(domain.vcpuCount)
        if taken.count > count {
            report.refuse("Number of CPUs in <numa> exceeds the <vcpu> count", at: numa)
        } else if taken.keys.max() ?? -1 >= count {
            report.refuse("CPU IDs in <numa> exceed the <vcpu> count", at: numa)
        }
    }

    private static let distances = RuleRow.domain(
        "numa-distance", "a cell is at a distance of 10 from itself, and of 11 to 255 from others",
        remedy: "change <distances>, or remove it", sources: parsing,
        "<sibling id= value=> is a line of ACPI's SLIT."
    ) { domain, report in
        guard let (_, cells) = topology(domain) else { return }
        for cell in cells {
            guard let distances = cell.element.first("distances") else { continue }
            let siblings = distances.elements("sibling")
            if siblings.isEmpty { report.refuse("NUMA distances defined without siblings", at: cell.element) }
            for sibling in siblings {
                guard let other = sibling["id"].flatMap({ LibvirtNumber.unsigned($0, base: 10) }),
                    let value = sibling["value"].flatMap({ LibvirtNumber.unsigned($0, base: 10) })
                else { continue }
                if other >= cells.count {
                    report.refuse(
                        "'sibling_id \(other)' does not refer to a valid cell within NUMA 'cell id \(cell.number)'",
                        at: cell.element)
                } else if !(10...255).contains(value) || (value == 10) != (other == cell.number) {
                    report.refuse(
                        "'value \(value)' is invalid for 'sibling id \(other)' under NUMA 'cell id \(cell.number)'",
                        at: cell.element)
                }
            }
        }
    }

    private static let caches = RuleRow.domain(
        "numa-cache", "a cell has one cache of each level up to 3", remedy: "change <cache>, or remove it",
        sources: parsing, "Levels are those of ACPI's HMAT."
    ) { domain, report in
        for cell in topology(domain)?.cells ?? [] {
            var seen: Set<String> = []
            for cache in cell.element.elements("cache") {
                let level = cache["level"] ?? ""
                if let number = LibvirtNumber.unsigned(level, base: 10), number > 3 {
                    report.refuse("Ain't nobody heard of that much cache level", at: cell.element)
                } else if !seen.insert(level).inserted {
                    report.refuse("Cache level '\(level)' already defined", at: cell.element)
                }
            }
        }
    }

    private static let links = RuleRow.domain(
        "numa-link", "a link goes once from a cell with vCPUs to a cell or cache that exists",
        remedy: "change <interconnects>, or remove it", sources: validate,
        "<latency> and <bandwidth> are lines of ACPI's HMAT. vCPUs that no cell names are the first cell's."
    ) { domain, report in
        guard let (numa, cells) = topology(domain) else { return }
        let named = cells.reduce(into: Set<Int>()) { $0.formUnion($1.processors) }
        if let message = complaint(numa, cells, leavesSome: named.count < Int(domain.vcpuCount)) {
            report.refuse(message, at: numa)
        }
    }

    private static func complaint(_ numa: XMLElement, _ cells: [Cell], leavesSome: Bool) -> String? {
        let byNumber = Dictionary(cells.map { ($0.number, $0) }) { $1 }
        var seen: [(kind: String, from: Int, to: Int)] = []
        for link in numa.first("interconnects")?.elements() ?? [] where ["latency", "bandwidth"].contains(link.name) {
            let from = Int(link["initiator"].flatMap { LibvirtNumber.unsigned($0, base: 10) } ?? 0)
            let target = Int(link["target"].flatMap { LibvirtNumber.unsigned($0, base: 10) } ?? 0)
            guard let source = byNumber[from] else { return "'initiator' refers to a non-existent NUMA node" }
            guard let end = byNumber[target] else { return "'target' refers to a non-existent NUMA node" }
            if source.processors.isEmpty, from != 0 || !leavesSome {
                return "NUMA nodes without CPUs can't be initiator"
            }
            let cache = link["cache"] ?? "0"
            if cache != "0", !end.element.elements("cache").contains(where: { $0["level"] == cache }) {
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

    private static let access = RuleRow.domain(
        "numa-access", "the memory of a cell is shared or private", remedy: "write memAccess='shared'",
        sources: ["libvirt 9.0.0 src/conf/numa_conf.c virDomainNumaDefParseXML"], "As that of the whole guest."
    ) { domain, report in
        for cell in domain.numaCells {
            guard let text = cell["memAccess"], !["default", "shared", "private"].contains(text) else { continue }
            report.refuse(
                "Invalid value for attribute 'memAccess' in element 'cell': '\(text)'.", at: cell, "memAccess")
        }
    }
}
