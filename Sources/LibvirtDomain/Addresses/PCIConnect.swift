import BerthDiagnostics
import BerthStack

/// What a device needs of a bus, and what a bus offers.
///
/// The bits are libvirt's, because one of its messages prints them: `virDomainPCIConnectFlags` in
/// src/conf/domain_addr.h @ 9.0.0.
struct PCIConnect: OptionSet, Hashable, Sendable {
    let rawValue: UInt32

    /// Libvirt may put a device there unasked.
    static let autoAssign = PCIConnect(rawValue: 1 << 0)
    static let hotpluggable = PCIConnect(rawValue: 1 << 1)
    /// Only on bus 0.
    static let integrated = PCIConnect(rawValue: 1 << 2)
    /// May share a slot with others of its kind, a function each.
    static let aggregate = PCIConnect(rawValue: 1 << 3)
    static let pci = PCIConnect(rawValue: 1 << 4)
    static let pcie = PCIConnect(rawValue: 1 << 5)
    static let rootPort = PCIConnect(rawValue: 1 << 6)
    static let upstreamPort = PCIConnect(rawValue: 1 << 7)
    static let downstreamPort = PCIConnect(rawValue: 1 << 8)
    static let dmiBridge = PCIConnect(rawValue: 1 << 9)
    static let expander = PCIConnect(rawValue: 1 << 10)
    static let expressExpander = PCIConnect(rawValue: 1 << 11)
    static let pciBridge = PCIConnect(rawValue: 1 << 12)
    static let expressToPCIBridge = PCIConnect(rawValue: 1 << 13)

    static let endpoints: PCIConnect = [.pci, .pcie]
    static let types: PCIConnect = [
        .pci, .pcie, .rootPort, .upstreamPort, .downstreamPort, .dmiBridge, .expander, .expressExpander, .pciBridge,
        .expressToPCIBridge,
    ]

    /// Whether a bus that offers this takes a device that needs that, as far as their kinds go.
    ///
    /// Where one kind of endpoint goes, the other may be put by hand, and a bridge with it.
    /// Source: `virDomainPCIAddressFlagsCompatible` in src/conf/domain_addr.c @ 9.0.0.
    func isSatisfied(by offers: PCIConnect, isChosen: Bool) -> Bool {
        var (needs, offers) = (self, offers)
        if isChosen {
            if !offers.isDisjoint(with: .endpoints) { offers.formUnion(.endpoints) }
            if needs.contains(.pciBridge) { needs.insert(.pci) }
        }
        return !needs.intersection(offers).isDisjoint(with: .types)
    }

    /// The first type of a device, as libvirt's message about a bus that is wrong for it says.
    var typeName: String? {
        let names: [(PCIConnect, String)] = [
            (.pci, "standard PCI device"), (.pcie, "PCI Express device"), (.rootPort, "pcie-root-port"),
            (.upstreamPort, "pcie-switch-upstream-port"), (.downstreamPort, "pcie-switch-downstream-port"),
            (.dmiBridge, "dmi-to-pci-bridge"), (.expressToPCIBridge, "pcie-to-pci-bridge"),
            (.expander, "pci-expander-bus"), (.expressExpander, "pcie-expander-bus"), (.pciBridge, "pci-bridge"),
        ]
        return names.first { contains($0.0) }?.1
    }

    /// The controller that a controller's own flags belong to; nil for a pcie-to-pci-bridge and for endpoints.
    var controllerModel: String? {
        let models: [(PCIConnect, String)] = [
            (.rootPort, "pcie-root-port"), (.upstreamPort, "pcie-switch-upstream-port"),
            (.downstreamPort, "pcie-switch-downstream-port"), (.dmiBridge, "dmi-to-pci-bridge"),
            (.expander, "pci-expander-bus"), (.expressExpander, "pcie-expander-bus"), (.pciBridge, "pci-bridge"),
        ]
        return models.first { contains($0.0) }?.1
    }
}

extension PCIConnect {
    private static let conventional: PCIConnect = [.pci, .autoAssign]

