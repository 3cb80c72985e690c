import BerthDiagnostics
import BerthLogs

extension DiagnosisDocument {
    package struct LogFileEntry: Codable, Hashable, Sendable {
        package var file: String
        package var lines: Int
        package var known: Int
        package var cut: Int
    }

    /// One message, however often it was printed.
    package struct LogEntry: Codable, Hashable, Sendable {
        package var id: String
        package var file: String
        package var line: Int
        package var count: Int
        package var printer: String
        /// `trouble`, `doubtful`, `fine`.
        package var weight: String
        package var meaning: String
        package var seen: String?
        package var help: String?
        package var source: String
        package var values: [ValueEntry]
    }

    package struct ValueEntry: Codable, Hashable, Sendable {
        package var name: String
        /// As text.
        package var value: String
        /// Of an address.
        package var address: UInt64?
        /// What that is of this guest.
        package var places: [String]
    }
}

extension DiagnosisDocument.LogFileEntry {
    init(_ report: LogReport.File) {
        file = report.name
        lines = report.lines
        known = report.known
        cut = report.cut
    }
}

extension DiagnosisDocument.LogEntry {
    init(_ entry: LogReport.Entry) {
        let message = entry.message
        id = message.id.rawValue
        file = entry.file
        line = entry.first.number
        count = entry.count
        printer = LogTerms.printer(entry)
        weight =
            switch message.weight {
            case .trouble: "trouble"
            case .doubtful: "doubtful"
            case .fine: "fine"
            }
        meaning = message.meaning
        seen = message.symptom?.seen
        help = message.help
        source = message.source
        values = entry.first.values.map(DiagnosisDocument.ValueEntry.init)
    }
}

extension DiagnosisDocument.ValueEntry {
    init(_ value: LogReport.Value) {
        name = value.name
        self.value = value.value.description
        if case .address(let number, _) = value.value { address = number }
        places = value.places.map(LogTerms.words)
    }
}
