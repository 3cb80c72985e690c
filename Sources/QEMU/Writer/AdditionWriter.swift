package import BerthTopology

extension ArgumentWriter {
    /// The options of some devices of a plan, for a command line that has the others; `isAdded` tells which, by their ids.
    ///
    /// Errors: a BAR that no QEMU can make.
    package static func additions(
        to plan: EmittablePlan, where isAdded: (String) -> Bool
    ) throws(EmissionRefusal) -> [QEMUOption] {
        _ = try plan.topology.emittableTree()
        var options: [QEMUOption] = []
        for (index, added) in plan.topology.devices.enumerated() where isAdded(added.id) {
            options += device(added, number: index + 1)
        }
        return options
    }
}
