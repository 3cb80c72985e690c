import BerthDiagnostics

/// Claims that the reader, the addresses or the arguments hold a document against: libvirt's QEMU namespace.
extension DomainRule {
    package static let qemuNamespace = DomainRule(
        "qemu-namespace", "<qemu:...> elements are in the QEMU namespace",
        sources: ["libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainDefNamespaceParse"],
        """
        Elements of another or of no namespace are dropped by libvirt without a word, and with them everything they say.
        The namespace is http://libvirt.org/schemas/domain/qemu/1.0; the prefix is free.
        """)

    package static let overrideId = DomainRule(
        "override-id", "an override does not change 'id'", remedy: "give the device an <alias>",
        sources: ["libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainDefNamespaceParseOverrideProperties"],
        """
        The id is how everything else finds the device.
        """)

    package static let overrideValue = DomainRule(
        "override-value", "the value of an override has its type",
        sources: ["libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainDefNamespaceParseOverrideProperties"],
        """
        bool is true or false; signed and unsigned are decimal; remove has no value; string is anything, but QEMU
        refuses it where it wants another type.
        """)
}
