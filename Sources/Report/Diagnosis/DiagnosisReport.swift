package import BerthDiagnostics
package import BerthPlacement
package import BerthTopology

/// Everything that a format may say of what will happen to a guest as it is.
package struct DiagnosisReport: Hashable, Sendable {
    package let guest: ReportedGuest
    /// A guest that is a libvirt domain, which `berth apply` can change.
    package let isDomain: Bool
    package let answer: Answer
    /// What is lost, the worst first.
    package let problems: [Problem]
    /// What is worth knowing and no loss.
    package let notes: [Consequence]
    /// What QEMU prints about the IGD while it starts, word by word.
    package let messages: [String]
    /// Where the regions are, in the guest and on the host.
    package let places: [Place]
    /// Nil without logs.
    package let logs: LogReport?

    package enum Answer: Hashable, Sendable {
        /// Of a guest with the device: whether its user gets what it is for.
        case judged(Verdict.Level)
        /// Of a guest with a share of it, for which nothing is placed.
        case shared(SharedGraphics)
    }

    /// One loss.
    package struct Problem: Hashable, Sendable {
        package let consequence: Consequence
        /// Nil where no change that was tried helps.
        package let mend: Mend?
        /// Lines of logs that tell of the same.
        package let evidence: [Evidence]

        package var id: RuleID { consequence.fact.rule }
        package var symptom: Symptom { consequence.symptom }
    }

    /// One line of a log.
    package struct Evidence: Hashable, Sendable {
        package let message: RuleID
        package let file: String
        package let line: Int
    }

    /// The change after which a problem is gone.
    package enum Mend: Hashable, Sendable {
        /// `berth apply --fix ID` writes them into a domain.
        case settings([GuestSetting])
        /// The whole plan, which `berth apply` writes, with what it sets.
        case plan([GuestSetting])
        /// What is done by hand, and settings that it needs.
        case byHand(Fix, [GuestSetting])

        /// Whether it can be written into a domain.
        package var isWritable: Bool { if case .byHand = self { false } else { true } }
    }

    /// A region, by its addresses.
    package struct Place: Hashable, Sendable {
        package let region: Region
        /// Nil: no register of the guest's points at it.
        package let guest: Range?
        /// Nil where that is not known.
        package let host: Range?

        package struct Range: Hashable, Sendable {
            package let first: UInt64
            package let last: UInt64
        }
    }
}
