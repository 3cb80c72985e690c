import BerthDiagnostics

/// Claims that the reader, the addresses or the arguments hold a document against: what QEMU is started with.
extension DomainRule {
    package static let memorySize = DomainRule(
        "memory-size", "the guest has memory",
        sources: ["libvirt 9.0.0 src/conf/domain_postparse.c virDomainDefPostParseMemory"],
        """
        <memory>, or the cells of <cpu><numa>, say how much. The size of the domain is the sum of the cells where there
        are any.
        """)

    package static let domainDefault = DomainRule(
        "domain-default", "what only the host or its QEMU can tell is assumed",
        sources: ["libvirt documentation, formatdomain: CPU model and topology"],
        """
        A processor that is passed through has the host's address bits, a distribution's machine type the defaults of its QEMU.
        plan, simulate and apply say what they take for it; to libvirt nothing is wrong.
        """)
}
