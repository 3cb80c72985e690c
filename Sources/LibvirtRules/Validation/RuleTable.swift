package import BerthDiagnostics
package import BerthLibvirtDomain
import BerthStack
import BerthXML

/// Claims about one subject that take a few lines each. A test holds `all` against what the file declares.
package protocol RuleTable: SendableMetatype {
    static var all: [RuleRow] { get }
}

/// A claim, and the lines that check it.
package struct RuleRow: DomainCheck {
    package let rule: DomainRule
    package let subject: String?
    private let run: @Sendable (CheckedDomain, inout Report) -> Void

    private init(
        _ rule: DomainRule, about subject: String? = nil,
        _ run: @escaping @Sendable (CheckedDomain, inout Report) -> Void
    ) {
        self.rule = rule
        self.subject = subject
        self.run = run
    }

    package func check(_ domain: CheckedDomain) -> [Finding] {
        var report = Report(rule: rule, file: domain.file)
        run(domain, &report)
        return report.findings
    }
}

extension RuleRow {
    /// About the document as a whole.
    static func domain(
        _ id: RuleID, _ summary: String, releases: LibvirtSpan = .always, remedy: String? = nil, sources: [String],
        _ documentation: String,
        _ check: @escaping @Sendable (CheckedDomain, inout Report) -> Void
    ) -> RuleRow {
        RuleRow(DomainRule(id, summary, releases: releases, remedy: remedy, sources: sources, documentation), check)
    }

    /// About every child of `<devices>` that has this name.
    static func devices(
        _ name: String, _ id: RuleID, _ summary: String, releases: LibvirtSpan = .always, remedy: String? = nil,
        sources: [String], _ documentation: String,
        _ check: @escaping @Sendable (XMLElement, CheckedDomain, inout Report) -> Void
    ) -> RuleRow {
        let rule = DomainRule(id, summary, releases: releases, remedy: remedy, sources: sources, documentation)
        return RuleRow(rule, about: name) { domain, report in
            for device in domain.devices(name) { check(device, domain, &report) }
        }
    }

    /// Of devices of which a guest has one; every further one is refused.
    static func single(
        _ name: String, _ id: RuleID, _ summary: String, releases: LibvirtSpan = .always, remedy: String? = nil,
        sources: [String], _ documentation: String, refusing message: String
    ) -> RuleRow {
        let rule = DomainRule(id, summary, releases: releases, remedy: remedy, sources: sources, documentation)
        return RuleRow(rule, about: name) { domain, report in
            guard domain.isX86 else { return }
            for device in domain.devices(name).dropFirst() { report.refuse(message, at: device) }
        }
    }

    static func disks(
        _ id: RuleID, _ summary: String, releases: LibvirtSpan = .always, remedy: String? = nil, sources: [String],
        _ documentation: String,
        _ check: @escaping @Sendable (CheckedDisk, CheckedDomain, inout Report) -> Void
    ) -> RuleRow {
        let rule = DomainRule(id, summary, releases: releases, remedy: remedy, sources: sources, documentation)
        return RuleRow(rule, about: "disk") { domain, report in
            for disk in domain.disks { check(disk, domain, &report) }
        }
    }
}

/// What one rule has to say.
struct Report {
    let rule: DomainRule
    let file: String
    private(set) var findings: [Finding] = []

    init(rule: DomainRule, file: String) {
        self.rule = rule
        self.file = file
    }

    /// At an attribute where one is to blame; what helps is the rule's remedy, unless the case decides.
    mutating func refuse(
        _ message: String, at element: XMLElement, _ attribute: String? = nil, fix: String? = nil
    ) {
        add(.error, message, element, attribute, fix ?? rule.remedy)
    }

    /// Of an attribute or element that should not be there: says nothing where it is not.
    mutating func surplus(_ message: String, _ element: XMLElement?, _ attribute: String? = nil) {
        guard let element else { return }
        if let attribute {
            guard element[attribute] != nil else { return }
            return add(.error, message, element, attribute, "remove \(attribute)=")
        }
        add(.error, message, element, nil, "remove <\(element.name)>")
    }

    mutating func warn(_ message: String, at element: XMLElement, _ attribute: String? = nil, fix: String? = nil) {
        add(.warning, message, element, attribute, fix ?? rule.remedy)
    }

    private mutating func add(
        _ severity: Severity, _ message: String, _ element: XMLElement, _ attribute: String?, _ fix: String?
    ) {
        let place = attribute.map { element.location(of: $0, file: file) } ?? element.location(file: file)
        findings.append(Finding(severity, message, rule: rule.id, at: place, fix: fix))
    }
}
