public import BerthDiagnostics
import BerthLibvirtEditing
import BerthLibvirtRules
public import BerthStack
import BerthTopology

/// A libvirt domain as somebody wrote it: to be judged, converted, or made a guest of.
public struct Domain: Hashable, Sendable {
    /// The document, in its own encoding.
    public let bytes: [UInt8]
    /// Its name in messages.
    public let file: String

    /// Takes any bytes, of a text its `utf8`; whether they are a domain, `findings(schema:host:)` says.
    public init(_ bytes: some Sequence<UInt8>, file: String = "domain.xml") {
        self.bytes = Array(bytes)
        self.file = file
    }

    /// Everything that schema and rules have to say, in the order of the lines, each with its line of text.
    ///
    /// No error among them means that libvirt takes the document. Without a schema the rules judge alone; `host` is the machine
    /// that the domain is for. What is not XML at all gives the findings that say so.
    public func findings(schema: LibvirtSchema? = nil, host: LibvirtHost = LibvirtHost()) -> [Finding] {
        DomainValidator(schema: schema?.grammar, host: host.host).validate(bytes, file: file)
    }

    /// The guest that libvirt makes of it.
    ///
    /// Errors: those of `Guest.init(domainXML:file:stack:fileSize:)`.
    public func guest(stack: Stack? = nil) throws(InputError) -> Guest {
        try Guest(domainXML: bytes, file: file, stack: stack)
    }

    /// The same domain on the other of QEMU's two PC machines, changed no more than that takes.
    ///
    /// Devices keep their addresses where the other machine has them free. Errors: not a domain that libvirt takes, a machine
    /// that is neither.
    public func converted(to machine: MachineFamily, stack: Stack? = nil) throws(InputError) -> ChangedDomain {
        let result = try MachineConversion.convert(
            bytes, file: file, to: machine == .pc ? .pc : .q35, stack: StackChoice(named: stack))
        return ChangedDomain(
            domain: Domain(result.bytes, file: file), before: result.before, after: result.after,
            findings: result.findings)
    }
}

/// QEMU's two PC machines.
public enum MachineFamily: String, Hashable, Sendable, CaseIterable {
    /// i440FX host bridge and PIIX3 south bridge; conventional PCI.
    case pc
    /// MCH host bridge and ICH9 south bridge; PCI Express.
    case q35
}

/// A domain that was changed in place: every byte that no change is about is as it was.
public struct ChangedDomain: Hashable, Sendable {
    /// The whole document, in its own encoding.
    public let domain: Domain
    /// The document as text before the change, for showing.
    public let before: String
    /// The document as text after the change, for showing.
    public let after: String
    /// What changes for the guest (notes), what is lost or costs something (warnings), and what cannot be done (errors).
    public let findings: [Finding]

    /// Nothing had to be changed.
    public var isUnchanged: Bool { before == after }
}
