import BerthLibvirtDomain
package import BerthDiagnostics
package import BerthXML
import BerthStack
import BerthTopology

/// A document as the rules see it: its elements, and what libvirt makes of them.
package struct CheckedDomain: Sendable {
    package let file: String
    package let root: XMLElement
    package let host: LibvirtHost
    /// The children of all `<devices>` in order.
    let devices: [XMLElement]
    private let byName: [String: [XMLElement]]
    /// What the reader took from the document.
    let domain: Domain
    /// The domain with everything libvirt adds and every address; nil where libvirt would not get that far.
    let assigned: Domain?
    /// All devices of `assigned`, kind after kind.
    let assignedDevices: [DomainDevice]
    let pciControllers: [XMLElement]
    /// PCI controllers with all that is known about them.
    let assignedOrWritten: [DomainDevice]
    private(set) var igdElements: [XMLElement] = []
    /// The children of the elements of the QEMU namespace.
    let qemuChildren: [QEMUChild]
    private let reports: [RuleID: [Finding]]
    /// The words of `<qemu:commandline>`.
    let commandLineOptions: [CommandLineOption]
    let commandLineDevices: [CommandLineDevice]
    /// Overridden properties by QEMU id; those removed have no value.
    let overrides: [String: [String: String]]

    /// No domain has as many; sorting them and looking for slots takes the square of their number.
    static let deviceLimit = 2_000

    package init(_ document: XMLDocument, file: String, host: LibvirtHost) {
        self.file = file
        self.host = host
        root = document.root
        devices = root.elements("devices").flatMap { $0.elements() }
        byName = Dictionary(grouping: devices, by: \.name)
        let isTooLarge = devices.count > Self.deviceLimit
        let (read, findings) =
            isTooLarge ? (Domain(file: file, element: document.root), []) : DomainReader.read(document, file: file)
        domain = read
        var reported = findings
        var assigned: Domain?
        if !isTooLarge, Self.isX86(root), !findings.contains(where: { $0.severity == .error }) {
            var completed = read
            let refused = DomainAddresses.assign(&completed)
            reported += refused
            if !refused.contains(where: { $0.severity == .error }) { assigned = completed }
        }
        self.assigned = assigned
        assignedDevices = assigned?.devices ?? []
        pciControllers = (byName["controller"] ?? []).filter { $0["type"] == "pci" }
        assignedOrWritten = (assigned ?? read)[.controller].filter(\.isPCIController)
        qemuChildren = QEMUChild.all(in: document.root)
        reports = Dictionary(grouping: reported, by: \.rule)
        commandLineOptions = CommandLineOption.all(in: read.passthrough.arguments)
        commandLineDevices = commandLineOptions.filter { $0.name == "device" }
            .map { CommandLineDevice(text: $0.text, element: $0.element) }
        overrides = Dictionary(
            read.passthrough.overrides.map { override in
                (override.alias, Dictionary(override.properties.map { ($0.name, $0.value.text) }) { $1 })
            }
        ) { first, second in first.merging(second) { $1 } }
        igdElements = devices("hostdev").filter(isIGD)
    }

    func devices(_ name: String) -> [XMLElement] { byName[name] ?? [] }

    /// What the reader or the assignment said under a rule's name.
    func reported(_ rule: RuleID) -> [Finding] { reports[rule] ?? [] }

    /// What reader and assignment said under names that are none of `known`: such a finding belongs to no rule, and the
    /// validator gives it out as it is.
    package func unclaimed(by known: Set<RuleID>) -> [Finding] {
        reports.keys.filter { !known.contains($0) }.sorted().flatMap { reports[$0] ?? [] }
    }

    // MARK: Machine

    /// `pc` where nothing is written.
    var machine: String { domain.machine.name }
    var chipset: DomainMachine.Chipset { domain.machine.chipset }
    var isX86: Bool { Self.isX86(root) }
    /// The release that starts the guest: where nobody said, the measured one, or that of the machine if it is newer.
    var qemu: QEMURelease {
        host.qemu ?? max(Stack.standard.qemu, Machine(name: machine)?.version ?? Stack.standard.qemu)
    }
    var isARMVirt: Bool { machine == "virt" || machine.hasPrefix("virt-") }
    var isS390: Bool { machine.hasPrefix("s390-ccw") }

    private static func isX86(_ root: XMLElement) -> Bool {
        let type = root.first("os")?.first("type")
        let known = ["x86_64", "i686"]
        if let arch = type?["arch"] { return known.contains(arch) }
        let machine = type?["machine"] ?? "pc"
        return !["virt", "pseries", "s390-ccw"].contains { machine.hasPrefix($0) }
    }

    var features: XMLElement? { root.first("features") }

    func hasFeature(_ name: String) -> Bool {
        guard let feature = features?.first(name) else { return false }
        return feature["state"] != "off"
    }

    // MARK: PCI controllers

    static let roots: Set = ["pci-root", "pcie-root"]

    /// The index of a controller element, the one libvirt chose where none is written.
    func index(of controller: XMLElement) -> String {
        if let written = controller["index"] { return written }
        let chosen = assigned?[.controller].first { $0.element == controller }?.index
        return chosen.map { "\($0)" } ?? "-1"
    }

    /// Addresses of guests, and of PCI devices on the host.
    var pciAddressElements: [XMLElement] {
        devices.flatMap { device -> [XMLElement] in
            var found = device.elements("address").filter { $0["type"] == "pci" }
            if device.name == "hostdev", device["type"] == "pci", let source = device.first("source") {
                found += source.elements("address")
            }
            return found
        }
    }
}

extension QEMUPassthrough.OverrideValue {
    /// As the attribute has it; empty where the property is removed.
    var text: String {
        switch self {
        case .bool(let value): value ? "true" : "false"
        case .unsigned(let value): "\(value)"
        case .signed(let value): "\(value)"
        case .text(let value): value
        case .remove: ""
        }
    }
}
