import BerthPCI

/// Virtio: modern only behind a PCI Express port, transitional elsewhere, unless properties say otherwise.
///
/// Source: hw/virtio/virtio-pci.c `virtio_pci_realize`, `virtio_pci_device_plugged` @ QEMU 7.2; Virtio 1.1 §4.1.2.1
/// (modern device ids are 0x1040 + device type); hw/pci/msix.c `msix_init_exclusive_bar`.
enum Virtio: DeviceBehaviour {
    static let models: Set<String> = Set(
        [
            "virtio": [
                "9p", "balloon", "blk", "crypto", "gpu", "gpu-gl", "input-host", "iommu", "keyboard", "mem", "mouse",
                "multitouch", "net", "pmem", "rng", "rtc", "scsi", "serial", "sound", "tablet",
            ],
            "vhost": ["scsi", "vdpa-device", "vsock"],
            "vhost-user": [
                "blk", "fs", "gpio", "gpu", "i2c", "input", "rng", "rtc", "scsi", "snd", "spi", "test-device", "vsock",
            ],
        ]
        .flatMap { kind, names in names.map { "\(kind)-\($0)-pci" } }
        .flatMap { [$0, "\($0)-transitional", "\($0)-non-transitional"] })

    /// Virtio device types whose transitional ids are older than the rule.
    private static let types: [UInt16: UInt16] = [
        0x1000: 1, 0x1001: 2, 0x1003: 3, 0x1005: 4, 0x1002: 5, 0x1004: 8, 0x1009: 9,
    ]

    static func apply(to function: inout PCIFunction, device: Device, on bus: PCIBus) throws(PropertyProblem) {
        try setVectors(of: &function, device: device, bar: 1)
        let isTransitional = function.model.hasSuffix("-transitional") && !function.model.hasSuffix("-non-transitional")
        if let type = types[function.device], !isTransitional {
            let legacyOff: Bool =
                switch device["disable-legacy"] {
                case nil, .text("auto"): bus.isExpress && !bus.isRoot
                case .some: try device.bool("disable-legacy") ?? false
                }
            if legacyOff {
                function.device = 0x1040 + type
                function.revision = 1
                function.subsystem = .init(vendor: 0x1af4, device: 0x1100)
                function.removeBAR(.bar(0))
            }
        }
        try setMountTag(of: &function, device: device)
        try setPorts(of: &function, device: device)
        if function.model == "vhost-user-test-device-pci", let type = try device.number("virtio-id", in: 1...63) {
            function.device = 0x1040 + UInt16(type)
        }
        let structures: BARIndex = function.model == "vhost-user-test-device-pci" ? .bar(2) : .bar(4)
        if try device.bool("disable-modern") == true { function.removeBAR(structures) }
        // One page a queue instead of four bytes, for 1024 queues, behind the 12 KiB of the other structures.
        if try device.bool("page-per-vq") == true, function[structures] != nil {
            function.setBAR(structures, .memory64(size: .mib(8), prefetchable: true))
        }
        if try device.bool("modern-pio-notify") == true, function[structures] != nil {
            function.setBAR(structures == .bar(4) ? .bar(2) : .bar(0), .io(size: 4))
        }
        try setHostMemory(of: &function, device: device)
        // Only the modern interface is PCI Express.
        if bus.isExpress, !bus.isRoot, try device.bool("disable-modern") != true { function.portType = .endpoint }
        if function.model.hasPrefix("virtio-blk-pci-"), try device.bool("scsi") == true {
            throw PropertyProblem(
                property: "scsi", message: "Please set scsi=off for virtio-blk devices in order to use virtio 1.0")
        }
    }

    /// Memory of the host that a guest maps takes BAR 4; the structures then are behind BAR 2, vectors behind BAR 1.
    ///
    /// Source: `virtio_gpu_pci_base_realize` in hw/display/virtio-gpu-pci.c, `virtio_vga_base_realize` in
    /// hw/display/virtio-vga.c @ QEMU 10.0.
    static func setHostMemory(of function: inout PCIFunction, device: Device) throws(PropertyProblem) {
        guard displays.contains(function.model), let size = try device.size("hostmem"), size > .zero else { return }
        guard size.isPowerOfTwo else {
            throw PropertyProblem(property: "hostmem", message: "\(size) is not a power of two, as a BAR has to be")
        }
        let structures = function[function.classCode.isVGA ? .bar(2) : .bar(4)]
        let vectors = function[function.classCode.isVGA ? .bar(4) : .bar(1)]
        if let vectors { function.setBAR(.bar(1), vectors.kind) }
        if let structures { function.setBAR(.bar(2), structures.kind) }
        function.setBAR(.bar(4), .memory64(size: size, prefetchable: true))
    }

