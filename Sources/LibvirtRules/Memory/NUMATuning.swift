import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct NUMATuning: DomainCheck {
    let rule = DomainRule(
        "numa-tuning", "NUMA tuning names nodes of the host, and cells that exist",
        sources: [
            "libvirt 9.0.0 src/conf/numa_conf.c virDomainNumatuneParseXML, virDomainNumatuneNodeParseXML, virDomainNumatuneMaybeGetNodeset"
        ],
        """
        Static placement needs a nodeset; a <memnode> belongs to a cell of the guest, one each, and is restrictive where
        <memory> is. Which nodes the host has is not looked at. With automatic placement libvirt makes no command line
        of a domain before numad was asked, at its start.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        let tunes = domain.root.elements("numatune")
        guard let tune = tunes.first else { return advice(domain) }
        if tunes.count > 1 {
            return [
                finding("only one numatune is supported", at: tunes[1], in: domain, fix: "remove one <numatune>")
            ]
        }
        return memory(tune, domain) + nodes(tune, domain) + advice(domain)
    }

    /// What numad would say is asked for at the start alone.
    private func advice(_ domain: CheckedDomain) -> [Finding] {
        let vcpu = domain.root.first("vcpu")
        let memory = domain.root.first("numatune")?.first("memory")
        let isAuto =
            memory.map { memory in
                memory["placement"].map { $0 == "auto" }
                    ?? (memory["nodeset"] == nil && vcpu?["placement"] == "auto")
            } ?? (vcpu?["placement"] == "auto")
        guard isAuto else { return [] }
        return refuse(
            "Advice from numad is needed in case of automatic numa placement", memory ?? vcpu ?? domain.root, domain)
    }

    private func memory(_ tune: XMLElement, _ domain: CheckedDomain) -> [Finding] {
        guard let memory = tune.first("memory") else { return [] }
        if let text = memory["nodeset"], LibvirtBitmap.parse(text)?.isEmpty ?? false {
            return refuse("Invalid value of 'nodeset': \(text)", memory, domain)
        }
        let isStatic = domain.root.first("vcpu")?["placement"] != "auto"
        let placement = memory["placement"] ?? (memory["nodeset"] != nil || isStatic ? "static" : "auto")
        guard placement == "static", memory["nodeset"] == nil else { return [] }
        return refuse(
            "nodeset for NUMA memory tuning must be set if 'placement' is 'static'", memory, domain)
    }

    private func nodes(_ tune: XMLElement, _ domain: CheckedDomain) -> [Finding] {
        let nodes = tune.elements("memnode")
        guard let first = nodes.first else { return [] }
        let memory = tune.first("memory")
        let isAuto = domain.root.first("vcpu")?["placement"] == "auto"
        let placement =
            memory.map { $0["placement"] ?? ($0["nodeset"] != nil || !isAuto ? "static" : "auto") }
            ?? (isAuto ? "auto" : nil)
        if placement == "auto" {
            return refuse("Per-node binding is not compatible with automatic NUMA placement.", first, domain)
        }
        let count = domain.numaCells.count
        if count == 0 { return refuse("Element 'memnode' is invalid without any guest NUMA cells", first, domain) }
        var seen: Set<UInt32> = []
        for node in nodes {
            let cell = node["cellid"].flatMap { LibvirtNumber.unsigned($0, base: 10) } ?? 0
            if cell >= count {
                return refuse(
                    "Argument 'cellid' in memnode element must correspond to existing guest's NUMA cell", node,
                    domain)
            }
            if !seen.insert(cell).inserted {
                return refuse("Multiple memnode elements with cellid \(cell)", node, domain)
            }
            if memory?["mode"] == "restrictive", node["mode"] != "restrictive" {
                return refuse(
                    "'restrictive' mode is required in memnode element when mode is 'restrictive' in memory element",
                    node, domain)
            }
            if let text = node["nodeset"], LibvirtBitmap.parse(text)?.isEmpty ?? false {
                return refuse("Invalid value of 'nodeset': \(text)", node, domain)
            }
        }
        return []
    }

    private func refuse(_ message: String, _ element: XMLElement, _ domain: CheckedDomain) -> [Finding] {
        [finding(message, at: element, in: domain, fix: "change <\(element.name)>, or remove <numatune>")]
    }
}
