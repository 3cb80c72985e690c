package import BerthPlacement
import BerthTopology

/// Why a lock cannot be kept: what the guest would see.
package struct LockReport: Hashable, Sendable {
    /// As the user named it.
    package let file: String
    /// In the order of `PlanLock.changes`.
    package let changes: [Change]

    package struct Change: Hashable, Sendable {
        package let change: LockChange
        /// What the guest's OS makes of it; nil where it is nothing to the OS.
        package let consequence: String?
    }

    package var isKept: Bool { !changes.contains(where: \.change.isGuestVisible) }

    package init(_ lock: PlanLock, _ changes: [LockChange], file: String) {
        self.file = file
        self.changes = changes.map { change in
            guard case .function(_, _, let code, let from?, let to?) = change else {
                return Change(change: change, consequence: nil)
            }
            return Change(change: change, consequence: GuestNames.consequence(lock, code: code, from: from, to: to))
        }
    }
}
