import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct MemorySizeGiven: DomainCheck {
    let rule = DomainRule.memorySize

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
