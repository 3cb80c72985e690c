package import BerthPCI
package import BerthStack

/// What a device model of QEMU shows the guest, with its default properties.
package struct DeviceModel: Hashable, Sendable {
    package var name: String
    package var vendor: UInt16
    package var device: UInt16
    /// Vendor and device of the subsystem; nil on bridges.
    package var subsystem: Subsystem?
    package var classCode: ClassCode
    package var revision: UInt8
    package var header: HeaderType
    /// 0 for none, 1...4 for INTA# to INTD#.
    package var interruptPin: UInt8
    /// The port type of its PCI Express capability in a slot of the root bus; nil for conventional.
    package var portType: ExpressPortType?
    /// Capability ids in the order of the list, first to last.
    package var capabilities: [UInt8]
    package var bars: [BAR]
    /// The QEMU releases that show it so.
    package var releases = ReleaseSpan()

    package struct Subsystem: Hashable, Sendable {
        package var vendor: UInt16
        package var device: UInt16
        package init(vendor: UInt16, device: UInt16) {
            self.vendor = vendor
            self.device = device
        }
    }

    package init(
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
    package var summary: String {
        let kind = classCode.name ?? "class \(classCode)"
        let shown = bars.map { "\($0.index) \($0.kind.size)" }.joined(separator: ", ")
        return "\(kind), \(shown.isEmpty ? "no BARs" : shown)"
    }
}

/// The QEMU releases from one to another; nil where no limit is known.
package struct ReleaseSpan: Hashable, Sendable {
    package var first: QEMURelease?
    package var last: QEMURelease?

    package init(from first: QEMURelease? = nil, through last: QEMURelease? = nil) {
        self.first = first
        self.last = last
    }

    /// Reads `10.0-`, `-9.2` and `8.0-9.2`. Nil for anything else.
    init?(_ text: Substring) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, text.count > 1 else { return nil }
        first = QEMURelease(grammar: String(parts[0]))
        last = QEMURelease(grammar: String(parts[1]))
        guard first != nil || parts[0].isEmpty, last != nil || parts[1].isEmpty else { return nil }
    }

    package func contains(_ release: QEMURelease) -> Bool {
        if let first, release < first { return false }
        if let last, release > last { return false }
        return true
    }
}

/// Device/port type of the PCI Express capability (PCI Express Base §7.5.3.2).
package enum ExpressPortType: UInt8, Hashable, Sendable {
    case endpoint = 0
    case rootPort = 4
    case upstreamPort = 5
    case downstreamPort = 6
    case expressToPCIBridge = 7
    case integratedEndpoint = 9
}
