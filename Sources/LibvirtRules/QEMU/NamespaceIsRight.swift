import BerthLibvirtDomain
import BerthDiagnostics
import BerthXML

/// <qemu:...> elements are in the QEMU namespace.
struct NamespaceIsRight: DomainRule {
    let id: RuleID = "qemu-namespace"
    let summary = "<qemu:...> elements are in the QEMU namespace"
    let documentation = """
        Elements of another or of no namespace are dropped by libvirt without a word, and with them everything they say.
        The namespace is http://libvirt.org/schemas/domain/qemu/1.0; the prefix is free.
        """
    let sources = ["libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainDefNamespaceParse"]

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.root.elements().compactMap { element in
            guard Self.names.contains(element.localName),
                !domain.isInQEMUNamespace(element),
                !domain.uris(of: element).contains(where: Self.others.contains)
            else { return nil }
            let prefix = element.prefix.isEmpty ? "" : ":\(element.prefix)"
            return finding(
                "<\(element.name)> is not in the namespace \(QEMUPassthrough.namespace); libvirt drops it", at: element,
                in: domain, fix: "declare xmlns\(prefix)='\(QEMUPassthrough.namespace)' on <domain>")
        }
    }

    private static let names: Set = ["commandline", "override", "capabilities", "deprecation"]

    /// The namespaces of other hypervisors, which have elements of the same names.
    private static let others = Set(
        ["bhyve", "lxc", "xen", "vmware"].map { "http://libvirt.org/schemas/domain/\($0)/1.0" })
}
