import BerthStack

/// Properties with which a machine type makes newer device models look as they did in its release.
///
/// QEMU sets them before `-global` and before what `-device` says, newest release first, so that the oldest row that
/// holds wins. Only what the guest's firmware can see is here.
///
/// Source: `hw_compat_*` in hw/core/machine.c, `pc_compat_*` in hw/i386/pc.c @ QEMU 7.2, 10.0, and those of 11.1 as QMP
/// `query-machines` lists them, where none since 9.2 is for a PCI function; recorded from every machine type of the three.
struct MachineCompatibility {
    private struct Row: Sendable {
        /// The newest machine that has it.
        var last: QEMURelease
        /// The oldest; nil for all up to the newest.
        var first: QEMURelease?
        /// Nil for both boards.
        var board: MachineType?
        /// The newest QEMU that does so; nil for every one that has the machine.
        var lastQEMU: QEMURelease?
        var models: Models
        var property: Property

        init(
            _ last: QEMURelease, from first: QEMURelease? = nil, on board: MachineType? = nil,
            through lastQEMU: QEMURelease? = nil, _ models: Models, _ name: String, _ value: PropertyValue
        ) {
            self.last = last
            self.first = first
            self.board = board
            self.lastQEMU = lastQEMU
            self.models = models
            property = Property(name, value)
        }
    }

    private enum Models: Sendable {
        case these(Set<String>)
        /// Whatever derives from QEMU's `virtio-pci`.
        case virtio
        /// Those of them that are not made for one interface: `disable-modern` takes their PCI Express away.
        case anyInterface
        /// The names of `virtio-pci` that can be legacy, modern or both; the others have no property to choose by.
        case choosing

        func contain(_ model: String) -> Bool {
            switch self {
            case .these(let names): names.contains(model)
            case .virtio: model.hasPrefix("virtio-") || model.hasPrefix("vhost-")
            case .anyInterface: Self.virtio.contain(model) && !model.hasSuffix("transitional")
            case .choosing: Self.choosingModels.contains(model)
            }
        }

        /// Source: `generic_name` of the types in hw/virtio/*-pci.c @ QEMU 7.2 that are not `virtio_1` only.
        private static let choosingModels: Set<String> = [
            "vhost-scsi-pci", "vhost-user-blk-pci", "vhost-user-scsi-pci", "vhost-vsock-pci", "virtio-9p-pci",
            "virtio-balloon-pci", "virtio-blk-pci", "virtio-net-pci", "virtio-rng-pci", "virtio-scsi-pci",
            "virtio-serial-pci",
        ]
    }

    /// Newest first.
    private static let rows = [
        Row(.init(9, 2), .these(transitional("virtio-balloon-pci")), "vectors", .number(0)),
        Row(.init(9, 2), .these(["virtio-mem-pci"]), "vectors", .number(0)),
        Row(
            .init(6, 1), from: .init(6, 1), on: .q35,
            .these(["pcie-root-port", "ioh3420", "xio3130-downstream", "cxl-rp", "cxl-downstream"]), "x-native-hotplug",
            .bool(false)),
        Row(.init(7, 1), .these(transitional("virtio-rng-pci")), "vectors", .number(0)),
        Row(.init(5, 2), .these(["nvme"]), "msix-exclusive-bar", .bool(true)),
        Row(.init(5, 1), .these(["nvme"]), "use-intel-id", .bool(true)),
        Row(.init(5, 0), .these(transitional("virtio-balloon-pci")), "page-poison", .bool(false)),
        Row(.init(4, 2), .these(["qxl", "qxl-vga"]), "revision", .number(4)),
        Row(.init(4, 0), .these(transitional("virtio-balloon-pci")), "qemu-4-0-config-size", .bool(true)),
        Row(.init(3, 1), .these(transitional("virtio-balloon-pci")), "qemu-4-0-config-size", .bool(false)),
        Row(.init(3, 1), .these(transitional("virtio-blk-pci")), "discard", .bool(false)),
        Row(.init(3, 1), .these(transitional("virtio-blk-pci")), "write-zeroes", .bool(false)),
        Row(.init(2, 9), .these(["pci-bridge"]), "shpc", .bool(false)),
        Row(.init(2, 8), .these(["pci-bridge"]), "shpc", .bool(true)),
        Row(.init(2, 7), .virtio, "page-per-vq", .bool(true)),
        Row(.init(2, 7), .these(transitional("virtio-serial-pci")), "emergency-write", .bool(false)),
        Row(.init(2, 6), .choosing, "disable-modern", .bool(true)),
        Row(.init(2, 6), .choosing, "disable-legacy", .text("off")),
        Row(.init(2, 6), .these(["vmxnet3"]), "romfile", .text("")),
        Row(.init(2, 6), .anyInterface, "x-disable-pcie", .bool(true)),
        Row(.init(2, 5), .these(["pvscsi", "vmxnet3"]), "x-disable-pcie", .bool(true)),
        Row(.init(2, 5), .these(["pvscsi"]), "x-old-pci-configuration", .bool(true)),
        Row(.init(2, 4), .virtio, "x-disable-pcie", .bool(true)),
        Row(.init(2, 4), through: .init(9, 2), .these(transitional("virtio-blk-pci")), "scsi", .bool(true)),
        Row(.init(2, 1), .these(["VGA", "secondary-vga"]), "qemu-extended-regs", .bool(false)),
        Row(.init(2, 0), .these(["pci-serial", "pci-serial-2x", "pci-serial-4x"]), "prog_if", .number(0)),
        // PXE ROMs of before EFI, in `romfile`.
        Row(
            .init(1, 4), .these(["virtio-net-pci", "rtl8139", "e1000", "ne2k_pci", "pcnet"]), "romsize", .number(131072)
        ),
    ]

    private static func transitional(_ model: String) -> Set<String> {
        [model, "\(model)-transitional", "\(model)-non-transitional"]
    }

    private let rows: [Row]

    init(_ topology: GuestTopology) {
        let machine = topology.machineVersion
        rows = Self.rows.filter { row in
            machine <= row.last && row.first.map { $0 <= machine } ?? true
                && row.board.map { $0 == topology.machine.type } ?? true
                && row.lastQEMU.map { topology.qemu <= $0 } ?? true
        }
    }

    /// The device with what the machine says of its model in front of its own properties.
    func applied(to device: Device) -> Device {
        let own = rows.filter { $0.models.contain(device.model) }
        guard !own.isEmpty else { return device }
        var device = device
        device.properties = own.map(\.property) + device.properties
        return device
    }
}
