import BerthDiagnostics
public import BerthPCI
public import BerthPlacement
public import BerthTopology

/// What a plan has to keep to.
public struct PlanConstraints: Hashable, Sendable {
    /// A place for a region.
    public enum Place: Hashable, Sendable {
        /// The region starts here.
        case address(GuestPhysicalAddress)
        /// The region lies behind a BAR of this function: `00:1f.0` on the root bus, `BUS:00.0` on the bus of a bridge, by
        /// its id.
        case function(String)
    }

    /// The only strategy that may serve a region; of a region that is not here, any.
    public var strategies: [Region: StrategyID]
    /// Where a region has to be.
    public var places: [Region: Place]

    /// Without arguments, no constraint at all.
    public init(strategies: [Region: StrategyID] = [:], places: [Region: Place] = [:]) {
        self.strategies = strategies
        self.places = places
    }

    /// `rootBus` is asked for where a place is a function. Errors: a function that is written otherwise; those of `rootBus`.
    func restriction(
        rootBus: () throws(InputError) -> BusName
    ) throws(InputError) -> BerthPlacement.Planner.Restriction {
        var restriction = BerthPlacement.Planner.Restriction()
        for region in Region.allCases {
            restriction.strategies[region] = strategies[region]
            switch places[region] {
            case nil: break
            case .address(let address): restriction.pins[region] = .address(address)
            case .function(let text):
                guard case .function(let slot)? = Pin(text, rootBus: try rootBus()) else {
                    throw InputError(
                        "'\(text)' is no function; expected one such as 00:1f.0", rule: "pin", kind: .usage)
                }
                restriction.pins[region] = .function(slot)
            }
        }
        return restriction
    }
}
