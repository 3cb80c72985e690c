package import BerthDiagnostics
import BerthXML

/// One statement that must hold of a domain XML document.
package protocol DomainRule: Sendable {
    var id: RuleID { get }
    /// One line for lists.
    var summary: String { get }
    /// What is checked, why, and what helps.
    var documentation: String { get }
    var sources: [String] { get }
    /// Empty where the rule has nothing to say. Messages are libvirt's own where libvirt refuses the same.
    func check(_ domain: CheckedDomain) -> [Finding]
}

extension DomainRule {
    /// A finding at an element, or at one of its attributes.
    func finding(
        _ severity: Severity, _ message: String, at element: XMLElement, _ attribute: String? = nil,
        in domain: CheckedDomain, fix: String? = nil
    ) -> Finding {
        let place = attribute.map { element.location(of: $0, file: domain.file) } ?? element.location(file: domain.file)
        return Finding(severity, message, rule: id, at: place, fix: fix)
    }

    /// An error.
    func finding(
        _ message: String, at element: XMLElement, _ attribute: String? = nil, in domain: CheckedDomain,
        fix: String? = nil
    ) -> Finding {
        finding(.error, message, at: element, attribute, in: domain, fix: fix)
    }
}
