import BerthDiagnostics
import BerthPlacement

/// What becomes of a guest, in a sentence.
enum VerdictText {
    /// `works`, `degraded: no picture before the OS: …`, `fails: …, and 2 more`
    static func sentence(_ verdict: Verdict) -> String {
        guard let first = verdict.deciding else {
            return verdict.level.rawValue + (verdict.notes.first.map { "; note: \(words($0))" } ?? "")
        }
        let others = verdict.losses.count - 1
        return "\(verdict.level.rawValue): \(words(first))" + (others > 0 ? ", and \(others) more" : "")
    }

    /// `black screen: OVMF has no driver for the IGD [ovmf-without-driver]`
    static func words(_ consequence: Consequence) -> String {
        "\(consequence.symptom.rawValue): \(consequence.fact)"
    }
}
