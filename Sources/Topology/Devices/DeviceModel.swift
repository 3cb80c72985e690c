public import BerthPCI

/// What a device model of QEMU shows the guest, with its default properties.
public struct DeviceModel: Hashable, Sendable {
    public var name: String
    public var vendor: UInt16
    public var device: UInt16
    /// Vendor and device of the subsystem; nil on bridges.
    public var subsystem: Subsystem?
    public var classCode: ClassCode
    public var revision: UInt8
    public var header: HeaderType
    /// 0 for none, 1...4 for INTA# to INTD#.
    public var interruptPin: UInt8
    /// The port type of its PCI Express capability in a slot of the root bus; nil for conventional.
    public var portType: ExpressPortType?
    /// Capability ids in the order of the list, first to last.
    public var capabilities: [UInt8]
    public var bars: [BAR]

    public struct Subsystem: Hashable, Sendable {
        public var vendor: UInt16
        public var device: UInt16
        public init(vendor: UInt16, device: UInt16) {
            self.vendor = vendor
            self.device = device
        }
    }

    public init(
        name: String, vendor: UInt16, device: UInt16, subsystem: Subsystem?, classCode: ClassCode, revision: UInt8,
        header: HeaderType, interruptPin: UInt8, portType: ExpressPortType?, capabilities: [UInt8], bars: [BAR]
    ) {
        self.name = name
        self.vendor = vendor
        self.device = device
        self.subsystem = subsystem
        self.classCode = classCode
        self.revision = revision
        self.header = header
        self.interruptPin = interruptPin
        self.portType = portType
        self.capabilities = capabilities
        self.bars = bars
    }

    /// One sentence for lists.
    public var summary: String {
        let kind = classCode.name ?? "class \(classCode)"
        let shown = bars.map { "\($0.index) \($0.kind.size)" }.joined(separator: ", ")
        return "\(kind), \(shown.isEmpty ? "no BARs" : shown)"
    }
}

/// Device/port type of the PCI Express capability (PCI Express Base §7.5.3.2).
public enum ExpressPortType: UInt8, Hashable, Sendable {
    case endpoint = 0
    case rootPort = 4
    case upstreamPort = 5
    case downstreamPort = 6
    case expressToPCIBridge = 7
    case integratedEndpoint = 9
}
