package import BerthDiagnostics
package import BerthStack
package import BerthTopology

/// What guests on a host can do for each purpose, by QEMU's release.
package struct HostOutlook: Hashable, Sendable {
    /// The best of the guests that were planned.
    package struct Cell: Hashable, Sendable {
        package var purpose: Purpose
        package var qemu: QEMURelease
        /// Nil where none has a plan that released software can carry out.
        package var level: Verdict.Level?
        /// `q35 with OVMF`
        package var guest: String
        /// What is lost, or why there is nothing; nil where nothing is.
        package var loss: Statement?

        /// The releases that do the same: `2.7 to 9.1`.
        package var behaviour: String {
            QEMURelease.oneOfEachEra.contains(qemu) ? qemu.igdEra?.rawValue ?? "\(qemu)" : "\(qemu)"
        }

        package init(
            purpose: Purpose, qemu: QEMURelease, level: Verdict.Level?, guest: String, loss: Statement? = nil
        ) {
            self.purpose = purpose
            self.qemu = qemu
            self.level = level
            self.guest = guest
            self.loss = loss
        }
    }

    /// By purpose, then by release.
    package var cells: [Cell]

    package init(_ cells: [Cell]) { self.cells = cells }
}
