package import BerthPCI
import BerthTopology

/// What is true when the firmware hands over: addresses, bus numbers, windows, registers, memory map.
package struct FirmwareOutcome: Hashable, Sendable {
    /// The message with which the firmware stopped for good; everything else is empty then.
    package var halted: String?
    /// By index of the bus; nil for a bus that no bridge leads to.
    package var busNumbers: [UInt8?]
    /// By index of the function.
    package var functions: [FunctionOutcome]
    /// Of functions that could have virtual ones: what the registers for the BARs of those hold, by number of the register.
    /// Nobody answers there before an OS enables one.
    package var virtualFunctions: [Int: [Int: UInt64]] = [:]
    /// The e820 map, ascending; empty for firmware that has none of its own.
    package var memoryMap: [MemoryMapEntry]
    /// Maps that the same guest can also end up with, because drivers of the firmware race.
    package var otherMemoryMaps: [[MemoryMapEntry]] = []
    package var registers: [RegisterWrite]
    /// What register writers in option ROMs came to, in the order in which they worked.
    package var writerResults: [RegisterWriterResult] = []
    /// Where the root bus places BARs.
    package var apertures: Apertures

    package init(buses: Int, functions: Int) {
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
    package func register(_ offset: Int, of function: Int) -> UInt64? {
        registers.last { $0.function == function && $0.offset == offset }?.value
    }

    /// Four bytes of configuration space; nil if the firmware left them alone.
    package func bytes(at offset: Int, of function: Int) -> UInt32? {
        registers.last { $0.function == function && $0.offset <= offset && offset < $0.offset + $0.width }.map {
            UInt32(truncatingIfNeeded: $0.value >> UInt64(8 * (offset - $0.offset)))
        }
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
package struct FunctionOutcome: Hashable, Sendable {
    /// Addresses of BARs that decode after hand-over. A BAR that is not here is unassigned.
    package var addresses = BARAddresses()
    /// Space set aside for an option ROM, which stays disabled.
    package var romReservation: UInt64?
    /// Registers of a bridge; nil for an endpoint, or for a bridge that was not reached.
    package var bridge: BridgeOutcome?
    /// Left without resources because they ran out.
    package var isRejected = false

    package init() {}
}

/// Bus numbers and windows of a bridge.
package struct BridgeOutcome: Hashable, Sendable {
    package var secondary: UInt8
    package var subordinate: UInt8
    package var io: BridgeWindow
    package var memory: BridgeWindow
    package var prefetchable: BridgeWindow

    package init(
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
package struct MemoryMapEntry: Hashable, Sendable {
    package enum Kind: Int, Hashable, Sendable {
        case ram = 1
        case reserved = 2
    }
    package var range: GuestRange
    package var kind: Kind
    package init(_ range: GuestRange, _ kind: Kind) {
        self.range = range
        self.kind = kind
    }
}

/// A register of a function that the firmware wrote an address to.
package struct RegisterWrite: Hashable, Sendable {
    package var function: Int
    package var offset: Int
    package var width: Int
    package var value: UInt64
    package init(function: Int, offset: Int, width: Int, value: UInt64) {
        self.function = function
        self.offset = offset
        self.width = width
        self.value = value
    }
}

/// The ranges a root bus hands out from.
package struct Apertures: Hashable, Sendable {
    package var io: PortRange?
    package var below4GiB: GuestRange?
    /// Nil where nothing goes above 4 GiB.
    package var above4GiB: GuestRange?
    package init() {}
}
