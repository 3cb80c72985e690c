package import BerthPCI
package import BerthStack

/// A guest as a value: everything that decides which addresses its PCI functions will have.
///
/// A placement plan is a guest topology, too: whatever a strategy adds is part of it.
package struct GuestTopology: Hashable, Sendable {
    package var name: String
    /// One sentence for people.
    package var summary: String
    package var machine: Machine
    package var ram: GuestRAM
    package var processor: Processor
    /// The releases it runs on, of both kinds of firmware.
    package var stack: Stack
    package var firmwareKind: FirmwareKind
    package var guest: GuestOS
    /// What the IGD is for, where somebody said so (`use` where nobody did).
    package var purpose: Purpose?
    package var igd: IGDAssignment?
    package var devices: [Device]
    /// fw_cfg files given by hand; those that QEMU makes itself follow from the assignment.
    package var firmwareFiles: [FirmwareFile]
    /// BARs that a placement adds to functions which do not have them in any released QEMU.
    package var addedBARs: [AddedBAR]

    package init(
        name: String, summary: String = "", machine: Machine, ram: GuestRAM, firmware: FirmwareChoice,
        guest: GuestOS? = nil, qemu: QEMURelease? = nil, stack: Stack = .standard, igd: IGDAssignment? = nil,
        devices: [Device] = []
    ) {
        self.name = name
        self.summary = summary
        self.machine = machine
        self.ram = ram
        processor = igd == nil ? .qemu64 : .passedThrough
        self.stack = stack
        firmwareKind = firmware.kind
        self.guest = guest ?? .linux(stack.linux)
        self.igd = igd
        self.devices = devices
        firmwareFiles = []
        addedBARs = []
        self.stack.take(firmware)
        if let qemu { self.stack.qemu = qemu }
    }

    /// What it boots with: the stack's release of its kind.
    package var firmware: FirmwareChoice {
        get { FirmwareChoice(firmwareKind, of: stack) }
        set {
            firmwareKind = newValue.kind
            stack.take(newValue)
        }
    }
    package var qemu: QEMURelease {
        get { stack.qemu }
        set { stack.qemu = newValue }
    }

    package var ramLayout: RAMLayout { RAMLayout(ram: ram.size, machine: machine, version: machineVersion) }
    /// Where firmware is told that memory ends which may be plugged in, or that of CXL; nil where it is told nothing.
    package var reservedMemoryEnd: GuestPhysicalAddress? {
        let plugged = ram.reservedMemoryEnd(layout: ramLayout, version: machineVersion)
        guard let cxl = cxlMemory, plugged != nil || qemu.alwaysTellsEndOfCXL else { return plugged }
        return cxl.roundedEnd
    }
    /// Where QEMU lets the hole above 4 GiB begin.
    package var holeAbove4GiB: GuestPhysicalAddress? {
        if let cxl = cxlMemory { return cxl.roundedEnd }
        return ram.reservedMemoryEnd(layout: ramLayout, version: machineVersion)
            ?? GuestPhysicalAddress.fourGiB.advanced(by: ramLayout.above4GiB)
    }
    /// Whether memory can be plugged in.
    var plugsMemory: Bool { ram.pluggableEnd(layout: ramLayout, version: machineVersion) != nil }
    /// Registers of the host bridges of CXL, and its fixed windows; nil without `cxl=on`.
    package var cxlMemory: CXLMemory? {
        guard let windows = machine.cxlWindows else { return nil }
        let plugged = ram.pluggableEnd(layout: ramLayout, version: machineVersion)
        return (plugged ?? GuestPhysicalAddress.fourGiB.advanced(by: ramLayout.above4GiB))
            .flatMap { CXLMemory(start: $0, windows: windows) }
    }
    /// The release whose machine this is: that of a versioned name, else QEMU's own.
    package var machineVersion: QEMURelease { machine.version ?? qemu }
    /// Whether the memory map has the HyperTransport range.
    package var hasHyperTransportHole: Bool {
        processor.hasHyperTransportHole && machineVersion.keepsHyperTransportRange
    }
    package var rootBus: BusName { machine.type.rootBus }

    /// A slot of the root bus.
    package func rootSlot(_ device: UInt8, _ function: UInt8 = 0) -> Slot {
        Slot(rootBus, devfn: device << 3 | function & 7)
    }
}

/// A BAR that a placement puts on an existing function.
package struct AddedBAR: Hashable, Sendable {
    package var slot: Slot
    package var bar: BAR
    package init(slot: Slot, bar: BAR) {
        self.slot = slot
        self.bar = bar
    }
}
