import BerthDiagnostics
import BerthIGD
import BerthPCI
import BerthQEMU
package import BerthReport
import BerthServices
package import BerthStack
package import BerthTopology

/// A guest as it is rehearsed: something stands in the place of its IGD, and what QEMU makes for an IGD is made by hand.
package struct StagedGuest: Sendable {
    /// The guest that was planned.
    package let plan: GuestTopology
    /// The guest that boots, and whose prediction counts.
    package private(set) var guest: GuestTopology
    /// What stands for what.
    package private(set) var parts: [StagedPart] = []
    /// The display, where our own server shows it.
    package let display: StandInDisplay?
    /// Functions of QEMU's own that get another identity.
    private(set) var relabelled: [RelabelledFunction] = []
    /// The contents of `etc/igd-opregion`.
    private(set) var opRegion: [UInt8]?

    static let opRegionFile = "opregion.bin"
    private static let romFile = "display.rom"

    /// `release`: of the QEMU that boots it, which may be another than the plan's. `host`: this machine's processor, which the
    /// guest has under KVM; nil: TCG's.
    package init(_ plan: GuestTopology, on release: QEMURelease, host: HostedProcessor? = nil) {
        let serves = release.takesUserDevices
        self.plan = plan
        guest = plan
        if let host {
            guest.processor = host.running(guest.processor)
            parts.append(.hostProcessor(bits: guest.processor.physicalAddressBits))
        } else if guest.processor.fromHost != nil, release.saysGuestPhysicalBits, plan.qemu.saysGuestPhysicalBits,
            guest.processor.guestPhysicalAddressBits == nil
        {
            // TCG's processor is nobody's host's, and says what KVM's would say when it is told to.
            guest.processor.guestPhysicalAddressBits = guest.processor.physicalAddressBits
        }
        if host == nil { guest.processor.fromHost = nil }
        for index in guest.devices.indices where guest.devices[index].needsDrive {
            // As it is emitted: with a disk that holds nothing, which firmware finds.
            guest.devices[index].properties.append(Property("drive", .text("\(guest.devices[index].id)-drive")))
        }
        guard let igd = plan.igd else {
            display = nil
            return
        }
        let facts = IGDInQEMU(plan)
        guest.firmwareFiles = plan.effectiveFirmwareFiles
        if let index = guest.firmwareFiles.firstIndex(where: { $0.name == FirmwareFile.opRegion }) {
            let size = guest.firmwareFiles[index].content.size
            guest.firmwareFiles[index].content = .file(path: Self.opRegionFile, size: size)
            opRegion = Self.madeUpOpRegion(Int(size.rawValue))
            parts.append(.opRegion(size))
        }
        guest.igd = nil
        let registers = DisplayRegisters(igd, facts)
        var device: Device
        if serves {
            device = Device(
                userDevice: igd.id, at: igd.slot,
                DescribedFunction(
                    vendor: igd.shownVendor, device: igd.device, classCode: igd.shownClass(by: plan.qemu),
                    bars: igd.bars.filter { $0.index != .rom }), socket: "")
            display = StandInDisplay(igd, shownClass: igd.shownClass(by: plan.qemu), registers)
            parts.append(.servedDisplay)
        } else {
            device = Device(
                id: igd.id, model: "pci-testdev", at: igd.slot, properties: [Property("membar", .text("256M"))])
            device.identity = IdentityOverride(
                vendor: igd.shownVendor, device: igd.device, classCode: igd.shownClass(by: plan.qemu))
            display = nil
            parts.append(.relabelledDisplay)
        }
        if igd.isMultifunction { device.multifunction = true }
        device.presets = registers.presets
        device.tasks = igd.tasks
        if !igd.tasks.isEmpty {
            device.properties.append(Property("romfile", .text(Device.writerFile)))
            device.romSize = Device.writerROMSize
            parts.append(.writerROM)
        } else if let rom = igd.bars.first(where: { $0.index == .rom }) {
            device.properties.append(Property("romfile", .text(Self.romFile)))
            device.romSize = rom.kind.size
            parts.append(.emptyROM(igd.rom.contents?.rawValue ?? "vbios", placesRegions: plan.isPlacedByOptionROM))
        }
        guest.devices.insert(device, at: 0)
        if !serves {
            relabelled.append(
                RelabelledFunction(
                    device, from: (0x1b36, 0x0005), vendor: igd.shownVendor, device: igd.device, on: plan))
        }
        if facts?.createsLPCBridge == true { addLPCBridge(igd) }
    }

    /// QEMU's own model without a host's device behind it has no identity, and firmware takes it for an empty slot.
    private mutating func addLPCBridge(_ igd: IGDAssignment) {
        var bridge = Device(id: "igd-lpc", model: "vfio-pci-igd-lpc-bridge", at: plan.rootSlot(0x1f))
        bridge.identity = IdentityOverride(vendor: 0x8086, device: igd.hostLPC ?? 0)
        guest.devices.insert(bridge, at: 1)
        relabelled.append(
            RelabelledFunction(bridge, from: (0, 0), vendor: 0x8086, device: igd.hostLPC ?? 0, on: plan))
        parts.append(.lpcBridge)
    }

    /// Signature, size in KiB, version 2.0 and no mailboxes: what firmware copies and nobody reads into.
    private static func madeUpOpRegion(_ size: Int) -> [UInt8] {
        var bytes = Array("IntelGraphicsMem".utf8) + [UInt8(truncatingIfNeeded: size >> 10), 0, 0, 0, 0, 0, 0, 2]
        bytes += [UInt8](repeating: 0, count: max(0, size - bytes.count))
        return Array(bytes.prefix(size))
    }

    /// The guest with all files in their places: what arguments are written from.
    func placed(in folder: PrivateFolder) throws -> GuestTopology {
        var copy = guest
        for (number, index) in copy.firmwareFiles.indices.enumerated() {
            switch copy.firmwareFiles[index].content {
            case .file(Self.opRegionFile, let size):
                try folder.write(opRegion ?? [], to: Self.opRegionFile)
                copy.firmwareFiles[index].content = .file(path: folder.file(Self.opRegionFile), size: size)
            case .number(let value):
                let bytes = (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
                try folder.write(bytes, to: "number-\(number)")
                copy.firmwareFiles[index].content = .file(path: folder.file("number-\(number)"), size: 8)
            case .file, .text: break
            }
        }
        for index in copy.devices.indices where copy.devices[index]["romfile"] == .text(Self.romFile) {
            let size = Int(copy.devices[index].romSize?.rawValue ?? 0)
            try folder.write([UInt8](repeating: 0xff, count: size), to: Self.romFile)
            copy.devices[index].properties.removeAll { $0.name == "romfile" }
            copy.devices[index].properties.append(Property("romfile", .text(folder.file(Self.romFile))))
        }
        for index in copy.devices.indices where copy.devices[index].userSocket != nil {
            copy.devices[index].properties.removeAll { $0.name == "socket" }
            copy.devices[index].properties.append(Property("socket", .text(folder.file("function-\(index)"))))
        }
        return try copy.withWriterROM(in: folder)
    }
}

extension Device {
    /// Whether it is a disk of which nothing says what is in it.
    fileprivate var needsDrive: Bool {
        (model == "nvme" || model.hasPrefix("virtio-blk-pci")) && self["drive"] == nil
    }
}

/// Registers of an IGD that firmware and drivers look at, as QEMU shows them.
struct DisplayRegisters: Sendable {
    /// By offset, four bytes each.
    private(set) var presets: [Int: UInt32] = [:]
    /// Which of their bits a guest can change; none of a register that is not here.
    private(set) var writable: [Int: UInt32] = [:]

    /// Source: `vfio_pci_igd_config_quirk` in hw/vfio/igd.c @ QEMU 10.1: GGC is emulated and read-only; BDSM and ASLS take what is
    /// written. A register that QEMU does not emulate is the host's, where it is locked.
    init(_ igd: IGDAssignment, _ facts: IGDInQEMU?) {
        presets[0x50] = UInt32(facts?.graphicsControl ?? igd.assumedGraphicsControl)
        writable[0xfc] = .max
        guard let register = igd.platform?.bdsm else { return }
        for offset in stride(from: register.offset, to: register.offset + register.width.byteCount, by: 4) {
            if facts?.emulatedBDSM == register { writable[offset] = .max }
        }
        if facts?.emulatedBDSM == nil, let base = igd.hostStolenBase?.rawValue {
            presets[register.offset] = UInt32(truncatingIfNeeded: base) | 1
            if register.width == .bits64 { presets[register.offset + 4] = UInt32(truncatingIfNeeded: base >> 32) }
        }
    }
}
