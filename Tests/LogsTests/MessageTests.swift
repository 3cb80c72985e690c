import BerthDiagnostics
import BerthLogs
import BerthPCI
import Testing

/// A line made anew for a row of the table, and what stands in its places.
struct LogLine: Sendable, CustomTestStringConvertible {
    var id: RuleID
    var text: String
    var captures: [LogCapture]

    init(_ id: RuleID, _ text: String, _ captures: [LogCapture]) {
        self.id = id
        self.text = text
        self.captures = captures
    }

    var testDescription: String { id.rawValue }

    static let all = hostLines + qemuLines + guestLines + otherLines
}

/// The table of messages.
struct MessageTests {
    @Test(arguments: LogLine.all)
    func `a line is the message of its row, with what stands in its places`(line: LogLine) throws {
        let reading = try read(line.text)
        let found = try #require(reading.messages.first)
        #expect(found.message.id == line.id)
        #expect(found.first.captures == line.captures)
        #expect(reading.messages.count == 1 && reading.known == 1)
    }

    @Test func `every row has a line`() {
        #expect(LogLine.all.map(\.id) == LogMessages.all.map(\.id))
        #expect(Set(LogMessages.all.map(\.id)).count == LogMessages.all.count)
    }

    @Test func `every row says who prints it, what it means and where that was read`() {
        for message in LogMessages.all {
            #expect(!message.releases.isEmpty && !message.meaning.isEmpty && !message.source.isEmpty, "\(message.id)")
            #expect(message.meaning.last != "." && message.help?.last != ".", "\(message.id)")
            #expect(message.weight != .fine || message.symptom == nil, "\(message.id)")
            #expect(message.weight == .fine || message.symptom != nil || message.help == nil, "\(message.id)")
            #expect(Set(message.pattern.names).count == message.pattern.names.count, "\(message.id)")
        }
    }

    @Test(arguments: LogLine.all)
    func `whatever a logger puts in front and behind changes nothing`(line: LogLine) throws {
        let lines = [
            "Nov 27 08:00:01 host kernel: \(line.text)\r", "\u{1b}[1;31m\(line.text)\u{1b}[0m",
            "2026-11-27T08:00:01.000000Z \(line.text)",
        ]
        for text in lines {
            let found = try read(text).messages.first
            #expect(found?.message.id == line.id, "\(text)")
            #expect(found?.first.captures == line.captures, "\(text)")
        }
    }

    private func read(_ text: String) throws -> LogReading {
        var reader = LogReader(file: "log")
        reader.feed(Array("\(text)\n".utf8))
        return try reader.finish()
    }
}
