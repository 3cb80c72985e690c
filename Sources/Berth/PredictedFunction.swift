import BerthBoot
import BerthDiagnostics
public import BerthPCI
import BerthTopology

/// A PCI function of a guest as its drivers will find it.
public struct PredictedFunction: Hashable, Sendable, CustomStringConvertible {
    /// The id that its device was given; nil for a function of the chipset.
    public let id: String?
    /// QEMU's name of the model: `virtio-net-pci`.
    public let model: String
    /// As `lspci` in the guest prints it; nil behind a bridge that has no bus number.
    public let address: PCIAddress?
    /// The vendor id.
    public let vendor: UInt16
    /// The device id.
    public let device: UInt16
    /// Every BAR that it has, by number; the ROM is not among them.
    public let bars: [BAR]
    /// Bus numbers and windows; nil for an endpoint, and for a bridge that was not reached.
    public let bridge: Bridge?

    init(_ index: Int, _ tree: PCITree, _ outcome: FirmwareOutcome) {
        let function = tree.functions[index]
        let result = outcome.functions[index]
        id = function.qdevID
        model = function.model
        address = outcome.busNumbers[function.bus].map { PCIAddress(bus: $0, devfn: function.devfn) }
        vendor = function.vendor
        device = function.device
        bars = function.bars.compactMap { bar in
            guard case .bar(let number) = bar.index else { return nil }
            return BAR(number, bar.kind, at: result.addresses[bar.index])
        }
        bridge = result.bridge.map(Bridge.init)
    }

    /// `net0 at 00:03.0: BAR 0 at 0xc000, BAR 1 at 0xfebd1000`
    public var description: String {
        let placed = bars.compactMap { bar in bar.address.map { "BAR \(bar.number) at \(Hexadecimal.string($0))" } }
        return "\(id ?? model) at \(address?.short ?? "no address")"
            + (placed.isEmpty ? "" : ": \(placed.joined(separator: ", "))")
    }
}

extension PredictedFunction {
    /// A base address register of a function, and what it holds.
    public struct BAR: Hashable, Sendable {
        /// What a base address register decodes.
        public enum Kind: Hashable, Sendable {
            /// I/O ports.
            case io
            /// Memory below 4 GiB.
            case memory32
            /// Memory anywhere; the register and the next one hold the address.
            case memory64
        }

        /// 0 to 5; of a bridge 0 and 1.
        public let number: Int
        /// What it decodes.
        public let kind: Kind
        /// Whether reads have no side effects, so that bridges may prefetch.
        public let isPrefetchable: Bool
        /// A power of two.
        public let size: ByteCount
        /// A guest physical address, or the first port of an I/O BAR; nil where it was not placed.
        public let address: UInt64?

        init(_ number: Int, _ kind: BARKind, at address: UInt64?) {
            self.number = number
            self.kind = kind.isIO ? .io : kind.is64Bit ? .memory64 : .memory32
            isPrefetchable = kind.isPrefetchable
            size = kind.size
            self.address = address
        }
    }

    /// Bus numbers and windows of a PCI-to-PCI bridge.
    public struct Bridge: Hashable, Sendable {
        /// The number of the bus behind it.
        public let secondaryBus: UInt8
        /// The highest number of a bus behind it.
        public let subordinateBus: UInt8
        /// The ports it passes on, first and last; nil for a closed window.
        public let io: ClosedRange<UInt64>?
        /// The memory it passes on, first and last guest physical address; nil for a closed window.
        public let memory: ClosedRange<UInt64>?
        /// The prefetchable memory it passes on, first and last guest physical address; nil for a closed window.
        public let prefetchableMemory: ClosedRange<UInt64>?

        init(_ bridge: BridgeOutcome) {
            secondaryBus = bridge.secondary
            subordinateBus = bridge.subordinate
            let open = { (window: BridgeWindow) in window.isOpen ? window.base...window.limit : nil }
            io = open(bridge.io)
            memory = open(bridge.memory)
            prefetchableMemory = open(bridge.prefetchable)
        }
    }
}
