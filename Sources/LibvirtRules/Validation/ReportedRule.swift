import BerthDiagnostics

/// A rule that the reader or the assignment of addresses applies while it works, as libvirt does; here are its documentation
/// and the way out.
protocol ReportedRule: DomainRule {
    /// The smallest change that helps; nil where it depends on the case.
    var remedy: String? { get }
}

extension ReportedRule {
    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.reported(id).map { finding in
            var finding = finding
            finding.fix = finding.fix ?? remedy
            return finding
        }
    }
}
