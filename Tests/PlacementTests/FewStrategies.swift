import BerthPlacement
import TestSupport

/// A planner with a few strategies of the catalogue, drawn: small universes in which everything can be judged, with the real
/// rules on real guests.
enum FewStrategies {
    static func planner(seed: UInt64, count: ClosedRange<Int> = 2...5) -> Planner {
        var dice = Seeded(seed &* 0x51_7cc1)
        _ = dice.next()
        let number = Int.random(in: count, using: &dice)
        let chosen = Strategies.all.map(\.id).shuffled(using: &dice).prefix(number)
        // In the order of the catalogue, which is part of the order of plans.
        return Planner(strategies: Strategies.all.filter { chosen.contains($0.id) })
    }
}
