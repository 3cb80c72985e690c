import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthTopology
package import BerthXML

/// A document as the rules see it: its elements, and what libvirt makes of them.
package struct CheckedDomain: Sendable {
    package let file: String
    package let root: XMLElement
    package let host: LibvirtHost
    /// The children of all `<devices>` in order.
    let devices: [XMLElement]
    private let byName: [String: [XMLElement]]
    let disks: [CheckedDisk]
    /// What the reader took from the document.
    let written: WrittenDomain
    /// The domain with everything libvirt adds and every address; nil where libvirt would not get that far.
    let assigned: AssignedDomain?
    /// All devices of `assigned`, kind after kind.
    let assignedDevices: [DomainDevice]
    /// What libvirt has against the document while it reads it and gives out addresses.
    let refusals: [DomainRefusal]
    let pciControllers: [XMLElement]
    private(set) var igdElements: [XMLElement] = []
    /// The children of the elements of the QEMU namespace.
    let qemuChildren: [QEMUChild]
    /// The words of `<qemu:commandline>`.
    let commandLineOptions: [CommandLineOption]
    let commandLineDevices: [CommandLineDevice]
    /// Overridden properties by QEMU id; those removed have no value.
    let overrides: [String: [String: String]]

    /// Whether the schema has a word to say, which goes further than ours.
    let isHeldAgainstSchema: Bool

    package init(_ document: XMLDocument, file: String, host: LibvirtHost, isHeldAgainstSchema: Bool = false) {
        self.file = file
        self.isHeldAgainstSchema = isHeldAgainstSchema
        self.host = host
        root = document.root
        devices = root.elements("devices").flatMap { $0.elements() }
        byName = Dictionary(grouping: devices, by: \.name)
        disks = (byName["disk"] ?? []).map(CheckedDisk.init)
        let read = DomainDocument(document, file: file, libvirt: host.libvirt ?? .newestMeasured)
        written = read.written
        // Addresses of other architectures are not known here.
        switch Self.isX86(root) ? read.assignment : nil {
        case .success(let domain): (assigned, refusals) = (domain, read.refusals)
        case .failure(let refused): (assigned, refusals) = (nil, read.refusals + refused.all)
        case nil: (assigned, refusals) = (nil, read.refusals)
        }
        assignedDevices = assigned?.devices ?? []
        pciControllers = (byName["controller"] ?? []).filter { $0["type"] == "pci" }
        qemuChildren = QEMUChild.all(in: document.root)
        let passthrough = read.written.passthrough
        commandLineOptions = CommandLineOption.all(in: passthrough.arguments)
        commandLineDevices = commandLineOptions.filter { $0.name == "device" }
            .map { CommandLineDevice(text: $0.text, element: $0.element) }
        overrides = Dictionary(
            passthrough.overrides.map { override in
                (override.alias, Dictionary(override.properties.map { ($0.name, $0.value.text) }) { $1 })
            }
        ) { first, second in first.merging(second) { $1 } }
        igdElements = devices("hostdev").filter(isIGD)
    }

    /// The devices as far as they are known: completed, or as written where libvirt would not get that far.
    var known: DomainDevices { assigned?.lists ?? written.lists }

    /// The names of the elements in `<devices>`.
    var deviceNames: Dictionary<String, [XMLElement]>.Keys { byName.keys }

    func devices(_ name: String) -> [XMLElement] { byName[name] ?? [] }

    // MARK: Machine

    /// `pc` where nothing is written.
    var machine: String { written.machine.name }
    var chipset: DomainMachine.Chipset { written.machine.chipset }
    var isX86: Bool { Self.isX86(root) }
    /// The release that starts the guest: where nobody said, the measured one, or that of the machine if it is newer.
    var qemu: QEMURelease {
        host.qemu ?? max(Stack.standard.qemu, Machine(name: machine)?.version ?? Stack.standard.qemu)
    }
    /// What reads the document.
    var libvirt: LibvirtRelease { written.libvirt }
    func isRead(by span: LibvirtSpan) -> Bool { span.contains(libvirt) }
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

extension DomainDevices {
    var pciControllers: [DomainDevice] { self[.controller].filter(\.isPCIController) }
}
