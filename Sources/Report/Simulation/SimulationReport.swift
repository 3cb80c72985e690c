package import BerthBoot
package import BerthPlacement
package import BerthTopology

/// Everything that a format may say of a boot.
package struct SimulationReport: Hashable, Sendable {
    /// How much is worked out besides the boot itself.
    package enum Detail: Hashable, Sendable, CaseIterable {
        /// What a recording has.
        case boot
        /// How full the address space is, and what would help a guest that stops: both are found by booting again.
        case budget
    }

    package let guest: ReportedGuest
    package let topology: GuestTopology
    package let outcome: BootOutcome
    /// What becomes of the guest without each region; nil without an IGD.
    package let needs: PerRegion<RegionNeed>?
    /// Nil where it was not asked for, or the firmware stops.
    package let budget: Budget?
    /// Nil where it was not asked for, or the firmware does not stop.
    package let halt: HaltExplanation?

    package init(_ outcome: BootOutcome, of topology: GuestTopology, detail: Detail) {
        guest = ReportedGuest(topology)
        self.topology = topology
        self.outcome = outcome
        needs =
            topology.igd == nil
            ? nil : PerRegion { RegionNeed.of($0, outcome.consumers, topology.use) }
        let isHalted = outcome.firmware.halted != nil
        budget = detail == .budget && !isHalted ? Budget(topology, outcome.tree, outcome.final) : nil
        halt = detail == .budget && isHalted ? HaltExplanation(topology) : nil
    }
}

extension Observation {
    /// For programs, in the shape of the recordings.
    package init(_ report: SimulationReport) { self.init(report.outcome, topology: report.topology) }
}
