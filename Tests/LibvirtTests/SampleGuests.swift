import BerthPCI
import BerthStack
import BerthTopology

/// Guests that together use every way a topology can be written.
enum SampleGuests {
    static let all: [GuestTopology] = [
        conventional, bridgesTwoDeep, switchTree, expanders, conventionalExpander, sharedMemory, legacyIGD, romIGD,
        multifunction, usbSets, outsideLibvirt, memoryAndProcessor,
    ]

    static func make(
        _ name: String, _ machine: Machine, _ firmware: FirmwareKind, _ devices: [Device]
    ) -> GuestTopology {
        GuestTopology(
            name: name, machine: machine, ram: GuestRAM(.gib(2)), firmware: FirmwareChoice(firmware), devices: devices)
    }

    static func device(
        _ id: String, _ model: String, _ bus: BusName, _ slot: UInt8, function: UInt8 = 0,
        multifunction: Bool? = nil, with properties: [Property] = []
    ) -> Device {
        Device(
            id: id, model: model, at: Slot(bus, devfn: slot << 3 | function), multifunction: multifunction,
            properties: properties)
    }

    static func memory(_ id: String, _ bus: BusName, _ slot: UInt8, function: UInt8 = 0, _ size: ByteCount) -> Device {
        var device = device(id, "ivshmem-plain", bus, slot, function: function)
        device.backend = MemoryBackend(id: "\(id)-memory", size: size)
        return device
    }

    /// A device with a vendor id that is not its model's.
    static let relabelled: Device = {
        var edu = device("edu", "edu", "pcie.0", 3)
        edu.identity = IdentityOverride(vendor: 1)
        return edu
    }()

    static func igd(_ bus: BusName, rom: IGDAssignment.ROM, _ properties: [Property]) -> IGDAssignment {
        var igd = IGDAssignment(
            slot: Slot(bus, devfn: 2 << 3), host: PCIAddress(bus: 0, devfn: 2 << 3), device: 0x5916,
            stolenMemory: .mib(64), rom: rom)
        igd.properties = properties
        return igd
    }

    static let conventional = make(
        "conventional", Machine(.pc, version: QEMURelease(7, 2), hasUSB: true), .seabios,
        [
            device("vga", "VGA", "pci.0", 2, with: [Property("vgamem_mb", .number(32))]),
            device("nic", "e1000", "pci.0", 3, with: [Property("mac", .text("52:54:00:12:34:56"))]),
            device("nic2", "rtl8139", "pci.0", 4, with: [Property("rombar", .number(0))]),
            device("rng", "virtio-rng-pci", "pci.0", 5), device("balloon", "virtio-balloon-pci", "pci.0", 6),
            device("scsi", "lsi53c895a", "pci.0", 7), device("raid", "megasas", "pci.0", 8),
            device("dog", "i6300esb", "pci.0", 9), device("tty", "pci-serial", "pci.0", 10),
            device("sata", "ich9-ahci", "pci.0", 11),
            device("pipes", "virtio-serial-pci", "pci.0", 12, with: [Property("vectors", .number(8))]),
        ])

    static let bridgesTwoDeep = make(
        "bridges two deep", Machine(.pc), .seabios,
        [
            device("inner", "pci-bridge", "outer", 4, with: [Property("shpc", .bool(false))]),
            device("outer", "pci-bridge", "pci.0", 3, with: [Property("chassis_nr", .number(7))]),
            device("disk", "virtio-scsi-pci", "inner", 1), device("nic", "virtio-net-pci", "inner", 2),
            memory("window", "inner", 5, .mib(2)),
        ])

    static let switchTree = make(
        "switch", Machine(.q35, version: QEMURelease(7, 2)), .ovmf,
        [
            device("rp1", "pcie-root-port", "pcie.0", 1, with: [Property("pref64-reserve", .text("1G"))]),
            device("rp2", "ioh3420", "pcie.0", 2, with: [Property("chassis", .number(1))]),
            device("up", "x3130-upstream", "rp1", 0), device("down1", "xio3130-downstream", "up", 0),
            device("down2", "xio3130-downstream", "up", 1, with: [Property("hotplug", .text("off"))]),
            device("nic", "e1000e", "down1", 0), device("p2p", "pcie-pci-bridge", "down2", 0),
            device("old", "pci-bridge", "p2p", 3), device("card", "e1000", "old", 9),
            device("nvme", "nvme", "rp2", 0, with: [Property("serial", .text("deadbeef"))]),
        ])

    static let expanders = make(
        "expanders", Machine(.q35), .ovmf,
        [
            device("host2", "pxb-pcie", "pcie.0", 4, with: [Property("bus_nr", .number(0x80))]),
            device("rp1", "pcie-root-port", "host2", 0), device("rp2", "pcie-root-port", "host2", 1),
            device("net", "virtio-net-pci", "rp1", 0, with: [Property("disable-legacy", .text("off"))]),
            device("dmi", "i82801b11-bridge", "pcie.0", 0x1e),
            device("bridge", "pci-bridge", "dmi", 0), device("gpu", "qxl-vga", "bridge", 1),
        ])

