import BerthDiagnostics
import BerthHost
package import BerthTopology

/// A change after which a problem is gone, and nothing is worse: judged, not guessed.
package struct Mend: Hashable, Sendable {
    /// The guest as it was, and with the change made.
    package let before: GuestTopology
    package let after: GuestTopology
    package let means: Means

    /// How it is made.
    package enum Means: Hashable, Sendable {
        /// Properties, places, the ROM: what can be written into a domain as it is.
        case settings
        /// The whole plan, with whatever it adds.
        case plan
        /// What a user has to do: another machine, another release, another ROM.
        case byHand(Fix)
    }

    /// Its settings made in a guest that has room for its IGD already, wherever that came to lie there; nil for what is no
    /// setting.
    package func emittable(in guest: GuestTopology) -> EmittablePlan? {
        guard means == .settings, let changed = after.igd else { return nil }
        var copy = guest
        copy.igd?.properties = changed.properties
        copy.igd?.rom = changed.rom
        copy.igd?.stolenMemory = changed.stolenMemory
        copy.firmwareFiles = after.firmwareFiles
        return EmittablePlan(carryingOut: copy)
    }

    /// Whether a function has to move for it.
    package var movesFunctions: Bool {
        before.igd?.slot != after.igd?.slot || before.devices.map(\.slot) != after.devices.map(\.slot)
    }
}

extension Verdict {
    /// Whether the user of a guest with this verdict is better off: the worst difference decides.
    func isBetter(than other: Verdict) -> Bool {
        for (mine, theirs) in zip(losses, other.losses) {
            if mine.level != theirs.level { return mine.level < theirs.level }
            if mine.symptom != theirs.symptom { return theirs.symptom < mine.symptom }
        }
        return losses.count < other.losses.count
    }

    func hasLoss(_ id: RuleID) -> Bool { losses.contains { $0.fact.rule == id } }
}
