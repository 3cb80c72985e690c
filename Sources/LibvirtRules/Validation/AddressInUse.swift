import BerthDiagnostics
import BerthLibvirtDomain

extension DomainRefusal {
    /// Libvirt's verdict, with what helps in this document.
    func verdict(in domain: CheckedDomain) -> Finding {
        var finding = verdict
        if let taken {
            // Who is there is worth saying where it is no device of the document.
            let owner = domain.boardFunctions[taken.place].map { "; \($0) is there" } ?? ""
            finding.fix = "write slot='\(domain.freeSlot)'\(owner)"
        }
        return finding
    }
}
