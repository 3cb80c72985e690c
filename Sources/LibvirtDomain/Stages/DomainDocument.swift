package import BerthDiagnostics
package import BerthStack
package import BerthXML

/// A document and what libvirt makes of it: each stage once, however many ask for it.
package struct DomainDocument: Sendable {
    package let document: XMLDocument
    package let written: WrittenDomain
    /// What the reader has against it, in the order of the document's parts.
    package let refusals: [DomainRefusal]
    /// What of it libvirt would start, or why it would not; nil where the reader is the one that stops.
    package let assignment: Result<AssignedDomain, DomainRefusals>?

    package init(_ document: XMLDocument, file: String, libvirt: LibvirtRelease = .newestMeasured) {
        self.document = document
        (written, refusals) = DomainReader.read(document, file: file, libvirt: libvirt)
        assignment = refusals.stop ? nil : Self.assign(written)
    }

    private static func assign(_ written: WrittenDomain) -> Result<AssignedDomain, DomainRefusals> {
        do throws(DomainRefusals) {
            return .success(try DomainAddresses.assign(written))
        } catch {
            return .failure(error)
        }
    }

    /// Errors: what libvirt refuses, in its words; all of it.
    package func assigned() throws(InputError) -> AssignedDomain {
        switch assignment {
        case .success(let assigned): return assigned
        case .failure(let refused): throw InputError(.unusable, refused.all.map(\.remark))
        case nil: throw InputError(.unusable, refusals.filter { $0.effect == .stops }.map(\.remark))
        }
    }

    /// What is left out of the guest or read otherwise than it is written: warnings.
    ///
    /// In the order of the document.
    package var remarks: [Finding] {
        refusals.filter { $0.effect != .stops }.sorted { $0.location < $1.location }.map(\.remark)
    }
}
