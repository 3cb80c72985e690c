import BerthBundled
public import BerthDiagnostics
public import BerthPCI
import BerthPlacement
import BerthQEMU
import BerthServices
public import BerthStack
public import BerthTopology
import BerthXML

/// A virtual machine as a value: everything that decides which addresses its PCI functions will have.
///
/// Read from what people have: a topology file, a libvirt domain, a QEMU command line. Readers take bytes, because files
/// are the caller's affair; of a text its `utf8`. A stack that is given to a reader goes before the releases that the input
/// names; without one those hold, and where the input names none, `Stack.standard`.
public struct Guest: Hashable, Sendable {
    package var topology: GuestTopology
    /// What was assumed, dropped, or read otherwise than it is written, each with its place; none is an error.
    public let findings: [Finding]

    package init(_ topology: GuestTopology, findings: [Finding] = []) {
        self.topology = topology
        self.findings = findings
    }

    /// Reads a topology file: YAML, or JSON, which is YAML; docs/topology-files.md has its keys.
    ///
    /// `file` names it in messages. Errors: not YAML, a key or a value that is not known, a guest that QEMU would refuse.
    public init(
        topologyFile bytes: some Sequence<UInt8>, file: String = "guest.yaml", stack: Stack? = nil
    ) throws(InputError) {
        let (topology, findings) = try TopologyFile.reading(Array(bytes), file: file, stack: StackChoice(named: stack))
        self.init(topology, findings: findings)
    }

    /// Reads a libvirt domain, and completes and starts it as libvirt would (docs/libvirt.md).
    ///
    /// `file` names it in messages; `fileSize` says how many bytes a ROM file has that the domain names by its path, nil where
    /// nobody can look. Errors: not XML; everything that libvirt or QEMU would refuse, in their words; a device that is
    /// not modelled.
    public init(
        domainXML bytes: some Sequence<UInt8>, file: String = "domain.xml", stack: Stack? = nil,
        fileSize: @escaping (_ path: String) -> ByteCount? = { _ in nil }
    ) throws(InputError) {
        let document = try XMLDocument(bytes: Array(bytes), file: file)
        let (topology, findings) = try Services.guest(
            of: document, file: file, stack: StackChoice(named: stack), fileSize: { fileSize($0)?.rawValue })
        _ = try topology.resolved()
        self.init(topology, findings: document.findings + findings)
    }

    /// Reads the arguments of a QEMU command line, one word each; a program's name in front is passed over.
    ///
    /// `source` names them in messages, where the column is the number of the word; `fileSize` is that of
    /// `init(domainXML:file:stack:fileSize:)`. Errors: an option that is not known at all, a value that QEMU would refuse, a device on
    /// a bus that is not there.
    public init(
        qemuArguments words: [String], source: String = "command line", stack: Stack? = nil,
        fileSize: @escaping (_ path: String) -> ByteCount? = { _ in nil }
    ) throws(InputError) {
        let located = words.enumerated().map {
            CommandWord($0.element, at: InputLocation(file: source, column: $0.offset + 1))
        }
        let (topology, findings) = try CommandLineReader.read(
            located, source: source, stack: StackChoice(named: stack), fileSize: { fileSize($0)?.rawValue })
        _ = try topology.resolved()
        self.init(topology, findings: findings)
    }

    /// One of the guests that come with Berth, by its name in `bundledNames`; nil for another name.
    public init?(bundled name: String) {
        guard let topology = try? BundledTopologies.topology(named: name) else { return nil }
        self.init(topology)
    }

    /// The guests that come with Berth, in the order of the alphabet; `Catalog.guests` says what each is.
    public static var bundledNames: [String] { BundledTopologies.names }

    /// What messages and reports call it: the name in a topology file, the domain's name.
    public var name: String { topology.name }

    /// Whether an integrated graphics device is assigned to it, without which there is nothing to plan.
    public var hasIGD: Bool { topology.igd != nil }

    /// The same guest with the IGD of a real host: identity, control word, addresses, neighbours.
    ///
    /// What the guest asks for (sizes, slot, ROM) stays; a guest without an IGD gets one at 00:02.0. Of a host without an IGD
    /// the guest is as it was.
    public func adopting(_ host: HostMachine) -> Guest {
        Guest(topology.adopting(host.inventory), findings: findings)
    }
}

/// What a domain or a command line does not say, and what can be tried in its place.
extension Guest {
    /// The releases that it runs on.
    ///
    /// Replacing them replaces firmware and QEMU; the operating system stays, because guests bring their own.
    public var stack: Stack {
        get { topology.stack }
        set { topology.stack = newValue }
    }

    /// What it boots with.
    public var firmware: FirmwareChoice {
        get { topology.firmware }
        set { topology.firmware = newValue }
    }

    /// What runs after the firmware.
    public var operatingSystem: GuestOS {
        get { topology.guest }
        set { topology.guest = newValue }
    }

    /// What the IGD is for: it decides which regions somebody needs.
    ///
    /// Where nothing was said, a display, and where no OS runs a picture from power-on. Planning refuses a purpose that needs a driver
    /// for a guest without an OS.
    public var purpose: Purpose {
        get { topology.use }
        set { topology.purpose = newValue }
    }
}
