import BerthIGD
import BerthPCI
import BerthStack
import BerthTopology

/// The firmware takes guest RAM out of the memory map and writes the register.
struct FirmwareReserved: Strategy {
    let id: StrategyID = "firmware-reserved"
    let summary = "guest RAM that the firmware reserves, told the sizes over fw_cfg"
    let documentation = """
        QEMU puts a copy of the OpRegion into fw_cfg etc/igd-opregion and the size of stolen memory into \
        etc/igd-bdsm-size. SeaBIOS (since 1.10) allocates both below 4 GiB and writes ASLS and BDSM; stock \
        OVMF reads neither, VfioIgdPkg's option ROM does it there. The memory is in the e820 map as reserved, \
        so no guest touches it, and nothing can switch it off. This is what QEMU merged in 2016.
        """
    let origin = Origin(
        "qemu-devel, 28 January 2016, OpRegion strategy 4b; SeaBIOS list, 13 February 2016, for stolen memory",
        shippedBy: "SeaBIOS 1.10 with QEMU 2.7; VfioIgdPkg for OVMF")
    let sources = [
        "SeaBIOS src/fw/pciinit.c intel_igd_setup, since rel-1.10.0", "QEMU docs/igd-assign.txt, 'Developer ABI'",
        "tomitamoeko/VfioIgdPkg IgdAssignmentDxe/IgdAssignment.c",
    ]

    func proposals(for region: Region, in request: Request) -> [Proposal] {
        let size = request.size(of: region)
        guard size > .zero, !isAtHostBase(region, request) else { return [] }
        let isROM = !request.topology.firmwareKind.readsIGDFiles
        var edit = TopologyEdit(igdProperties: Filled.properties(for: region, request))
        if request.topology.qemu.switchesLegacyMode, isROM, request.topology.machine.type == .pc {
            edit.igdProperties.append(Property("x-igd-legacy-mode", .text("off")))
            edit.igdProperties.append(Property("x-igd-lpc", .bool(true)))
        }
        let berth = RegionBerth(
            region, strategy: id, needed: size, reserved: reserved(region, size, request, edit), backing: .reservedRAM,
            .firmwareReserved(region, isROM ? .optionROM : .firmware), register: request.register(for: region))
        return [Proposal(berth, edit)]
    }

    /// Where the ROM takes the host's number, that is another strategy's.
    private func isAtHostBase(_ region: Region, _ request: Request) -> Bool {
        region == .stolenMemory && request.topology.firmwareKind.isUEFI && request.igd.rom.contents == .hostBase
            && request.hostStolenBase != nil
    }

    /// SeaBIOS reserves what the fw_cfg file says, which in old releases includes the GTT, whoever made the file.
    private func reserved(_ region: Region, _ size: ByteCount, _ request: Request, _ edit: TopologyEdit) -> ByteCount {
        guard region == .stolenMemory, request.topology.firmwareKind.readsIGDFiles else { return size }
        var topology = request.topology
        edit.apply(to: &topology)
        let file = topology.effectiveFirmwareFiles.last { $0.name == FirmwareFile.stolenMemorySize }
        guard case .number(let bytes)? = file?.content else { return size }
        return ByteCount(bytes)
    }
}

/// The property that makes the guest's control word show the size of stolen memory wanted.
enum GraphicsMode {
    /// Always written out: what happens without it changed from release to release.
    static func properties(for request: Request) -> [Property] {
        guard let encoding = request.platform?.stolenEncoding, isAllowed(request) else { return [] }
        // Old QEMU takes n * 32 MiB only, up to 0x10; the next size up is better than none.
        var size = request.igd.stolenMemory
        if encoding.gms(for: size) == nil {
            size = size.roundedUp(to: .mib(32))
        }
        return encoding.gms(for: size).map { [Property("x-igd-gms", .number(UInt64($0)))] } ?? []
    }
}

extension GraphicsMode {
    /// From 10.1 on QEMU does not start with x-igd-gms and a device it has no number for.
    private static func isAllowed(_ request: Request) -> Bool {
        guard let era = request.topology.qemu.igdEra, era >= .v10_1 else { return true }
        return QEMUGeneration.of(device: request.igd.device, era: era) > 0
    }
}

/// Where firmware or guest fill a region, they need its size or its contents: the OpRegion comes over fw_cfg.
enum Filled {
    static func properties(for region: Region, _ request: Request) -> [Property] {
        switch region {
        case .stolenMemory: GraphicsMode.properties(for: request)
        case .opRegion: [OpRegionFile.property(for: request)]
        }
    }
}

/// The copy of the OpRegion in fw_cfg.
enum OpRegionFile {
    /// QEMU's own, or the one given by hand, beside which QEMU makes none: of two files of one name it refuses the second.
    static func property(for request: Request) -> Property {
        let isByHand = request.topology.givesFirmwareFile(FirmwareFile.opRegion)
        return Property("x-igd-opregion", .bool(!isByHand))
    }
}

/// What dummy BARs have in common.
enum Carried {
    /// In the ids of devices that are added.
    static let name = PerRegion(stolenMemory: "stolen", opRegion: "opregion")

    /// What Berth's option ROM does for a region behind a BAR; nothing where there is no register.
    static func tasks(
        for region: Region, behind bar: BARIndex, of slot: Slot, _ request: Request
    ) -> [RegisterTask] {
        guard let register = request.register(for: region) else { return [] }
        return [
            RegisterTask(
                region, target: request.igd.slot, register: register.offset, width: register.bits / 8, carrier: slot,
                bar: bar, file: region == .opRegion ? FirmwareFile.opRegion : nil)
        ]
    }

    /// QEMU fills an OpRegion behind a BAR itself.
    static func properties(for region: Region, _ request: Request) -> [Property] {
        switch region {
        case .stolenMemory: GraphicsMode.properties(for: request)
        case .opRegion: []
        }
    }
}
