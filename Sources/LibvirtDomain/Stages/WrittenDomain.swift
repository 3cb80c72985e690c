package import BerthDiagnostics
package import BerthStack
package import BerthXML

/// A libvirt domain as its document has it: what of it decides which PCI functions QEMU is told to make, before libvirt
/// adds anything or chooses an address.
package struct WrittenDomain: Hashable, Sendable {
    /// The name findings carry.
    package let file: String
    package let element: XMLElement
    /// What reads it, and adds and places what is missing.
    package let libvirt: LibvirtRelease
    /// `kvm`, `qemu`.
    package let hypervisor: String
    package let name: String
    package internal(set) var machine: DomainMachine
    package internal(set) var memory: DomainMemory
    package internal(set) var passthrough: QEMUPassthrough
    /// Whoever changes the document changes the devices with it, and has addresses assigned anew.
    package var lists: DomainDevices

    init(file: String, element: XMLElement, libvirt: LibvirtRelease) {
        self.file = file
        self.libvirt = libvirt
        self.element = element
        hypervisor = element["type"] ?? ""
        name = element.first("name")?.text ?? ""
        machine = DomainMachine(name: "pc")
        memory = DomainMemory()
        passthrough = QEMUPassthrough()
        lists = DomainDevices()
    }

    package subscript(kind: DomainDevice.Kind) -> [DomainDevice] { lists[kind] }

    /// Every device, kind after kind.
    package var devices: [DomainDevice] { lists.all }

    /// Where a device stands: its element, or the domain's for a device that libvirt adds.
    package func location(of device: DomainDevice) -> InputLocation {
        (device.element ?? element).location(file: file)
    }
}

/// A domain with everything that libvirt adds, and an address for every PCI device.
package struct AssignedDomain: Hashable, Sendable {
    package let written: WrittenDomain
    package let lists: DomainDevices

    package subscript(kind: DomainDevice.Kind) -> [DomainDevice] { lists[kind] }
    package var devices: [DomainDevice] { lists.all }

    package var file: String { written.file }
    package var libvirt: LibvirtRelease { written.libvirt }
    package var element: XMLElement { written.element }
    package var name: String { written.name }
    package var machine: DomainMachine { written.machine }
    package var memory: DomainMemory { written.memory }
    package var passthrough: QEMUPassthrough { written.passthrough }

    package func location(of device: DomainDevice) -> InputLocation { written.location(of: device) }
}

/// A domain between both stages.
struct UnfinishedDomain {
    let written: WrittenDomain
    var lists: DomainDevices

    init(_ written: WrittenDomain) {
        self.written = written
        lists = written.lists
    }

    subscript(kind: DomainDevice.Kind) -> [DomainDevice] {
        get { lists[kind] }
        _modify { yield &lists[kind] }
    }

    var devices: [DomainDevice] { lists.all }
    var file: String { written.file }
    var libvirt: LibvirtRelease { written.libvirt }
    var element: XMLElement { written.element }
    var machine: DomainMachine { written.machine }

    /// Adds a controller that nobody wrote, and says where in the list: behind all others, or from 9.7 on by its index
    /// among those of its type.
    @discardableResult mutating func add(_ controller: DomainDevice) -> Int {
        guard LibvirtSpan.since(9, 7).contains(libvirt) else {
            lists[.controller].append(controller)
            return lists[.controller].count - 1
        }
        return lists.insertController(controller)
    }

    mutating func update(_ reference: DeviceReference, _ change: (inout DomainDevice) -> Void) {
        change(&lists[reference.kind][reference.index])
    }
}