    /// What a device needs; empty for one that is not on PCI.
    ///
    /// Source: `qemuDomainDeviceCalculatePCIConnectFlags` in src/qemu/qemu_domain_address.c @ 9.0.0, 11.3.0.
    static func needs(of device: DomainDevice, onExpress: Bool) -> PCIConnect {
        let express: PCIConnect = onExpress ? [.pcie, .autoAssign] : conventional
        switch device.kind {
        case .controller: return controller(device, express)
        case .filesystem:
            switch device.type {
            case "", "default", "path", "handle": return virtio(device.model, express)
            case "virtiofs": return express
            default: return []
            }
        case .interface:
            switch (device.type, device.model) {
            case ("hostdev", _): return express
            case (_, "usb-net"): return []
            case (_, "virtio"), (_, "virtio-non-transitional"), (_, "e1000e"), (_, "igb"): return express
            case (_, let model): return ModelNames.interfaces.contains(model) ? conventional : express
            }
        case .sound:
            if device.model == "virtio" { return express }
            return ["es1370", "ac97", "ich6", "ich9"].contains(device.model) ? conventional : []
        case .disk: return device.type == "virtio" ? virtio(device.model, express) : []
        case .hostdev:
            switch device.type {
            // Whether the device is an express one only its host knows; libvirt takes one it cannot see for express.
            case "pci", "mdev": return express
            case "scsi_host": return device.address.pci == nil ? virtio(device.model, express) : express
            default: return []
            }
        case .memballoon, .rng, .vsock:
            return ModelNames.virtio.contains(device.model) ? virtio(device.model, express) : []
        case .watchdog: return device.model == "i6300esb" ? conventional : []
        case .video:
            switch device.model {
            case "virtio", "bochs": return express
            case "vga", "cirrus", "vmvga", "xen", "vbox", "qxl", "parallels": return conventional
            default: return []
            }
        case .shmem: return conventional
        case .input: return device.type == "virtio" ? virtio(device.model, express) : []
        case .serial: return device.type == "pci-serial" ? conventional : []
        case .iommu: return ["virtio", "amd"].contains(device.model) ? express.union(.integrated) : []
        case .crypto: return device.model == "virtio" ? conventional : []
        case .panic: return device.model == "pvpanic" ? conventional.union(.integrated) : []
        case .pstore: return conventional
        case .memory: return ["virtio-pmem", "virtio-mem"].contains(device.model) ? express : []
        default: return []
        }
    }

    /// A transitional device has I/O ports, which an express slot need not have.
    private static func virtio(_ model: String, _ express: PCIConnect) -> PCIConnect {
        model == "virtio-transitional" ? conventional : express
    }

    private static func controller(_ device: DomainDevice, _ express: PCIConnect) -> PCIConnect {
        switch device.type {
        case "pci": return pciController(device.model)
        case "sata", "ide": return conventional
        case "usb":
            switch device.model {
            case "nec-xhci", "qemu-xhci": return express
            case "qusb1", "qusb2", "none": return []
            default: return conventional
            }
        case "scsi":
            switch device.model {
            case "", "ncr53c90": return []
            case "virtio-scsi", "virtio-non-transitional": return express
            default: return conventional
            }
        case "virtio-serial": return virtio(device.model, express)
        case "nvme": return express
        default: return []
        }
    }

    /// Source: `virDomainPCIControllerModelToConnectType` in src/conf/domain_addr.c @ 9.0.0.
    static func pciController(_ model: String) -> PCIConnect {
        switch model {
        case "pci-bridge": .pciBridge
        case "pci-expander-bus": .expander
        case "pcie-expander-bus": .expressExpander
        case "dmi-to-pci-bridge": .dmiBridge
        case "pcie-to-pci-bridge": .expressToPCIBridge
        case "pcie-root-port": [.rootPort, .aggregate]
        case "pcie-switch-upstream-port": .upstreamPort
        case "pcie-switch-downstream-port": .downstreamPort
        default: []
        }
    }
}
