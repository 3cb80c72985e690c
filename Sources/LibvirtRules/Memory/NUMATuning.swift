import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

/// `<numatune>`: nodes of the host for cells of the guest.
enum NUMATuning: RuleTable {
    static let all = [once, advice, memory, cells, nodes]

    private static let parsing = [
        "libvirt 9.0.0 src/conf/numa_conf.c virDomainNumatuneParseXML, virDomainNumatuneNodeParseXML"
    ]
    private static let remedy = "change <numatune>, or remove it"

    /// Nothing is looked at beside a second one.
    private static func tune(_ domain: CheckedDomain) -> XMLElement? {
        let tunes = domain.root.elements("numatune")
        return tunes.count == 1 ? tunes[0] : nil
    }

    private static func isAuto(_ domain: CheckedDomain) -> Bool { domain.root.first("vcpu")?["placement"] == "auto" }

    private static func placement(_ memory: XMLElement, _ domain: CheckedDomain) -> String {
        memory["placement"] ?? (memory["nodeset"] != nil || !isAuto(domain) ? "static" : "auto")
    }

    private static let once = RuleRow.domain(
        "numa-tuning-once", "NUMA tuning is given once", remedy: "remove one <numatune>", sources: parsing,
        "There is one policy for a domain."
    ) { domain, report in
        let tunes = domain.root.elements("numatune")
        if tunes.count > 1 { report.refuse("only one numatune is supported", at: tunes[1]) }
    }

    private static let advice = RuleRow.domain(
        "numa-advice", "where memory goes is written, not asked of numad",
        remedy: "write placement='static' and nodeset=",
        sources: ["libvirt 9.0.0 src/conf/numa_conf.c virDomainNumatuneMaybeGetNodeset"],
        "What numad would say is asked at a start alone: no command line can be made of the domain before."
    ) { domain, report in
        guard domain.root.elements("numatune").count < 2 else { return }
        let memory = tune(domain)?.first("memory")
        let isAsked =
            memory.map { $0["placement"].map { $0 == "auto" } ?? ($0["nodeset"] == nil && isAuto(domain)) }
            ?? isAuto(domain)
        // A start asks numad on the host; only where a machine is known to have none of it is anything said.
        guard isAsked, domain.host.hasNUMADaemon == false else { return }
        report.refuse(
            "Advice from numad is needed in case of automatic numa placement",
            at: memory ?? domain.root.first("vcpu") ?? domain.root)
    }

    private static let memory = RuleRow.domain(
        "numa-tuning", "memory that is placed statically has nodes of the host", remedy: "write nodeset=",
        sources: parsing, "nodeset= of <memory> names them."
    ) { domain, report in
        guard let memory = tune(domain)?.first("memory") else { return }
        if let text = memory["nodeset"], LibvirtBitmap.parse(text)?.isEmpty ?? false {
            report.refuse("Invalid value of 'nodeset': \(text)", at: memory)
        } else if placement(memory, domain) == "static", memory["nodeset"] == nil {
            report.refuse("nodeset for NUMA memory tuning must be set if 'placement' is 'static'", at: memory)
        }
    }

    private static let cells = RuleRow.domain(
        "numa-memnode", "a <memnode> belongs to a cell of the guest, one each", remedy: remedy, sources: parsing,
        "cellid= names the cell; where memory is placed automatically there is none."
    ) { domain, report in
        guard let tune = tune(domain), let first = tune.first("memnode") else { return }
        let chosen = tune.first("memory").map { placement($0, domain) } ?? (isAuto(domain) ? "auto" : nil)
        if chosen == "auto" {
            return report.refuse("Per-node binding is not compatible with automatic NUMA placement.", at: first)
        }
        let count = domain.numaCells.count
        if count == 0 { return report.refuse("Element 'memnode' is invalid without any guest NUMA cells", at: first) }
        var seen: Set<UInt32> = []
        for node in tune.elements("memnode") {
            let cell = node["cellid"].flatMap { LibvirtNumber.unsigned($0, base: 10) } ?? 0
            if cell >= count {
                report.refuse(
                    "Argument 'cellid' in memnode element must correspond to existing guest's NUMA cell", at: node)
            } else if !seen.insert(cell).inserted {
                report.refuse("Multiple memnode elements with cellid \(cell)", at: node)
            }
        }
    }

    private static let nodes = RuleRow.domain(
        "numa-memnode-nodes", "a <memnode> names nodes, and is restrictive where <memory> is", remedy: remedy,
        sources: parsing, "Only the whole domain can be left to the host's policy."
    ) { domain, report in
        guard let tune = tune(domain), !domain.numaCells.isEmpty else { return }
        for node in tune.elements("memnode") {
            let whole = tune.first("memory")?["mode"] ?? "strict"
            // NEWS.rst @ 9.4.0: "numa: Deny other memory modes than restrictive if a memnode is restrictive".
            if whole != "restrictive", node["mode"] == "restrictive", domain.isRead(by: .since(9, 4)) {
                report.refuse(
                    "'restrictive' mode is required in memory element when mode is 'restrictive' in memnode element",
                    at: node, "mode")
            }
            if tune.first("memory")?["mode"] == "restrictive", node["mode"] != "restrictive" {
                report.refuse(
                    "'restrictive' mode is required in memnode element when mode is 'restrictive' in memory element",
                    at: node)
            } else if let text = node["nodeset"], LibvirtBitmap.parse(text)?.isEmpty ?? false {
                report.refuse("Invalid value of 'nodeset': \(text)", at: node)
            }
        }
    }
}
