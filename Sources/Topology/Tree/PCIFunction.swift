public import BerthPCI

/// One PCI function as the guest's firmware finds it: identity, registers, and what is below it.
public struct PCIFunction: Hashable, Sendable {
    /// The device's id, or a name for a function that comes with the machine.
    public var name: String
    /// The id QMP shows; nil for functions nobody named.
    public var qdevID: String?
    /// QEMU's device model.
    public var model: String
    /// Index into `PCITree.buses`.
    public var bus: Int
    public var devfn: UInt8
    public var vendor: UInt16
    public var device: UInt16
    public var subsystem: DeviceModel.Subsystem?
    public var classCode: ClassCode
    public var revision: UInt8
    public var header: HeaderType
    /// Bit 7 of the header type register.
    public var isMultifunction: Bool
    /// In register order.
    public var bars: [BAR]
    public var portType: ExpressPortType?
    public var bridge: Bridge?
    public var origin: Origin

    /// Where a function comes from.
    public enum Origin: Hashable, Sendable {
        /// Soldered to the board.
        case machine
        /// Index into `GuestTopology.devices`.
        case device(Int)
        case igd
        /// Made by QEMU beside an assigned IGD.
        case igdCompanion
        /// The bridge inside a `pxb` device.
        case expander(Int)
    }

    public subscript(_ index: BARIndex) -> BAR? { bars.first { $0.index == index } }

    /// A root port told to reserve no I/O has read-only window registers: the window stays closed
    /// (`gen_rp_realize` in hw/pci-bridge/gen_pcie_root_port.c @ QEMU 7.2).
    public var hasReadOnlyIOWindow: Bool { portType == .rootPort && bridge?.reservation?.io == 0 }

    /// Nobody answers a configuration read: firmware takes the function for absent.
    public var isAbsent: Bool { vendor == 0 || vendor == 0xffff }
}

/// What a PCI-to-PCI bridge is, beyond its header.
public struct Bridge: Hashable, Sendable {
    /// Index of the secondary bus in `PCITree.buses`.
    public var secondaryBus: Int
    /// *Slot Implemented* of the PCI Express capability.
    public var hasSlot: Bool
    /// *Hot-Plug Capable* of its slot.
    public var isHotPlugCapable: Bool
    /// The standard hot-plug controller's capability.
    public var hasSHPC: Bool
    public var reservation: BridgeReservation?
    /// Whether the prefetchable window has upper 32 bits; true for every bridge of QEMU's.
    public var hasWidePrefetchableWindow: Bool

    public init(
        secondaryBus: Int, hasSlot: Bool = false, isHotPlugCapable: Bool = false, hasSHPC: Bool = false,
        reservation: BridgeReservation? = nil
    ) {
        self.secondaryBus = secondaryBus
        self.hasSlot = hasSlot
        self.isHotPlugCapable = isHotPlugCapable
        self.hasSHPC = hasSHPC
        self.reservation = reservation
        hasWidePrefetchableWindow = true
    }
}

/// The vendor capability in which QEMU's bridges ask firmware for spare resources; nil: not asked.
///
/// Source: docs/pcie_pci_bridge.txt and hw/pci/pci_bridge.c `pci_bridge_qemu_reserve_cap_init` @ QEMU 7.2.
public struct BridgeReservation: Hashable, Sendable {
    public var buses: UInt32?
    public var io: UInt64?
    public var memory: UInt32?
    public var prefetchable32: UInt32?
    public var prefetchable64: UInt64?

    public init(
        buses: UInt32? = nil, io: UInt64? = nil, memory: UInt32? = nil, prefetchable32: UInt32? = nil,
        prefetchable64: UInt64? = nil
    ) {
        self.buses = buses
        self.io = io
        self.memory = memory
        self.prefetchable32 = prefetchable32
        self.prefetchable64 = prefetchable64
    }

    /// QEMU leaves the capability out when nothing is asked.
    public var isEmpty: Bool { self == BridgeReservation() }
}