    private static let displays: Set<String> = [
        "virtio-gpu-pci", "virtio-gpu-gl-pci", "virtio-vga", "virtio-vga-gl", "vhost-user-gpu-pci", "vhost-user-vga",
    ]

    /// The ports of virtio-9p end with the mount tag, after 24 bytes (20 without MSI-X) and its length; a guest that
    /// names none gets the id for a tag (`Placeholder`).
    ///
    /// Source: hw/9pfs/virtio-9p-device.c `virtio_9p_device_realize` @ QEMU 7.2.
    private static func setMountTag(of function: inout PCIFunction, device: Device) throws(PropertyProblem) {
        guard function.model.hasPrefix("virtio-9p-pci"), function[.bar(0)] != nil else { return }
        let tag = device["mount_tag"]?.description ?? device.id
        let header: UInt64 = function[.bar(1)] == nil ? 20 : 24
        if let size = ByteCount(header + 2 + UInt64(tag.utf8.count)).roundedUpToPowerOfTwo {
            function.setBAR(.bar(0), .io(size: size))
        }
    }

    /// The ports of the legacy interface: 20 bytes, four more with MSI-X, then as much of the device's own structure as
    /// its features need.
    ///
    /// Source: hw/virtio/virtio-pci.c `virtio_pci_device_plugged`; hw/net/virtio-net.c `feature_sizes`,
    /// hw/block/virtio-blk.c, hw/char/virtio-serial-bus.c, hw/virtio/virtio-balloon.c `virtio_balloon_config_size`
    /// @ QEMU 7.2, 10.0.
    private static func setPorts(of function: inout PCIFunction, device: Device) throws(PropertyProblem) {
        guard function[.bar(0)]?.kind.isIO == true, let own = try configurationSize(function.model, device) else {
            return
        }
        let header: UInt64 = function[.bar(1)] == nil ? 20 : 24
        if let size = ByteCount(header + own).roundedUpToPowerOfTwo { function.setBAR(.bar(0), .io(size: size)) }
    }

    /// Nil for a model whose structure is not known.
    private static func configurationSize(_ model: String, _ device: Device) throws(PropertyProblem) -> UInt64? {
        switch model.hasSuffix("-transitional") ? String(model.dropLast("-transitional".count)) : model {
        case "virtio-net-pci":
            if try device.bool("rss") == true { return 24 }
            if try device.bool("hash") == true { return 24 }
            if device["speed"] != nil || device["duplex"] != nil { return 17 }
            if device["host_mtu"] != nil { return 12 }
            return try device.bool("mq") == true ? 10 : 8
        case "virtio-blk-pci":
            let (discards, zeroes) = (try device.bool("discard") ?? true, try device.bool("write-zeroes") ?? true)
            return discards || zeroes ? 60 : 36
        case "virtio-serial-pci": return try device.bool("emergency-write") == false ? 8 : 12
        case "virtio-scsi-pci": return 36
        case "virtio-balloon-pci":
            if try device.bool("qemu-4-0-config-size") == true { return 16 }
            if try device.bool("page-poison") ?? true { return 16 }
            return try device.bool("free-page-hint") == true ? 12 : 8
        default: return nil
        }
    }

    /// The MSI-X BAR: vector table, then the pending bits, at least a page.
    static func setVectors(of function: inout PCIFunction, device: Device, bar: Int) throws(PropertyProblem) {
        guard let vectors = try device.number("vectors", in: 0...2048) else { return }
        guard vectors > 0 else { return function.removeBAR(.bar(bar)) }
        if function[.bar(bar)] != nil {
            function.setBAR(.bar(bar), .memory32(size: vectorBAR(vectors), prefetchable: false))
        }
    }

    /// Source: hw/pci/msix.c `msix_init_exclusive_bar` @ QEMU 7.2.
    static func vectorBAR(_ vectors: UInt64) -> ByteCount {
        let pending = (vectors + 63) / 64 * 8
        let size = ByteCount(max(4096, max(2048, vectors * 16) + pending))
        return size.roundedUpToPowerOfTwo ?? size
    }
}
