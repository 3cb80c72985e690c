import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

struct NameIsKnown: DomainCheck {
    let rule = DomainRule(
        "unknown-name", "libvirt knows the elements and attributes of devices, os, features and cpu",
        sources: ["the schemas of libvirt 9.0, 11.3 and 12.8; NEWS.rst where it names the release"],
        """
        What libvirt does not know it passes over without a word: a misspelt element, or one of a later release, does nothing.
        The schema of that release says so as an error; without it this is a warning. Below <devices>, <os>, <features> and <cpu>.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard !domain.isHeldAgainstSchema else { return [] }
        var findings: [Finding] = []
        for name in ["devices", "os", "features", "cpu"] {
            for element in domain.root.elements(name) { look("domain", element, domain, &findings) }
        }
        return findings
    }

    private func look(
        _ parent: String, _ element: XMLElement, _ domain: CheckedDomain, _ findings: inout [Finding]
    ) {
        guard let place = KnownNames.place(parent, element.name), !place.isOpen else { return }
        for attribute in element.attributes where !attribute.name.contains(":") {
            let span = place.attributes[attribute.name]
            guard !(span?.contains(domain.libvirt) ?? false) else { continue }
            let near = span == nil ? NearestName.of(attribute.name, among: place.attributes.keys.sorted()) : nil
            findings.append(
                finding(
                    .warning,
                    "libvirt \(short(domain.libvirt)) passes over \(attribute.name)= of <\(element.name)>"
                        + (span?.remark ?? ""),
                    at: element, attribute.name, in: domain, fix: near.map { "write \($0)=" }))
        }
        for child in element.elements() where !child.name.contains(":") {
            let span = place.children[child.name]
            if span?.contains(domain.libvirt) ?? false {
                look(element.name, child, domain, &findings)
                continue
            }
            let near = span == nil ? NearestName.of(child.name, among: place.children.keys.sorted()) : nil
            findings.append(
                finding(
                    .warning,
                    "libvirt \(short(domain.libvirt)) passes over <\(child.name)> in <\(element.name)>"
                        + (span?.remark ?? ""),
                    at: child, in: domain, fix: near.map { "write <\($0)>" }))
        }
    }

    private func short(_ release: LibvirtRelease) -> String { "\(release.major).\(release.minor)" }
}
