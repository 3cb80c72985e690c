import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct HostNodeIsThere: DomainCheck {
    let rule = DomainRule(
        "numa-host-node", "a NUMA node of the host is there",
        sources: ["libvirt 9.0.0 src/util/virnuma.c virNumaNodesetIsAvailable"],
        """
        <numatune> binds the guest's memory to nodes of the host. Depends on this machine: --any-host leaves it out.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard let known = domain.host.numaNodes, let tune = domain.root.first("numatune") else { return [] }
        let bound = tune.elements("memory").filter { $0["placement"] != "auto" } + tune.elements("memnode")
        return bound.compactMap { element in
            guard let missing = element["nodeset"].flatMap(LibvirtBitmap.parse)?.subtracting(known).min() else {
                return nil
            }
            return finding(
                "NUMA node \(missing) is unavailable", at: element, "nodeset", in: domain,
                fix: "name nodes of the host, see numactl --hardware")
        }
    }
}
