import BerthDiagnostics
import BerthPlacement
import BerthTopology

/// Why a lock cannot be kept, for programs.
package struct LockDocument: Codable, Hashable, Sendable {
    package var lock: String
    package var kept: Bool
    package var changes: [Change]

    package struct Change: Codable, Hashable, Sendable {
        /// `version`, `berth`, `function`.
        package var kind: String
        package var what: String
        package var from: String?
        package var to: String?
        /// What the guest's OS makes of it.
        package var consequence: String?
    }

    package init(_ report: LockReport) {
        lock = report.file
        kept = report.isKept
        changes = report.changes.map { row in
            switch row.change {
            case .version(let what, let from, let to): Change(kind: "version", what: what, from: from, to: to)
            case .berth(let region, let from, let to):
                Change(kind: "berth", what: region.name, from: from.description, to: to?.description)
            case .function(let id, let model, _, let from, let to):
                Change(kind: "function", what: "\(id) (\(model))", from: from, to: to, consequence: row.consequence)
            }
        }
    }
}
