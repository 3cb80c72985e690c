import BerthBoot
package import BerthDiagnostics
import BerthTopology

/// What of a recorded guest a prediction can hit or miss by itself.
package enum RecordedPart: String, Hashable, Sendable, CaseIterable {
    /// Which functions answer, and as what; or the message with which the firmware stopped.
    case functions
    /// Numbers that bridges lead to.
    case buses
    /// Addresses of BARs.
    case bars = "BARs"
    /// Windows of bridges.
    case windows
    /// Registers of the IGD.
    case registers
    /// The firmware's memory map.
    case memoryMap = "e820"
    /// Functions, buses and BARs as Linux left them.
    case linuxAddresses = "Linux: addresses"
    /// Windows as Linux left them.
    case linuxWindows = "Linux: windows"
    /// When each BAR came and went, firmware and Linux.
    case decode
    /// What Linux reserves for graphics.
    case reservation
}

extension RecordedComparison {
    /// Whether each part that was observed is as predicted.
    package static func parts(_ recorded: RecordedCase) throws(InputError) -> [RecordedPart: Bool] {
        guard let observed = recorded.observed else { return [:] }
        let topology = try recorded.topology(source: recorded.name ?? "case")
        let tree = try topology.resolved()
        let boot = BootOutcome.run(topology, tree, then: recorded.guestActions(tree))
        let predicted = Observation(boot.guest, after: boot.firmware, tree: tree, topology: topology)
        var parts: [RecordedPart: Bool] = [:]
        if observed.halted != nil || predicted.halted != nil {
            parts[.functions] = observed.halted == predicted.halted
            return parts
        }
        let (ours, theirs) = (predicted.functions ?? [], observed.functions ?? [])
        let identities = ours.map(Identity.init) == theirs.map(Identity.init)
        let buses = ours.map(\.numbers) == theirs.map(\.numbers)
        let bars = ours.map(\.bars) == theirs.map(\.bars)
        let windows = ours.map(\.windows) == theirs.map(\.windows)
        if recorded.linux == true {
            parts[.linuxAddresses] = identities && buses && bars
            parts[.linuxWindows] = windows
            if let seen = observed.graphicsReservation {
                parts[.reservation] = (predicted.graphicsReservation ?? []) == seen
            }
        } else {
            parts[.functions] = identities
            parts[.buses] = buses
            parts[.bars] = bars
            parts[.windows] = windows
        }
        if let seen = observed.registers { parts[.registers] = registers(boot.firmware, topology, tree, seen) == nil }
        if let seen = observed.e820 { parts[.memoryMap] = memory(predicted.e820 ?? [], seen, boot.firmware) == nil }
        if let seen = observed.decode {
            let tail = topology.guest == .firmwareOnly ? networkBoot(boot.firmware, tree, topology) : []
            parts[.decode] =
                DecodeComparison.firstDifference(predicted.decode ?? [], seen, repeatable: tail) == nil
        }
        return parts
    }

    private struct Identity: Equatable {
        var place: [UInt8]
        var ids: [UInt16]
        var name: String?

        init(_ function: Observation.Function) {
            place = [function.bus, function.slot, function.function]
            ids = [function.vendor, function.device, function.class]
            name = function.id
        }
    }
}

extension Observation.Function {
    fileprivate var numbers: [UInt8]? { bridge.map { [$0.secondary, $0.subordinate] } }
    fileprivate var windows: [Observation.Window]? { bridge.map { [$0.io, $0.memory, $0.prefetchable] } }
}
