import BerthLibvirtDomain
import BerthTopology

/// How a device plugs into a bus, in libvirt's terms.
///
/// Source: src/conf/domain_addr.c `virDomainPCIControllerModelToConnectType` @ 9.0.0.
enum Connection: Hashable {
    case endpoint, bridge, expander, rootPort, dmi, expressExpander, upstream, downstream, expressToPCI
}

/// A bus as libvirt knows it.
struct LibvirtBus: Hashable {
    /// QEMU's name of it.
    var id: String
    /// The controller's index, which is the `bus` of an address; nil for a bus that only QEMU knows.
    var index: Int?
    var kind: Kind

    enum Kind: Hashable {
        case pciRoot
        case pcieRoot
        /// pci-bridge and pcie-to-pci-bridge: no slot 0.
        case bridge
        /// dmi-to-pci-bridge and pci-expander-bus.
        case bridgeWithSlotZero
        /// Root and downstream ports: slot 0 only.
        case port
        case switchBus
        case expressExpander
        /// Below a bridge that is an argument of QEMU's.
        case foreign
    }

    /// Whether libvirt lets a hand-written address put such a device there. By hand, conventional and
    /// express endpoints go wherever one of them goes, and a pci-bridge goes with them
    /// (`virDomainPCIAddressFlagsCompatible`, `virDomainPCIAddressBusSetModel` in src/conf/domain_addr.c;
    /// reserved: `qemuDomainValidateDevicePCISlotsPIIX3`, `…Q35` in src/qemu/qemu_domain_address.c @ 9.0.0).
    func accepts(_ connection: Connection, at devfn: UInt8) -> Bool {
        let slot = devfn >> 3
        switch kind {
        case .pciRoot:
            return [.endpoint, .bridge, .expander].contains(connection) && slot > 0
                && devfn != 1 << 3 && devfn != 1 << 3 | 3
        case .pcieRoot:
            let isReserved = slot == 0x1f && [0, 2, 3].contains(devfn & 7)
            return [.endpoint, .bridge, .rootPort, .dmi, .expressExpander].contains(connection) && slot > 0
                && !isReserved
        case .bridge: return [.endpoint, .bridge].contains(connection) && slot > 0
        case .bridgeWithSlotZero: return [.endpoint, .bridge].contains(connection)
        case .port: return [.endpoint, .bridge, .upstream, .expressToPCI].contains(connection) && slot == 0
        case .switchBus: return connection == .downstream
        case .expressExpander: return [.rootPort, .dmi].contains(connection)
        case .foreign: return false
        }
    }
}

/// A model of `<controller type='pci'>`.
struct PCIControllerModel: Hashable {
    /// The `model` attribute.
    var model: String
    /// QEMU's device, the `name` of the `<model>` element.
    var device: String
    var connection: Connection
    var bus: LibvirtBus.Kind

    /// By QEMU's name of the device; nil for what libvirt has no controller for.
    static func named(_ device: String) -> PCIControllerModel? { all.first { $0.device == device } }

    /// Source: docs/formatdomain.rst, "Controllers".
    private static let all = [
        row("pcie-root-port", "pcie-root-port", .rootPort, .port),
        row("pcie-root-port", "ioh3420", .rootPort, .port),
        row("pcie-switch-upstream-port", "x3130-upstream", .upstream, .switchBus),
        row("pcie-switch-downstream-port", "xio3130-downstream", .downstream, .port),
        row("pcie-to-pci-bridge", "pcie-pci-bridge", .expressToPCI, .bridge),
        row("dmi-to-pci-bridge", "i82801b11-bridge", .dmi, .bridgeWithSlotZero),
        row("pci-bridge", "pci-bridge", .bridge, .bridge),
        row("pci-expander-bus", "pxb", .expander, .bridgeWithSlotZero),
        row("pcie-expander-bus", "pxb-pcie", .expressExpander, .expressExpander),
    ]

    private static func row(
        _ model: String, _ device: String, _ connection: Connection, _ bus: LibvirtBus.Kind
    ) -> PCIControllerModel {
        PCIControllerModel(model: model, device: device, connection: connection, bus: bus)
    }
}
