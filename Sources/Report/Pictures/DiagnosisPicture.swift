package import BerthBoot
package import BerthTopology

/// A diagnosis as pictures: the guest as it is.
package struct DiagnosisPicture: Hashable, Sendable {
    package let report: DiagnosisReport
    /// Nil for a guest that does not boot, or that has only a share of the device.
    package let guest: GuestPicture?

    package init(_ report: DiagnosisReport, of topology: GuestTopology, _ outcome: BootOutcome?) {
        self.report = report
        guest = outcome.flatMap { GuestPicture(topology, $0) }
    }
}
