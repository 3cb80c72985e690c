import BerthDiagnostics

/// A PCI address as domain XML has it: `bus` is the index of a controller, not a number the guest sees.
package struct DomainPCIAddress: Hashable, Sendable, CustomStringConvertible {
    package var domain: UInt32
    package var bus: Int
    package var slot: Int
    package var function: Int
    /// The attribute of that name; nil where it is absent.
    package var multifunction: Bool?

    package init(domain: UInt32 = 0, bus: Int = 0, slot: Int, function: Int = 0, multifunction: Bool? = nil) {
        self.domain = domain
        self.bus = bus
        self.slot = slot
        self.function = function
        self.multifunction = multifunction
    }

    /// Libvirt takes 0000:00:00.x for "not given" (`virPCIDeviceAddressIsEmpty` in src/util/virpci.c @ 9.0.0).
    package var isEmpty: Bool { domain == 0 && bus == 0 && slot == 0 }

    /// The same function of the same slot, whatever `multifunction` says.
    package func isSamePlace(as other: DomainPCIAddress) -> Bool {
        domain == other.domain && bus == other.bus && slot == other.slot && function == other.function
    }

    /// `0000:00:02.0`, as libvirt's messages have it.
    package var description: String {
        let parts = (Hexadecimal.plain(domain, digits: 4), Hexadecimal.plain(bus, digits: 2))
        return "\(parts.0):\(parts.1):\(Hexadecimal.plain(slot, digits: 2)).\(function)"
    }
}

/// A unit behind a storage controller.
package struct DriveAddress: Hashable, Sendable, CustomStringConvertible {
    package var controller: Int
    package var bus: Int
    package var target: Int
    package var unit: Int

    package init(controller: Int, bus: Int = 0, target: Int = 0, unit: Int) {
        self.controller = controller
        self.bus = bus
        self.target = target
        self.unit = unit
    }

    /// As libvirt's messages have it.
    package var description: String {
        "controller='\(controller)' bus='\(bus)' target='\(target)' unit='\(unit)'"
    }
}

/// Where a device says it is.
package enum DeviceAddress: Hashable, Sendable {
    /// No address element; libvirt finds a place.
    case none
    /// May be empty, which asks libvirt for some PCI address.
    case pci(DomainPCIAddress)
    case drive(DriveAddress)
    case virtioSerial(controller: Int, bus: Int, port: Int)
    case ccid(controller: Int, slot: Int)
    /// `port` as written; nil where libvirt has to choose one.
    case usb(bus: Int, port: String?)
    /// A host device kept away from the guest.
    case unassigned
    /// A type without PCI that decides nothing here: isa, dimm, ccw, spapr-vio, virtio-mmio.
    case other(String)

    /// As the `type` attribute has it; nil without an element.
    package var typeName: String? {
        switch self {
        case .none: nil
        case .pci: "pci"
        case .drive: "drive"
        case .virtioSerial: "virtio-serial"
        case .ccid: "ccid"
        case .usb: "usb"
        case .unassigned: "unassigned"
        case .other(let name): name
        }
    }

    package var drive: DriveAddress? {
        if case .drive(let address) = self { address } else { nil }
    }

    /// A PCI address that says where.
    package var pci: DomainPCIAddress? {
        if case .pci(let address) = self, !address.isEmpty { address } else { nil }
    }

    /// Whether libvirt may choose a PCI address (`virDeviceInfoPCIAddressIsWanted` in src/conf/device_conf.c @ 9.0.0).
    package var isPCIWanted: Bool {
        switch self {
        case .none: true
        case .pci(let address): address.isEmpty
        default: false
        }
    }
}
