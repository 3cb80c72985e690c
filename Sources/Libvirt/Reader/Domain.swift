public import BerthPCI
public import BerthXML
public import BerthDiagnostics

/// A libvirt domain: what of its document decides which PCI functions QEMU is told to make, and where.
public struct Domain: Hashable, Sendable {
    /// The name findings carry.
    public var file: String
    public var element: XMLElement
    /// `kvm`, `qemu`.
    public var hypervisor: String
    public var name: String
    public var machine: DomainMachine
    public var memory: DomainMemory
    /// In libvirt's order within each kind.
    private var lists: [[DomainDevice]]
    public var passthrough: QEMUPassthrough

    public init(file: String, element: XMLElement) {
        self.file = file
        self.element = element
        hypervisor = element["type"] ?? ""
        name = element.first("name")?.text ?? ""
        machine = DomainMachine(name: "pc")
        memory = DomainMemory()
        lists = Array(repeating: [], count: DomainDevice.Kind.allCases.count)
        passthrough = QEMUPassthrough()
    }

    /// The devices of one kind, in libvirt's order: disks by bus and name, controllers by type and index, a primary video
    /// first, the others as written.
    public subscript(kind: DomainDevice.Kind) -> [DomainDevice] {
        get { lists[kind.rawValue] }
        // In place: a list can have thousands of devices.
        _modify { yield &lists[kind.rawValue] }
    }

    /// Every device, kind after kind.
    public var devices: [DomainDevice] { lists.flatMap { $0 } }

    /// Where a device stands: of its element, or of the domain for a device that libvirt adds.
    public func location(of device: DomainDevice) -> SourceLocation {
        ElementPlace.of(device.element ?? element, file: file)
    }
}

/// The machine type of a domain.
public struct DomainMachine: Hashable, Sendable {
    /// What decides which addresses are taken. Everything else has no PCI here.
    public enum Chipset: Hashable, Sendable { case i440fx, q35, none }

    /// As written; `pc` where nothing is.
    public var name: String
    public var element: XMLElement?

    public init(name: String, element: XMLElement? = nil) {
        self.name = name
        self.element = element
    }

    /// Source: `qemuDomainMachineIsQ35` and `qemuDomainMachineIsI440FX` in src/qemu/qemu_domain.c @ 9.0.0.
    public var chipset: Chipset {
        if name == "q35" || name.hasPrefix("pc-q35-") { return .q35 }
        let prefixes = ["pc-0.", "pc-1.", "pc-i440fx-", "rhel"]
        return name == "pc" || prefixes.contains { name.hasPrefix($0) } ? .i440fx : .none
    }
}

/// Memory sizes, in bytes as written; libvirt rounds up to whole mebibytes when QEMU is started.
public struct DomainMemory: Hashable, Sendable {
    public var size: ByteCount = .zero
    /// `<maxMemory>`; nil where nothing can be plugged in.
    public var maximum: ByteCount?
    public var slots = 0
    public init() {}
}

/// The elements of libvirt's QEMU namespace.
public struct QEMUPassthrough: Hashable, Sendable {
    public static let namespace = "http://libvirt.org/schemas/domain/qemu/1.0"

    /// `<qemu:arg value=…/>`, word by word.
    public var arguments: [Word] = []
    /// `<qemu:override>`: properties by the QEMU id they go to.
    public var overrides: [DeviceOverride] = []
    /// `<qemu:del capability=…/>` and `<qemu:add …/>`.
    public var removedCapabilities: [String] = []
    public var addedCapabilities: [String] = []
    public init() {}

    public struct Word: Hashable, Sendable {
        public var text: String
        public var element: XMLElement
    }

    public struct DeviceOverride: Hashable, Sendable {
        public var alias: String
        public var properties: [OverrideProperty]
        public var element: XMLElement
    }

    public struct OverrideProperty: Hashable, Sendable {
        public var name: String
        public var value: OverrideValue
    }

    public enum OverrideValue: Hashable, Sendable {
        case bool(Bool)
        case unsigned(UInt64)
        case signed(Int64)
        case text(String)
        case remove
    }
}