    static let conventionalExpander = make(
        "conventional expander", Machine(.pc), .seabios,
        [
            device("pxb", "pxb", "pci.0", 5, with: [Property("bus_nr", .number(0x40))]),
            device("nic", "e1000", "pxb", 1), device("below", "pci-bridge", "pxb", 2),
            device("test", "pci-testdev", "below", 0x1f, with: [Property("membar", .text("64M"))]),
        ])

    static let sharedMemory = make(
        "shared memory", Machine(.q35, version: QEMURelease(7, 2)), .seabios,
        [
            memory("beside-lpc", "pcie.0", 0x1f, function: 1, .mib(1)),
            memory("small", "pcie.0", 0x1f, function: 4, .kib(8)),
            memory("large", "pcie.0", 3, .gib(4)), device("rp", "pcie-root-port", "pcie.0", 4),
            memory("behind", "rp", 0, .kib(64)),
        ])

    static let legacyIGD: GuestTopology = {
        var guest = make(
            "legacy igd", Machine(.pc, version: QEMURelease(7, 2)), .seabios, [device("nic", "e1000", "pci.0", 3)])
        guest.igd = igd("pci.0", rom: .hostShadow, [Property("x-igd-gms", .number(2))])
        return guest
    }()

    static let romIGD: GuestTopology = {
        var guest = make(
            "rom igd", Machine(.q35, version: QEMURelease(7, 2)), .ovmf,
            [memory("dummy", "pcie.0", 0x1f, function: 1, .mib(64)), device("rp", "pcie-root-port", "pcie.0", 1)])
        guest.igd = igd(
            "pcie.0", rom: .file(path: "/usr/share/berth/igd.rom", contents: .vfioIgdPkg),
            [
                Property("x-igd-opregion", .bool(true)), Property("x-igd-gms", .text("0x2")),
                Property("x-vga", .text("off")),
            ])
        guest.firmwareFiles = [FirmwareFile("etc/igd-opregion", .file(path: "/var/lib/a,b.bin", size: .kib(8)))]
        return guest
    }()

    static let multifunction = make(
        "multifunction", Machine(.q35), .seabios,
        [
            device("a0", "pcie-root-port", "pcie.0", 3, multifunction: true),
            device("a1", "pcie-root-port", "pcie.0", 3, function: 1),
            device("a7", "pcie-root-port", "pcie.0", 3, function: 7),
            device("b0", "edu", "pcie.0", 5, multifunction: true),
            device("b1", "virtio-rng-pci", "pcie.0", 5, function: 1),
            device("c0", "virtio-balloon-pci", "a1", 0, multifunction: true), device("c1", "edu", "a1", 0, function: 1),
            memory("d", "a1", 0, function: 2, .kib(4)),
        ])

    static let usbSets = make(
        "usb sets", Machine(.q35, hasUSB: true), .seabios,
        [
            device("xhci", "qemu-xhci", "pcie.0", 4, with: [Property("p2", .number(8)), Property("p3", .number(8))]),
            device("ehci", "ich9-usb-ehci1", "pcie.0", 0x1a, function: 7, multifunction: true),
            device(
                "uhci", "ich9-usb-uhci1", "pcie.0", 0x1a, multifunction: true,
                with: [Property("masterbus", .text("ehci.0")), Property("firstport", .number(0))]),
            device("uhci4", "ich9-usb-uhci4", "pcie.0", 6),
        ])

    /// What libvirt refuses, and QEMU does not.
    static let outsideLibvirt = make(
        "outside libvirt", Machine(.q35, hasSATA: false, hasSMBus: false), .seabios,
        [
            device("p2p", "pcie-pci-bridge", "pcie.0", 2), device("nic", "e1000", "p2p", 1),
            device("below", "pci-bridge", "p2p", 2), device("rng", "virtio-rng-pci", "below", 3),
            device("disk", "virtio-blk-pci", "pcie.0", 0x1f, function: 2), device("nic2", "ne2k_pci", "pcie.0", 3),
            device("files", "virtio-9p-pci", "pcie.0", 4), device("ipmi", "pci-ipmi-kcs", "pcie.0", 5),
            device("crypto", "virtio-crypto-pci", "pcie.0", 6), device("nvme", "nvme", "pcie.0", 7),
            device("vga", "VGA", "pcie.0", 8), device("second", "virtio-vga", "pcie.0", 9),
        ])

    static let memoryAndProcessor: GuestTopology = {
        var guest = make("memory and processor", Machine(.pc, maxRAMBelow4GiB: .gib(1)), .ovmf, [])
        guest.ram = GuestRAM(.gib(6), maximum: .gib(16), slots: 4)
        guest.processor = Processor(vendor: .intel, physicalAddressBits: 39, hasGiantPages: true)
        return guest
    }()
}
