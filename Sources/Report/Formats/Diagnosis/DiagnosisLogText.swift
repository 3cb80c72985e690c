import BerthDiagnostics
import BerthLogs

/// The part of a diagnosis that is about logs.
enum DiagnosisLogText {
    private static let column = 10

    static func render(_ logs: LogReport, _ layout: inout TextLayout) {
        layout.blank()
        layout.line("Logs")
        for file in logs.files { layout.line(LogTerms.file(file), indent: 2) }
        for entry in logs.entries where entry.message.weight != .fine { self.entry(entry, &layout) }
        let fine = logs.entries.filter { $0.message.weight == .fine }
        guard !fine.isEmpty else { return }
        layout.blank()
        layout.line("Also in the logs")
        for entry in fine { layout.line("\(LogTerms.place(entry)): \(short(entry))", indent: 2) }
    }

    private static func entry(_ entry: LogReport.Entry, _ layout: inout TextLayout) {
        let message = entry.message
        layout.blank()
        layout.line("\(LogTerms.place(entry)): \(message.meaning) [\(message.id)]")
        if let symptom = message.symptom { layout.field("you see", symptom.seen, indent: 3, column: column) }
        for value in entry.first.values {
            layout.field(value.name, LogTerms.value(value), indent: 3, column: column)
        }
        for line in entry.others {
            let values = line.values.filter { value in !entry.first.values.contains(value) }
            let told = values.map { "\($0.name) \(LogTerms.value($0))" }.joined(separator: ", ")
            layout.field("line \(line.number)", told, indent: 3, column: column)
        }
        layout.field("says", "\(LogTerms.printer(entry)): \(message.releases)", indent: 3, column: column)
        layout.field("source", message.source, indent: 3, column: column)
        if let help = message.help { layout.field("help", help, indent: 3, column: column) }
    }

    private static func short(_ entry: LogReport.Entry) -> String {
        let values = entry.first.values.map { "\($0.name) \(LogTerms.value($0))" }
        return entry.message.meaning + (values.isEmpty ? "" : " (\(values.joined(separator: ", ")))")
            + " [\(entry.message.id)]"
    }
}
