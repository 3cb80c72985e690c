package import BerthDiagnostics

/// What the reader or the assignment of addresses has against a document, in libvirt's words.
package struct DomainRefusal: Hashable, Sendable {
    package var rule: DomainRule
    package var message: String
    package var location: InputLocation
    package var effect: Effect
    /// Where the case decides it; else that of the rule.
    package var fix: String?
    /// The address that somebody else has.
    package internal(set) var taken: DomainPCIAddress?

    /// What comes of it.
    package enum Effect: Hashable, Sendable {
        /// Libvirt defines no such domain, and nobody knows which guest was meant.
        case stops
        /// What is refused, or dropped without a word, is nothing of PCI's: the guest goes without it.
        case leavesOut
        /// Libvirt takes it for something else than stands there.
        case misreads
    }

    package init(
        _ rule: DomainRule, _ message: String, at location: InputLocation, effect: Effect = .stops, fix: String? = nil
    ) {
        self.rule = rule
        self.message = message
        self.location = location
        self.effect = effect
        self.fix = fix
    }

    /// To whoever wants the guest: an error only where there is none.
    package var remark: Finding { finding(effect == .stops ? .error : .warning) }

    /// Libvirt's verdict: an error for whatever it would not take, or not read at all.
    package var verdict: Finding { finding(effect == .misreads ? .warning : .error) }

    private func finding(_ severity: Severity) -> Finding {
        Finding(severity, message, rule: rule.id, at: location, fix: fix ?? rule.remedy)
    }
}

/// Why there is no next stage; at least one of them stops.
package struct DomainRefusals: Error, Hashable, Sendable {
    package var all: [DomainRefusal]

    init(_ all: [DomainRefusal]) { self.all = all }
}

extension [DomainRefusal] {
    package var stop: Bool { contains { $0.effect == .stops } }
}
