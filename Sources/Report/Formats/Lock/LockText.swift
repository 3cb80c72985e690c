import BerthDiagnostics
import BerthPlacement
import BerthTopology

/// Why a lock cannot be kept, for people.
package enum LockText {
    package static func render(_ report: LockReport) -> String {
        var layout = TextLayout()
        layout.line("\(report.file) cannot be kept. What the guest would see:")
        for row in report.changes {
            layout.line(words(row.change), indent: 2)
            if let consequence = row.consequence { layout.line(consequence, indent: 6) }
        }
        layout.line("Change the guest back, or remove the file and plan again.")
        return layout.text
    }

    private static func words(_ change: LockChange) -> String {
        switch change {
        case .version(let what, let from, let to): "\(what) \(to) instead of \(from)"
        case .berth(let region, let from, let to):
            "\(region.name): \(to ?? "no berth that the lock allows"); was \(from)"
        case .function(let id, let model, _, let from?, let to?): "\(id) (\(model)) moves from \(from) to \(to)"
        case .function(let id, let model, _, let from?, nil): "\(id) (\(model)) is gone; it was at \(from)"
        case .function(let id, let model, _, nil, let to): "\(id) (\(model)) is new, at \(to ?? "no address")"
        }
    }
}
