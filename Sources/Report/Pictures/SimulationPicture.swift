/// A boot as pictures.
package struct SimulationPicture: Hashable, Sendable {
    package let report: SimulationReport
    /// Nil where the firmware stops.
    package let guest: GuestPicture?

    package init(_ report: SimulationReport) {
        self.report = report
        guest = GuestPicture(report.topology, report.outcome)
    }
}
