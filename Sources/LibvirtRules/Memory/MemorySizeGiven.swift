import BerthLibvirtDomain
import BerthDiagnostics
import BerthXML

/// The guest has memory.
struct MemorySizeGiven: DomainRule {
    let id: RuleID = "memory-size"
    let summary = "the guest has memory"
    let documentation = """
        <memory>, or the cells of <cpu><numa>, say how much. The size of the domain is the sum of the cells where there
        are any.
        """
    let sources = ["libvirt 9.0.0 src/conf/domain_postparse.c virDomainDefPostParseMemory"]

    func check(_ domain: CheckedDomain) -> [Finding] {
        let cells = domain.root.first("cpu")?.first("numa")?.elements("cell") ?? []
        guard cells.isEmpty else { return [] }
        let memory = domain.root.first("memory")
        if let memory, ScaledSize.bytes(memory, defaultUnit: 1024) != 0 { return [] }
        return [
            finding(
                "Memory size must be specified via <memory> or in the <numa> configuration", at: memory ?? domain.root,
                in: domain,
                fix: "add <memory unit='GiB'>4</memory>")
        ]
    }
}
