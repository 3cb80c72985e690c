import BerthBoot
package import BerthDiagnostics
package import BerthPCI
package import BerthTopology

/// A part of the answer that the user has fixed.
package enum Pin: Hashable, Sendable, CustomStringConvertible {
    /// The region starts here.
    case address(GuestPhysicalAddress)
    /// The region lies behind a BAR of the function here.
    case function(Slot)

    /// Reads `0x7af00000`, or `00:1f.0` for a slot of the root bus, `BUS:00.0` for one of another bus. Nil for
    /// anything else.
    package init?(_ text: String, rootBus: BusName) {
        if text.hasPrefix("0x") {
            guard let value = UInt64(text.dropFirst(2), radix: 16) else { return nil }
            self = .address(GuestPhysicalAddress(value))
            return
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let place = PCIAddress("00:\(parts[1])"), !parts[0].isEmpty else { return nil }
        self = .function(Slot(parts[0] == "00" ? rootBus : BusName(parts[0]), devfn: place.devfn))
    }

    package var description: String {
        switch self {
        case .address(let address): "\(address)"
        case .function(let slot): "\(slot)"
        }
    }

    /// Errors: no candidate is there, or no aperture of the guest has the address; with the valid choices.
    func check(_ region: Region, _ planner: Planner, _ request: Request) throws(InputError) {
        switch self {
        case .function(let slot):
            let slots = planner.proposals(for: region, request).compactMap(\.0.berth.slot)
            guard !slots.contains(slot) else { return }
            let choices = Set(slots).sorted().map { $0.bus == request.topology.rootBus ? "00:\($0.slotText)" : "\($0)" }
            throw InputError(
                "--pin: no candidate for \(region.name) is on \(slot); the choices are "
                    + (choices.isEmpty ? "none" : choices.joined(separator: ", ")), rule: "pin")
        case .address(let address):
            let outcome = Simulation(request.topology).outcome
            let ram = GuestRange(start: 0, size: request.topology.ramLayout.below4GiB)
            let valid = [ram, outcome.apertures.below4GiB, outcome.apertures.above4GiB].compactMap { $0 }
            guard !valid.contains(where: { $0.contains(address) }) else { return }
            throw InputError(
                "--pin: \(address) is in no aperture of this guest; \(region.name) can lie in "
                    + valid.map(\.description).joined(separator: ", "), rule: "pin")
        }
    }
}

/// A berth elsewhere than at its pin is rejected. Not of the catalogue: it is the user's rule, for one plan.
struct PinIsKept: Rule {
    let watchesBoot = true
    let id: RuleID = "pinned"
    let summary = "the berth is where the user pinned it"
    let documentation = "--pin REGION=ADDRESS or REGION=FUNCTION, and the berths of a lock."
    let sources = ["the command line"]
    let pins: PerRegion<Pin?>

    func judge(_ berth: RegionBerth, in evaluation: Evaluation) -> [Judgement] {
        guard let pin = pins[berth.region] else { return [] }
        switch pin {
        case .function(let slot):
            if berth.slot == slot { return [.holds(Fact(id, "\(berth.region) is pinned to \(slot)"))] }
            let found: Statement = berth.slot.map { "this berth is on \($0)" } ?? "this berth is on no function"
            return [.rejects(Fact(id, "\(berth.region) is pinned to \(slot), and \(found)"), .impossible)]
        case .address(let address):
            let found = evaluation.predictedAddress(of: berth)
            if found == .exact(address) { return [.holds(Fact(id, "\(berth.region) is pinned to \(address)"))] }
            return [
                .rejects(
                    Fact(id, "\(berth.region) is pinned to \(address), and this berth is at \(found)"), .impossible)
            ]
        }
    }
}

extension Planner {
    /// The rules with the user's pins among them.
    func rules(pinned pins: PerRegion<Pin?>) -> RuleSet {
        pins.both.contains { $0 != nil } ? rules.adding(PinIsKept(pins: pins)) : rules
    }

    /// Errors: a pin where nothing can be.
    package func check(_ pins: PerRegion<Pin?>, _ request: Request) throws(InputError) {
        for region in Region.allCases { try pins[region]?.check(region, self, request) }
    }
}
