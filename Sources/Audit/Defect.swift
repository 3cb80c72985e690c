package import BerthDiagnostics

/// A plan that does not hold. Nobody's input is at fault, so it is neither an `InputError` nor a "no".
package struct Defect: Error, Hashable, Sendable, CustomStringConvertible {
    package var findings: [Finding]

    /// Nil without violations. `plan` names what was planned.
    package init?(_ violations: [Violation], in plan: String) {
        guard !violations.isEmpty else { return nil }
        findings = violations.map {
            Finding(
                .error,
                "\(plan) is planned, and cannot be: \($0); this is a defect of berth: report it with this input",
                rule: "audit")
        }
    }

    package var description: String { findings.map(\.description).joined(separator: "\n") }
}
