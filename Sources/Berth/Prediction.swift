package import BerthBoot
public import BerthDiagnostics
public import BerthPCI
import BerthReport
import BerthTopology

/// What firmware and guest OS will do to a guest: addresses, windows, memory map, and every moment a BAR is not there.
///
/// Computed from the guest alone; the same guest always gives the same prediction.
public struct Prediction: Hashable, Sendable {
    /// The guest it was made for.
    public let guest: Guest
    package let outcome: BootOutcome

    /// Boots the guest, firmware and operating system; then `actions` happen to it, in order.
    ///
    /// Errors: QEMU would refuse to start this guest; an action names a device that it does not have.
    public init(_ guest: Guest, then actions: [GuestAction] = []) throws(InputError) {
        let tree = try guest.topology.resolved()
        var taken: [BerthBoot.GuestAction] = []
        for action in actions { taken.append(try BerthBoot.GuestAction(action.text, tree)) }
        self.init(guest, BootOutcome.run(guest.topology, tree, then: taken))
    }

    package init(_ guest: Guest, _ outcome: BootOutcome) {
        self.guest = guest
        self.outcome = outcome
    }

    /// The message with which the firmware stops for good; nil if it does not.
    ///
    /// There are no addresses then.
    public var halted: String? { outcome.firmware.halted }

    /// Reasons why the operating system does not run here; none is an error.
    public var findings: [Finding] { outcome.guest.findings }

    /// Every PCI function, with what the operating system leaves in its registers: the machine's first, then in the order of
    /// the devices.
    public var functions: [PredictedFunction] {
        let final = outcome.final
        return outcome.tree.functions.indices.map { PredictedFunction($0, outcome.tree, final) }
    }

    /// The e820 map, ascending; empty for firmware that has none of its own (OVMF).
    public var memoryMap: [MemoryRange] { outcome.firmware.memoryMap.map(MemoryRange.init) }

    /// Every moment at which a BAR comes, goes or moves, from power-on on.
    public var timeline: Timeline { Timeline(outcome) }

    /// Of every region that a register points at, and of every BAR that could carry one.
    public var exposures: [RegionExposure] { outcome.exposures.map { RegionExposure($0, outcome) } }

    /// As `berth simulate` prints it, with the budget, or with what would help a guest that stops; boots as `budget()` does.
    public var text: String { SimulationText.render(SimulationReport(outcome, of: guest.topology, detail: .budget)) }

    /// How full the address space is; nil where the firmware stops.
    ///
    /// Finding the largest BAR that would still fit boots the guest some seventy times more.
    public func budget() -> AddressBudget? {
        halted == nil ? AddressBudget(Budget(guest.topology, outcome.tree, outcome.firmware)) : nil
    }

    /// The function with this id.
    ///
    /// Of a libvirt domain that is a user's alias (`ua-…`), or `net0`, `hostdev0`, `video0`, `pci.1`. Errors: there is none; the
    /// description names those that there are.
    public func function(_ id: String) throws(UnknownDevice) -> PredictedFunction {
        let functions = functions
        if let found = functions.first(where: { $0.id == id }) { return found }
        let known = functions.compactMap(\.id).sorted()
        throw UnknownDevice(
            description: "there is no device '\(id)'\(NearestName.hint(id, among: known)); there are "
                + known.joined(separator: ", "))
    }

    /// Where the function with this id is in the guest; nil behind a bridge that has no bus number.
    ///
    /// Errors: those of `function(_:)`.
    public func address(of id: String) throws(UnknownDevice) -> PCIAddress? { try function(id).address }

    /// Where a BAR of the function with this id is; nil where there is no such BAR or it was not placed.
    ///
    /// A guest physical address, or a port for an I/O BAR. Errors: those of `function(_:)`.
    public func bar(_ number: Int, of id: String) throws(UnknownDevice) -> UInt64? {
        try function(id).bars.first { $0.number == number }?.address
    }
}

/// A guest has no device of this id.
public struct UnknownDevice: Error, Hashable, Sendable, CustomStringConvertible {
    /// The id that was asked for, the nearest one that there is, and all that there are.
    public let description: String
}

extension Prediction: CustomStringConvertible {
    /// One function a line, or why the firmware stops.
    public var description: String {
        halted.map { "the firmware stops: \($0)" } ?? functions.map { "\n\($0)" }.joined()
    }
}

extension Prediction {
    /// One line of the memory map that the firmware hands to the operating system.
    public struct MemoryRange: Hashable, Sendable {
        /// The first address.
        public let start: GuestPhysicalAddress
        /// How many bytes there are.
        public let size: ByteCount
        /// Nobody may use it as memory; else it is RAM.
        public let isReserved: Bool

        init(_ entry: MemoryMapEntry) {
            start = entry.range.start
            size = entry.range.size
            isReserved = entry.kind == .reserved
        }
    }
}
