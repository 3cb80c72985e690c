import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct MemoryBackingSource: DomainCheck {
    let rule = DomainRule(
        "memory-backing-source", "memory comes from a kind of source libvirt knows",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainDefParseMemory, virDomainMemorySourceTypeFromString"],
        """
        <memoryBacking><source type=> is file, anonymous or memfd.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard let source = domain.root.first("memoryBacking")?.first("source"), let type = source["type"],
            !["file", "anonymous", "memfd", "none"].contains(type)
        else { return [] }
        return [
            finding(
                "unknown memoryBacking/source/type '\(type)'", at: source, "type", in: domain,
                fix: "write type='file', 'anonymous' or 'memfd'")
        ]
    }
}
