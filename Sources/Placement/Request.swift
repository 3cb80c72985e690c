package import BerthHost
package import BerthIGD
import BerthPCI
import BerthStack
package import BerthTopology

/// What is to be planned: a guest with an IGD, and what is known of the host.
package struct Request: Hashable, Sendable {
    package let topology: GuestTopology
    /// The guest as it was given, before anything moved for the IGD.
    package let original: GuestTopology
    package let igd: IGDAssignment
    /// Empty slots of the root bus, lowest first.
    package let freeSlots: [UInt8]
    let guestTree: GuestTree

    /// The guest's PCI tree.
    var tree: PCITree { guestTree.tree }

    /// Nil if the guest has no IGD: there is nothing to plan then.
    package init?(_ topology: GuestTopology, original: GuestTopology? = nil) {
        guard let igd = topology.igd else { return nil }
        self.topology = topology
        self.original = original ?? topology
        self.igd = igd
        guestTree = GuestTree(topology)
        let tree = guestTree.tree
        var used = Set(tree.buses[0].functions.map { tree.functions[$0].devfn >> 3 })
        // The LPC bridge of an IGD belongs at 1f, 00:02 is the IGD's own place: neither is offered.
        used.formUnion([2, 0x1f])
        freeSlots = (1..<UInt8(31)).filter { !used.contains($0) }
    }

    /// Slots and host are the same under another firmware and OS.
    func replacing(firmware: FirmwareChoice, guest: GuestOS) -> Request {
        var topology = topology
        topology.firmware = firmware
        topology.guest = guest
        return Request(topology, original, freeSlots: freeSlots, igd: igd)
    }

    private init(_ topology: GuestTopology, _ original: GuestTopology, freeSlots: [UInt8], igd: IGDAssignment) {
        self.topology = topology
        self.original = original
        self.igd = igd
        self.freeSlots = freeSlots
        guestTree = GuestTree(topology)
    }

    /// The guest with room for its IGD, made out of one as it was given.
    ///
    /// `room`: the same guest with room, where somebody else made it so; libvirt gives addresses in its own way.
    package init?(makingRoomIn original: GuestTopology, room: GuestTopology? = nil) {
        self.init((room ?? original).withRoomForIGD, original: original)
    }

    /// The same guest without the IGD's ROM; nil where it has none.
    package var withoutROM: Request? {
        guard igd.rom != .none else { return nil }
        var copy = topology
        copy.igd?.rom = .none
        return Request(copy, original: original)
    }

    /// Whether the purpose leaves a region to nobody: then there is nothing to place.
    func isIdle(_ region: Region) -> Bool { topology.use == .render && topology.regionNeeds[region] == .idle }

    package var platform: Platform? { igd.platform }

    /// Where the host has its stolen memory; nil where that is not known, or the host has none.
    var hostStolenBase: HostPhysicalAddress? { igd.hostStolenBase.flatMap { $0.rawValue == 0 ? nil : $0 } }

    /// How much the host has, by its control word; where that is not known, what the guest asks for.
    var hostStolenSize: ByteCount { igd.hostStolenSize ?? hostStolenSizeByWord }
    private var hostStolenSizeByWord: ByteCount { igd.graphicsControl == nil ? igd.stolenMemory : igd.hostStolenMemory }

    func size(of region: Region) -> ByteCount { sizes[region] }

    private var sizes: PerRegion<ByteCount> {
        PerRegion(stolenMemory: igd.stolenMemory, opRegion: igd.opRegion)
    }

    /// The register of the device itself, as Intel documents it.
    func register(for region: Region) -> TargetRegister? {
        switch region {
        case .opRegion: TargetRegister(name: "ASLS", offset: 0xfc, bits: 32)
        case .stolenMemory:
            platform?.bdsm.map { TargetRegister(name: "BDSM", offset: $0.offset, bits: $0.width == .bits64 ? 64 : 32) }
        }
    }

    /// The nth empty slot, one for each region so that both fit.
    func freeSlot(for region: Region) -> Slot? {
        let index = PerRegion(stolenMemory: 0, opRegion: 1)[region]
        guard freeSlots.indices.contains(index) else { return nil }
        return topology.rootSlot(freeSlots[index])
    }

    /// The size a BAR must have to hold a region: at least a page, a power of two.
    func barSize(for region: Region) -> ByteCount? { max(size(of: region), .kib(4)).roundedUpToPowerOfTwo }
}

extension GuestTopology {
    /// The same guest with the IGD of a real host: identity, control word, addresses, neighbours.
    ///
    /// What the guest asks for (sizes, slot, ROM) stays; a guest without an IGD gets one at 00:02.0, but never beside a
    /// share of it, which the host's driver could not provide any more.
    package func adopting(_ host: HostInventory) -> GuestTopology {
        guard let found = host.igd, sharedGraphics == nil else { return self }
        var copy = self
        var igd =
            copy.igd
            ?? IGDAssignment(
                slot: rootSlot(2), host: found.address, device: found.deviceID, stolenMemory: .zero, rom: .hostShadow)
        if copy.igd == nil { igd.stolenMemory = found.stolenMemorySize ?? .mib(64) }
        igd.host = found.address
        igd.device = found.deviceID
        igd.classCode = found.classCode ?? igd.classCode
        igd.showIdentity(qemu)
        igd.revision = found.revision ?? igd.revision
        igd.graphicsControl = found.graphicsControl?.word ?? igd.graphicsControl
        igd.hostStolenBase = found.bdsm ?? igd.hostStolenBase
        igd.hostStolenSize = host.stolenRange?.size ?? igd.hostStolenSize
        igd.hostASLS = found.asls ?? igd.hostASLS
        igd.hostLPC = host.lpc?.device ?? igd.hostLPC
        igd.hostAddressWidth = host.addressWidth ?? igd.hostAddressWidth
        // What QEMU shows is as large as the host's, with its extended VBT.
        if let region = host.opRegion?.region, igd.opRegion != .zero { igd.opRegion = region.exportedSize }
        if igd.platform?.placesStolenMemory == false { igd.stolenMemory = .zero }
        copy.igd = igd
        // The guest's processor cannot be the one that QEMU makes up without a host.
        if copy.processor.vendor == .amd { copy.processor = .passedThrough }
        if let found = host.processor {
            copy.processor = copy.processor.onHost(
                addressBits: found.physicalAddressBits, giantPages: found.hasGiantPages)
        }
        return copy
    }
}
