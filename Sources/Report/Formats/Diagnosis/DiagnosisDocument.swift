import BerthDiagnostics
import BerthPlacement
import BerthTopology

/// A diagnosis for programs. Addresses as numbers.
package struct DiagnosisDocument: Codable, Hashable, Sendable {
    package var name: String
    package var purpose: String
    /// `works`, `degraded`, `fails`; `shared` for a guest with a share of the device.
    package var verdict: String
    /// The verdict in a sentence.
    package var sentence: String
    /// Worst first.
    package var problems: [ProblemEntry]
    package var notes: [String]
    /// What QEMU prints about the IGD while it starts.
    package var messages: [String]
    package var regions: [PlaceEntry]
    /// Of each log, how much of it is known.
    package var logs: [LogFileEntry]
    /// What is wrong first.
    package var log: [LogEntry]

    package struct ProblemEntry: Codable, Hashable, Sendable {
        package var id: String
        package var level: String
        package var symptom: String
        package var seen: String
        package var statement: String
        package var source: String
        package var mend: MendEntry?
        package var remedy: String?
        /// `FILE:LINE` of lines that tell of the same.
        package var evidence: [String]
    }

    package struct MendEntry: Codable, Hashable, Sendable {
        /// `settings`, `plan`, `by-hand`.
        package var kind: String
        package var changes: [String]
        /// Makes the change in a domain.
        package var command: String?
    }

    package struct PlaceEntry: Codable, Hashable, Sendable {
        package var region: String
        package var guestFirst: UInt64?
        package var guestLast: UInt64?
        package var hostFirst: UInt64?
        package var hostLast: UInt64?
    }

    package init(_ report: DiagnosisReport) {
        name = report.guest.name
        purpose = report.guest.purpose.rawValue
        verdict =
            switch report.answer {
            case .judged(let level): level.rawValue
            case .shared: "shared"
            }
        sentence = DiagnosisTerms.verdict(report)
        problems = report.problems.map { ProblemEntry($0, report) }
        notes = report.notes.map(VerdictText.words)
        messages = report.messages
        logs = report.logs.map { $0.files.map(LogFileEntry.init) } ?? []
        log = report.logs.map { $0.entries.map(LogEntry.init) } ?? []
        regions = report.places.map { place in
            PlaceEntry(
                region: place.region.rawValue, guestFirst: place.guest?.first, guestLast: place.guest?.last,
                hostFirst: place.host?.first, hostLast: place.host?.last)
        }
    }
}

extension DiagnosisDocument.ProblemEntry {
    init(_ problem: DiagnosisReport.Problem, _ report: DiagnosisReport) {
        let consequence = problem.consequence
        id = problem.id.rawValue
        level = consequence.level.rawValue
        symptom = problem.symptom.rawValue
        seen = problem.symptom.seen
        statement = consequence.fact.statement.description
        source = consequence.source
        evidence = problem.evidence.map { "\($0.file):\($0.line)" }
        remedy = consequence.fact.remedy?.description
        mend = problem.mend.map { mend in
            let kind =
                switch mend {
                case .settings: "settings"
                case .plan: "plan"
                case .byHand: "by-hand"
                }
            return .init(
                kind: kind, changes: DiagnosisTerms.changes(mend, report.guest),
                command: DiagnosisTerms.command(problem, report))
        }
    }
}
