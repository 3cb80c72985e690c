public import BerthPCI
import BerthTopology

/// What is true when the firmware hands over: addresses, bus numbers, windows, registers, memory map.
public struct FirmwareOutcome: Hashable, Sendable {
    /// The message with which the firmware stopped for good; everything else is empty then.
    public var halted: String?
    /// By index of the bus; nil for a bus that no bridge leads to.
    public var busNumbers: [UInt8?]
    /// By index of the function.
    public var functions: [FunctionOutcome]
    /// The e820 map, ascending; empty for firmware that has none of its own.
    public var memoryMap: [MemoryMapEntry]
    /// Maps that the same guest can also end up with, because drivers of the firmware race.
    public var otherMemoryMaps: [[MemoryMapEntry]] = []
    public var registers: [RegisterWrite]
    /// Where the root bus places BARs.
    public var apertures: Apertures

    public init(buses: Int, functions: Int) {
        busNumbers = Array(repeating: nil, count: buses)
        self.functions = Array(repeating: FunctionOutcome(), count: functions)
        memoryMap = []
        registers = []
        apertures = Apertures()
    }

    static func halt(_ message: String, buses: Int, functions: Int) -> FirmwareOutcome {
        var outcome = FirmwareOutcome(buses: buses, functions: functions)
        outcome.halted = message
        return outcome
    }

    /// The value a register was given; nil if the firmware left it alone.
    public func register(_ offset: Int, of function: Int) -> UInt64? {
        registers.last { $0.function == function && $0.offset == offset }?.value
    }

    /// Writes a window of a bridge; an I/O window whose registers are read-only stays as it is.
    mutating func set(_ window: BridgeWindow, of bridge: Int, in tree: PCITree) {
        switch window.kind {
        case .io:
            if !tree.functions[bridge].hasReadOnlyIOWindow { functions[bridge].bridge?.io = window }
        case .memory: functions[bridge].bridge?.memory = window
        case .prefetchableMemory: functions[bridge].bridge?.prefetchable = window
        }
    }
}

/// What one function got.
public struct FunctionOutcome: Hashable, Sendable {
    /// Addresses of BARs that decode after hand-over. A BAR that is not here is unassigned.
    public var addresses = BARAddresses()
    /// Space set aside for an option ROM, which stays disabled.
    public var romReservation: UInt64?
    /// Registers of a bridge; nil for an endpoint, or for a bridge that was not reached.
    public var bridge: BridgeOutcome?
    /// Left without resources because they ran out.
    public var isRejected = false

    public init() {}
}

/// Bus numbers and windows of a bridge.
public struct BridgeOutcome: Hashable, Sendable {
    public var secondary: UInt8
    public var subordinate: UInt8
    public var io: BridgeWindow
    public var memory: BridgeWindow
    public var prefetchable: BridgeWindow

    public init(
        secondary: UInt8, subordinate: UInt8, io: BridgeWindow, memory: BridgeWindow, prefetchable: BridgeWindow
    ) {
        self.secondary = secondary
        self.subordinate = subordinate
        self.io = io
        self.memory = memory
        self.prefetchable = prefetchable
    }
}

/// One line of the memory map.
public struct MemoryMapEntry: Hashable, Sendable {
    public enum Kind: Int, Hashable, Sendable {
        case ram = 1
        case reserved = 2
    }
    public var range: GuestRange
    public var kind: Kind
    public init(_ range: GuestRange, _ kind: Kind) {
        self.range = range
        self.kind = kind
    }
}

/// A register of a function that the firmware wrote an address to.
public struct RegisterWrite: Hashable, Sendable {
    public var function: Int
    public var offset: Int
    public var width: Int
    public var value: UInt64
    public init(function: Int, offset: Int, width: Int, value: UInt64) {
        self.function = function
        self.offset = offset
        self.width = width
        self.value = value
    }
}

/// The ranges a root bus hands out from.
public struct Apertures: Hashable, Sendable {
    public var io: PortRange?
    public var below4GiB: GuestRange?
    /// Nil where nothing goes above 4 GiB.
    public var above4GiB: GuestRange?
    public init() {}
}
