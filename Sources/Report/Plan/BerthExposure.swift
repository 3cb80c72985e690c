package import BerthBoot
import BerthPlacement
import BerthTopology

/// Whether the region of a berth is there whenever somebody uses it.
package struct BerthExposure: Codable, Hashable, Sendable {
    /// `never`, `only before the driver loads`, `transient while in use`, `broken`.
    package var level: String
    /// How many times somebody misses it.
    package var count: Int
    /// Everything that proves it, in order.
    package var events: [Observation.ExposureEvent]

    /// Memory that the firmware reserves is always there.
    init?(_ berth: RegionBerth, _ exposure: Exposure?, _ evaluation: Evaluation) {
        guard let exposure else {
            guard berth.backing == .reservedRAM else { return nil }
            (level, count, events) = (Exposure.Level.never.name, 0, [])
            return
        }
        level = exposure.level.name
        count = exposure.gaps.filter { !$0.users.isEmpty }.count
        let tree = evaluation.tree
        events = exposure.gaps.map { gap in
            // A candidate that was not simulated itself has the events of its equal, at its own slot.
            let place = gap.function == exposure.carrier ? berth.slot.map { "00:\($0.slotText)" } : nil
            return Observation.ExposureEvent(gap, place: place ?? tree.place(of: tree.functions[gap.function]))
        }
    }
}
