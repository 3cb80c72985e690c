import BerthDiagnostics
import BerthLibvirtDomain

extension DomainRefusal {
    /// Libvirt's verdict, with what helps in this document.
    func verdict(in domain: CheckedDomain) -> Finding {
        var finding = verdict
        if rule == .pciDoubleUse { finding.fix = Self.freeSlot(for: message, in: domain) }
        return finding
    }

    /// Who is there is worth saying where it is no device of the document.
    private static func freeSlot(for message: String, in domain: CheckedDomain) -> String {
        let owner = domain.boardFunctions.first { message.hasSuffix(" \($0.key)") }.map { "; \($0.value) is there" }
        return "write slot='\(domain.freeSlot)'\(owner ?? "")"
    }
}
