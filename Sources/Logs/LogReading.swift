package import BerthDiagnostics

/// What a log says, as far as the table knows.
package struct LogReading: Hashable, Sendable {
    package let file: String
    package internal(set) var lines = 0
    /// Lines of which a message is known.
    package internal(set) var known = 0
    /// Lines that were longer than is read.
    package internal(set) var cut = 0
    /// In the order of their first lines.
    package internal(set) var messages: [Found] = []
    /// Who printed lines that give that away, known message or not.
    package internal(set) var printers: Set<LogPrinter> = []

    /// One message, however often it was printed.
    package struct Found: Hashable, Sendable {
        package let message: LogMessage
        /// Of a kernel's message: whose that is, where the log says so.
        package let machine: LogMachine?
        package let first: Occurrence
        package internal(set) var count = 1
        /// Other numbers that it was printed with, the first of them; the same ones count as one.
        package internal(set) var others: [Occurrence] = []

        /// How many different ones are kept of a message.
        package static let mostOthers = 4
    }

    /// One line.
    package struct Occurrence: Hashable, Sendable {
        package let line: Int
        package let captures: [LogCapture]
    }

    package func found(_ id: RuleID) -> Found? { messages.first { $0.message.id == id } }
}

/// Whose kernel it is that prints.
package enum LogMachine: String, Hashable, Sendable { case host, guest }

/// Reads a log of any size, of any of those who print, in bounded memory.
package struct LogReader: Sendable {
    private var reading: LogReading
    private var lines = LogLines()
    private var machine: LogMachine?
    private var places: [Key: Int] = [:]
    private var head: [UInt8] = []

    private struct Key: Hashable {
        var id: RuleID
        var machine: LogMachine?
    }

    /// What is looked at to say what a text is that is no log.
    private static let headLength = 2048

    package init(file: String) { reading = LogReading(file: file) }

    package mutating func feed(_ bytes: [UInt8]) { bytes.withUnsafeBytes { feed($0) } }

    package mutating func feed(_ bytes: UnsafeRawBufferPointer) {
        if head.count < Self.headLength { head += bytes.prefix(Self.headLength - head.count) }
        var lines = lines
        lines.feed(bytes) { take($0) }
        self.lines = lines
    }

    /// Errors: what is no log: nothing, bytes that are no text, a document of another kind.
    package mutating func finish() throws(InputError) -> LogReading {
        var lines = lines
        lines.finish { take($0) }
        reading.cut = lines.cut
        if let other = LogRecognition.otherThanLog(head, zeros: lines.zeros, reading) {
            throw InputError(other, rule: "log", at: SourceLocation(file: reading.file))
        }
        return reading
    }

    private mutating func take(_ line: [UInt8]) {
        reading.lines += 1
        let found = LogIndex.all.find(line)
        if let change = found.machine { machine = change }
        guard let message = found.message else { return }
        let captures = found.captures
        reading.known += 1
        reading.printers.insert(message.printer)
        let machine: LogMachine? =
            switch message.printer {
            case .kernel: self.machine
            case .hostKernel: .host
            case .guestKernel: .guest
            default: nil
            }
        let occurrence = LogReading.Occurrence(line: reading.lines, captures: captures)
        let key = Key(id: message.id, machine: machine)
        guard let place = places[key] else {
            places[key] = reading.messages.count
            reading.messages.append(LogReading.Found(message: message, machine: machine, first: occurrence))
            return
        }
        reading.messages[place].count += 1
        let known = reading.messages[place]
        guard known.others.count < LogReading.Found.mostOthers, known.first.captures != captures,
            !known.others.contains(where: { $0.captures == captures })
        else { return }
        reading.messages[place].others.append(occurrence)
    }
}
