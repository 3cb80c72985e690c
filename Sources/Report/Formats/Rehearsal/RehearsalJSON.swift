import BerthTopology

/// A rehearsal for programs: every fact.
package struct RehearsalDocument: Encodable {
    private struct Row: Encodable {
        var kind: RehearsalRow.Kind
        var place: String
        var predicted: String?
        var observed: String?
        var agrees: Bool
    }

    private struct Release: Encodable {
        var product: String
        var predicted: String
        var ran: String?
        var agrees: Bool
    }

    private struct Accesses: Encodable {
        var reads: Int
        var writes: Int
        var lines: [String]
    }

    private struct Planned: Encodable {
        var same: Int
        var all: Int
    }

    private var guest: String
    private var agrees: Bool
    private var differences: Int
    private var strategies: [String: String]?
    private var releases: [Release]
    private var staged: [String]
    private var planned: Planned
    private var facts: [Row]
    private var accesses: Accesses?
    private var driverMessages: [String]?
    private var seconds: Double

    package init(_ report: RehearsalReport) {
        guest = report.guest.name
        agrees = report.agrees
        differences = report.rows.count { !$0.agrees }
        strategies = report.strategies.map {
            [Region.stolenMemory.rawValue: $0.stolenMemory, Region.opRegion.rawValue: $0.opRegion]
        }
        releases = report.releases.map {
            Release(product: $0.product, predicted: $0.predicted, ran: $0.ran, agrees: $0.agrees)
        }
        staged = report.staged.map(\.sentence)
        planned = Planned(same: report.planned.same, all: report.planned.all)
        facts = report.rows.map {
            Row(kind: $0.kind, place: $0.place, predicted: $0.predicted, observed: $0.observed, agrees: $0.agrees)
        }
        accesses = report.accesses.map { Accesses(reads: $0.reads, writes: $0.writes, lines: $0.lines) }
        driverMessages = report.driverMessages.isEmpty ? nil : report.driverMessages
        seconds = report.duration
    }
}
