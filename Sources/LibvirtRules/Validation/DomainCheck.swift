package import BerthDiagnostics
package import BerthLibvirtDomain
import BerthXML

/// A rule that is checked once libvirt could read the document.
package protocol DomainCheck: Sendable {
    /// What it claims; findings have no other name.
    var rule: DomainRule { get }
    /// The devices it is about, by the name of their elements: where a document has none there is nothing to check. Nil: about
    /// the document.
    var subject: String? { get }
    /// Empty where there is nothing to say. Messages are libvirt's own where libvirt refuses the same.
    func check(_ domain: CheckedDomain) -> [Finding]
}

extension DomainCheck {
    package var subject: String? { nil }

    /// A finding at an element, or at one of its attributes.
    func finding(
        _ severity: Severity, _ message: String, at element: XMLElement, _ attribute: String? = nil,
        in domain: CheckedDomain, fix: String? = nil
    ) -> Finding {
        let place = attribute.map { element.location(of: $0, file: domain.file) } ?? element.location(file: domain.file)
        return Finding(severity, message, rule: rule.id, at: place, fix: fix)
    }

    /// An error.
    func finding(
        _ message: String, at element: XMLElement, _ attribute: String? = nil, in domain: CheckedDomain,
        fix: String? = nil
    ) -> Finding {
        finding(.error, message, at: element, attribute, in: domain, fix: fix)
    }
}
