import BerthDiagnostics
import BerthPlacement
import BerthTopology

/// Phrases that the formats of a diagnosis share.
enum DiagnosisTerms {
    /// The verdict in one line.
    static func verdict(_ report: DiagnosisReport) -> String {
        let purpose = report.guest.purpose.rawValue
        switch report.answer {
        case .shared(let shared): return shared.statement
        case .judged(.works): return "It works for \(purpose): nothing that is known of is lost"
        case .judged(.degraded): return "It works for \(purpose), with a loss: \(worst(report))"
        case .judged(.fails): return "It fails for \(purpose): \(worst(report))"
        }
    }

    private static func worst(_ report: DiagnosisReport) -> String { report.problems.first?.symptom.seen ?? "" }

    /// What mends a problem, in words.
    static func mend(_ mend: DiagnosisReport.Mend, _ guest: ReportedGuest) -> String {
        let changes = changes(mend, guest)
        return changes.isEmpty ? "take back what QEMU refuses" : changes.joined(separator: "; ")
    }

    /// One sentence a change.
    static func changes(_ mend: DiagnosisReport.Mend, _ guest: ReportedGuest) -> [String] {
        switch mend {
        case .settings(let settings), .plan(let settings): sentences(settings, guest)
        case .byHand(let fix, let settings): FixText.list(fix) + sentences(settings, guest)
        }
    }

    private static func sentences(_ settings: [GuestSetting], _ guest: ReportedGuest) -> [String] {
        settings.flatMap { setting in
            if case .rom(let rom) = setting { return [FixText.rom(rom)] }
            return SettingText.sentences([setting], rootBus: guest.machine.type.rootBus)
        }
    }

    /// The command that makes the change in a domain; nil for what has to be done by hand.
    static func command(_ problem: DiagnosisReport.Problem, _ report: DiagnosisReport) -> String? {
        guard report.isDomain, let mend = problem.mend, mend.isWritable else { return nil }
        return "berth apply --fix \(problem.id)"
    }

    /// `0xbe700000-0xbe7fffff`
    static func range(_ range: DiagnosisReport.Place.Range) -> String {
        "\(Hexadecimal.string(range.first))-\(Hexadecimal.string(range.last))"
    }

    static func place(_ place: DiagnosisReport.Place) -> String {
        let inGuest = place.guest.map(range) ?? "no register of the guest points at any"
        return inGuest + (place.host.map { "; the host's at \(range($0))" } ?? "")
    }
}
