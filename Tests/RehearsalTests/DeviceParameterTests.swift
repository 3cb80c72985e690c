import BerthPCI
import BerthRehearsal
import BerthTopology
import Testing

/// Properties that change BARs, each in real QEMU.
@Suite(.serialized) struct DeviceParameterTests {
    private static func device(_ model: String, _ properties: [(String, PropertyValue)]) -> Device {
        Device(
            id: "x", model: model, at: RealDevices.slot(0), properties: properties.map { Property($0.0, $0.1) })
    }

    /// Models with properties, about a run's worth a group.
    static let groups: [[Device]] = [
        // Displays share the ranges of VGA; secondary ones do not have them.
        [
            device("bochs-display", [("vgamem", .text("4M"))]),
            device("bochs-display", [("vgamem", .number(40 << 20))]),
            device("bochs-display", [("vgamem", .text("256M"))]), device("secondary-vga", [("vgamem_mb", .number(32))]),
            device("secondary-vga", [("vgamem_mb", .number(3))]), device("secondary-vga", [("vgamem_mb", .number(1))]),
            device("secondary-vga", [("vgamem_mb", .number(512))]), device("qxl", []),
            device("qxl", [("vgamem_mb", .number(64))]), device("qxl", [("ram_size_mb", .number(48))]),
            device("qxl", [("ram_size", .number(16 << 20))]), device("qxl", [("vram_size_mb", .number(128))]),
            device("qxl", [("vram_size", .number(1 << 20))]), device("qxl", [("vram64_size_mb", .number(256))]),
            device("qxl", [("vram64_size_mb", .number(16))]),
            device(
                "qxl", [("vgamem_mb", .number(256)), ("vram_size_mb", .number(32)), ("vram64_size_mb", .number(100))]),
        ],
        [
            device("nvme", []), device("nvme", [("cmb_size_mb", .number(64))]),
            device("nvme", [("cmb_size_mb", .number(1))]),
            device("nvme", [("max_ioqpairs", .number(1))]), device("nvme", [("max_ioqpairs", .number(1024))]),
            device("nvme", [("max_ioqpairs", .number(65535))]), device("nvme", [("msix_qsize", .number(1))]),
            device("nvme", [("msix_qsize", .number(2048))]),
            device("nvme", [("max_ioqpairs", .number(2000)), ("msix_qsize", .number(700))]),
            device("pci-testdev", []), device("pci-testdev", [("membar", .text("4K"))]),
            device("pci-testdev", [("membar", .text("64M"))]), device("pci-testdev", [("membar", .number(8 << 30))]),
            device("pci-testdev", [("membar", .number(0))]), device("e1000", [("rombar", .number(0))]),
            device("e1000", [("romfile", .text(""))]),
            device("e1000", [("romfile", .text("/usr/share/seabios/vgabios-stdvga.bin"))]),
            device(
                "e1000", [("romfile", .text("/usr/share/seabios/vgabios-stdvga.bin")), ("romsize", .number(1 << 20))]),
            device("virtio-net-pci", [("romsize", .number(1 << 20))]),
            device("virtio-net-pci", [("romfile", .text("")), ("rombar", .number(1))]),
            device("edu", [("romfile", .text("/usr/share/qemu/kvmvapic.bin"))]),
            device("edu", [("romfile", .text("/usr/share/seabios/vgabios-qxl.bin")), ("rombar", .number(0))]),
        ],
        [
            device("virtio-net-pci", [("vectors", .number(0))]), device("virtio-net-pci", [("vectors", .number(128))]),
            device("virtio-net-pci", [("vectors", .number(129))]),
            device("virtio-net-pci", [("vectors", .number(300))]),
            device("virtio-net-pci", [("vectors", .number(2048))]),
            device("virtio-net-pci", [("page-per-vq", .bool(true))]),
            device("virtio-net-pci", [("disable-legacy", .text("on"))]),
            device("virtio-net-pci", [("disable-legacy", .text("auto"))]),
            device("virtio-net-pci", [("disable-modern", .bool(true))]),
            device("virtio-scsi-pci", [("disable-legacy", .bool(true)), ("disable-modern", .bool(false))]),
            device("virtio-rng-pci", [("disable-legacy", .bool(true))]),
            device("virtio-serial-pci", [("disable-modern", .bool(true))]),
            device("virtio-balloon-pci", [("disable-legacy", .bool(true))]),
            device("virtio-blk-pci", [("vectors", .number(64)), ("disable-legacy", .bool(true))]),
            device("virtio-9p-pci", [("disable-legacy", .bool(true))]),
            device("virtio-9p-pci", [("vectors", .number(0))]),
            device("virtio-net-pci-transitional", [("vectors", .number(3))]),
            device("virtio-net-pci-non-transitional", [("page-per-vq", .bool(true))]),
            device("virtio-gpu-pci", [("vectors", .number(0))]),
            device("virtio-gpu-pci", [("max_outputs", .number(4))]),
            device("virtio-net-pci", [("modern-pio-notify", .bool(true))]),
        ],
        [
            device("pci-bridge", [("shpc", .bool(false))]),
            device("pci-bridge", [("shpc", .bool(true)), ("msi", .bool(false))]),
            device("pcie-root-port", [("hotplug", .bool(false))]),
            device("pcie-root-port", [("mem-reserve", .text("32M"))]),
            device("pcie-root-port", [("pref64-reserve", .text("1G")), ("bus-reserve", .number(4))]),
            device("qemu-xhci", [("p2", .number(15)), ("p3", .number(15))]),
            device("nec-usb-xhci", [("msix", .text("off"))]),
            device("nec-usb-xhci", [("intrs", .number(1))]), device("ich9-ahci", []),
            device("megasas", [("msi", .text("off"))]),
            device("e1000e", []), device("vmxnet3", []), device("pvscsi", [("use_msg", .number(0))]),
        ],
    ]

