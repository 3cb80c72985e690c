package import BerthPCI
package import BerthXML
package import BerthDiagnostics

/// A libvirt domain: what of its document decides which PCI functions QEMU is told to make, and where.
package struct Domain: Hashable, Sendable {
    /// The name findings carry.
    package var file: String
    package var element: XMLElement
    /// `kvm`, `qemu`.
    package var hypervisor: String
    package var name: String
    package var machine: DomainMachine
    package var memory: DomainMemory
    /// In libvirt's order within each kind.
    private var lists: [[DomainDevice]]
    package var passthrough: QEMUPassthrough

    package init(file: String, element: XMLElement) {
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
    package subscript(kind: DomainDevice.Kind) -> [DomainDevice] {
        get { lists[kind.rawValue] }
        // In place: a list can have thousands of devices.
        _modify { yield &lists[kind.rawValue] }
    }

    /// Every device, kind after kind.
    package var devices: [DomainDevice] { lists.flatMap { $0 } }

    /// Where a device stands: of its element, or of the domain for a device that libvirt adds.
    package func location(of device: DomainDevice) -> SourceLocation {
        ElementPlace.of(device.element ?? element, file: file)
    }
}

/// The machine type of a domain.
package struct DomainMachine: Hashable, Sendable {
    /// What decides which addresses are taken. Everything else has no PCI here.
    package enum Chipset: Hashable, Sendable { case i440fx, q35, none }

    /// As written; `pc` where nothing is.
    package var name: String
    package var element: XMLElement?

    package init(name: String, element: XMLElement? = nil) {
        self.name = name
        self.element = element
    }

    /// Source: `qemuDomainMachineIsQ35` and `qemuDomainMachineIsI440FX` in src/qemu/qemu_domain.c @ 9.0.0.
    package var chipset: Chipset {
        if name == "q35" || name.hasPrefix("pc-q35-") { return .q35 }
        let prefixes = ["pc-0.", "pc-1.", "pc-i440fx-", "rhel"]
        return name == "pc" || prefixes.contains { name.hasPrefix($0) } ? .i440fx : .none
    }
}

/// Memory sizes, in bytes as written; libvirt rounds up to whole mebibytes when QEMU is started.
package struct DomainMemory: Hashable, Sendable {
    package var size: ByteCount = .zero
    /// `<maxMemory>`; nil where nothing can be plugged in.
    package var maximum: ByteCount?
    package var slots = 0
    package init() {}
}

/// The elements of libvirt's QEMU namespace.
package struct QEMUPassthrough: Hashable, Sendable {
    package static let namespace = "http://libvirt.org/schemas/domain/qemu/1.0"

    /// `<qemu:arg value=…/>`, word by word.
    package var arguments: [Word] = []
    /// `<qemu:override>`: properties by the QEMU id they go to.
    package var overrides: [DeviceOverride] = []
    /// `<qemu:del capability=…/>` and `<qemu:add …/>`.
    package var removedCapabilities: [String] = []
    package var addedCapabilities: [String] = []
    package init() {}

    package struct Word: Hashable, Sendable {
        package var text: String
        package var element: XMLElement
    }

    package struct DeviceOverride: Hashable, Sendable {
        package var alias: String
        package var properties: [OverrideProperty]
        package var element: XMLElement
    }

    package struct OverrideProperty: Hashable, Sendable {
        package var name: String
        package var value: OverrideValue
    }

    package enum OverrideValue: Hashable, Sendable {
        case bool(Bool)
        case unsigned(UInt64)
        case signed(Int64)
        case text(String)
        case remove
    }
}
