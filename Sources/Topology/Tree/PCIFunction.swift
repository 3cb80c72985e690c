package import BerthPCI

/// One PCI function as the guest's firmware finds it: identity, registers, and what is below it.
package struct PCIFunction: Hashable, Sendable {
    /// The device's id, or a name for a function that comes with the machine.
    package var name: String
    /// The id QMP shows; nil for functions nobody named.
    package var qdevID: String?
    /// QEMU's device model.
    package var model: String
    /// Index into `PCITree.buses`.
    package var bus: Int
    package var devfn: UInt8
    package var vendor: UInt16
    package var device: UInt16
    package var subsystem: DeviceModel.Subsystem?
    package var classCode: ClassCode
    package var revision: UInt8
    package var header: HeaderType
    /// Bit 7 of the header type register.
    package var isMultifunction: Bool
    /// In register order.
    package var bars: [BAR]
    package var portType: ExpressPortType?
    package var bridge: Bridge?
    package var origin: Origin

    /// Where a function comes from.
    package enum Origin: Hashable, Sendable {
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

    package subscript(_ index: BARIndex) -> BAR? { bars.first { $0.index == index } }

    /// A root port told to reserve no I/O has read-only window registers: the window stays closed. One of CXL has to be told to
    /// reserve some (`gen_rp_realize` in hw/pci-bridge/gen_pcie_root_port.c, `cxl_rp_realize` in cxl_root_port.c @ QEMU 7.2, 10.0).
    package var hasReadOnlyIOWindow: Bool {
        portType == .rootPort && (bridge?.reservation?.io ?? (model == "cxl-rp" ? 0 : nil)) == 0
    }

    /// Nobody answers a configuration read: firmware takes the function for absent.
    package var isAbsent: Bool { vendor == 0 || vendor == 0xffff }
}

/// What a PCI-to-PCI bridge is, beyond its header.
package struct Bridge: Hashable, Sendable {
    /// Index of the secondary bus in `PCITree.buses`.
    package var secondaryBus: Int
    /// *Slot Implemented* of the PCI Express capability.
    package var hasSlot: Bool
    /// *Hot-Plug Capable* of its slot.
    package var isHotPlugCapable: Bool
    /// Whether something can be plugged into the slot, by whomever: `hotplug` is not off.
    package var allowsHotPlug: Bool
    /// The standard hot-plug controller's capability.
    package var hasSHPC: Bool
    package var reservation: BridgeReservation?
    /// Whether the prefetchable window has upper 32 bits; true for every bridge of QEMU's.
    package var hasWidePrefetchableWindow: Bool

    package init(
        secondaryBus: Int, hasSlot: Bool = false, isHotPlugCapable: Bool = false, hasSHPC: Bool = false,
        reservation: BridgeReservation? = nil
    ) {
        self.secondaryBus = secondaryBus
        self.hasSlot = hasSlot
        self.isHotPlugCapable = isHotPlugCapable
        allowsHotPlug = isHotPlugCapable
        self.hasSHPC = hasSHPC
        self.reservation = reservation
        hasWidePrefetchableWindow = true
    }
}

/// The vendor capability in which QEMU's bridges ask firmware for spare resources; nil: not asked.
///
/// Source: docs/pcie_pci_bridge.txt and hw/pci/pci_bridge.c `pci_bridge_qemu_reserve_cap_init` @ QEMU 7.2.
package struct BridgeReservation: Hashable, Sendable {
    package var buses: UInt32?
    package var io: UInt64?
    package var memory: UInt32?
    package var prefetchable32: UInt32?
    package var prefetchable64: UInt64?

    package init(
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
    package var isEmpty: Bool { self == BridgeReservation() }
}
