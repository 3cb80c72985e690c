package import BerthDiagnostics
import BerthLibvirtDomain
import BerthLibvirtRules
import BerthPCI
import BerthQEMU
package import BerthStack
package import BerthTopology
package import BerthXML

extension Services {
    /// The guest of a libvirt domain: read, completed as libvirt does it, started as libvirt would start it.
    ///
    /// Findings are what libvirt drops without a word and what is assumed; `fileSize` looks at ROM files where the
    /// caller can.
    /// Errors: everything libvirt would refuse, in its words; a device that is not modelled.
    package static func guest(
        of document: XMLDocument, file: String, stack: StackChoice = StackChoice(),
        fileSize: @escaping (String) -> UInt64? = { _ in nil }
    ) throws(InputError) -> (topology: GuestTopology, findings: [Finding]) {
        var (domain, findings) = DomainReader.read(document, file: file)
        if !findings.contains(where: { $0.severity == .error }) { findings += DomainAddresses.assign(&domain) }
        try refuse(findings)
        let (words, notes) = DomainArguments.commandLine(domain)
        try refuse(notes)
        var (topology, warnings) = try CommandLineReader.read(
            words.map { CommandWord($0.text, at: $0.location) }, source: file, stack: stack, fileSize: fileSize)
        topology.name = domain.name.isEmpty ? "domain" : domain.name
        topology.guest = guestOS(domain) ?? .linux(topology.stack.linux)
        return (topology, DomainRemarks.of(document, file: file) + findings + notes + warnings)
    }

    private static func refuse(_ findings: [Finding]) throws(InputError) {
        let errors = findings.filter { $0.severity == .error }
        guard errors.isEmpty else { throw InputError(.unusable, errors) }
    }

    /// As virt-manager notes it down; nil where it did not.
    private static func guestOS(_ domain: Domain) -> GuestOS? {
        let known = ["microsoft.com/win/10": 10, "microsoft.com/win/11": 11]
        let noted = domain.element.elements("metadata").flatMap { $0.elements() }.flatMap { [$0] + $0.elements() }
        let ids = noted.compactMap { $0["id"] }
        let found = known.sorted { $0.key < $1.key }.first { entry in ids.contains { $0.hasSuffix(entry.key) } }
        return found.map { .windows($0.value) }
    }
}