    @Test(arguments: groups.indices)
    func `BARs follow properties as in QEMU`(group: Int) async throws {
        var devices = Self.groups[group]
        for index in devices.indices {
            devices[index].id = "dev\(index)"
            devices[index].slot = RealDevices.slot(index)
        }
        try await RealDevices.compare(RealDevices.guest(devices))
    }

    @Test(
        arguments: [
            ("VGA", "vgamem_mb", 1), ("VGA", "vgamem_mb", 64), ("VGA", "vgamem_mb", 100), ("VGA", "vgamem_mb", 512),
            ("virtio-vga", "vectors", 0), ("vmware-svga", "vgamem_mb", 32), ("ati-vga", "vgamem_mb", 32),
            ("cirrus-vga", "vgamem_mb", 8), ("qxl-vga", "vgamem_mb", 32),
        ] as [(String, String, UInt64)])
    func `the frame buffer of a display follows its property`(
        model: String, property: String, value: UInt64
    ) async throws {
        let device = Device(
            id: "display0", model: model, at: RealDevices.slot(0), properties: [Property(property, .number(value))])
        try await RealDevices.compare(RealDevices.guest([device]))
    }

    @Test func `the BAR of ivshmem is its memory`() async throws {
        let sizes: [ByteCount] = [.kib(4), .mib(1), .mib(64), .mib(512)]
        let devices = sizes.enumerated().map { index, size in
            Device(
                id: "shared\(index)", model: "ivshmem-plain", at: RealDevices.slot(index),
                backend: MemoryBackend(id: "memory\(index)", size: size))
        }
        try await RealDevices.compare(RealDevices.guest(devices))
    }

    @Test func `virtio follows the kind of bus`() async throws {
        var devices = [
            Device(id: "port1", model: "pcie-root-port", at: RealDevices.slot(0)),
            Device(id: "port2", model: "pcie-root-port", at: RealDevices.slot(1)),
            Device(id: "legacy", model: "pcie-pci-bridge", at: Slot("port2", devfn: 0)),
            Device(
                id: "pxb", model: "pxb-pcie", at: RealDevices.slot(2), properties: [Property("bus_nr", .number(0x80))]),
            Device(id: "port3", model: "pcie-root-port", at: Slot("pxb", devfn: 0)),
            Device(id: "bridge", model: "pci-bridge", at: RealDevices.slot(3)),
        ]
        let models = ["net", "blk", "scsi", "serial", "balloon", "rng", "9p", "gpu", "crypto", "keyboard"]
        // QEMU takes one balloon only.
        let single = ["balloon"]
        for (bus, slots) in [("pcie.0", 8), ("legacy", 1), ("bridge", 1)] as [(BusName, UInt8)] {
            for (index, model) in models.enumerated() where bus == "pcie.0" || !single.contains(model) {
                devices.append(
                    Device(
                        id: "\(bus.rawValue.filter { $0 != "." })-\(model)", model: "virtio-\(model)-pci",
                        at: Slot(bus, devfn: (slots + UInt8(index)) << 3)))
            }
        }
        for (bus, model) in [("port1", "net"), ("port3", "blk")] as [(BusName, String)] {
            devices.append(Device(id: "\(bus)-\(model)", model: "virtio-\(model)-pci", at: Slot(bus, devfn: 0)))
        }
        try await RealDevices.compare(RealDevices.guest(devices))
    }

    @Test func `virtio on the conventional root bus`() async throws {
        let devices = ["net", "blk", "scsi"].enumerated().map {
            Device(id: "dev\($0.offset)", model: "virtio-\($0.element)-pci", at: RealDevices.slot($0.offset, .pc))
        }
        try await RealDevices.compare(RealDevices.guest(devices, on: .pc))
    }
}
