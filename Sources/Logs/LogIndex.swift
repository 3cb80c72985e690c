/// Finds the patterns that a line may be of without trying all: by four bytes of each one's longest words.
struct LogIndex: Sendable {
    private let messages: [LogMessage]
    private let marks: [(pattern: LogPattern, machine: LogMachine?)]
    /// Messages, then marks, by their four bytes.
    private let rows: [UInt32: [Int]]
    /// Whether any has four bytes that come to this: most lines end here.
    private let isKnown: [Bool]

    static let all = LogIndex(LogMessages.all, LogRecognition.marks)

    /// What a line says.
    struct Found {
        var message: LogMessage?
        var captures: [LogCapture] = []
        /// Of a line that says whose kernel it is; the inner one is nil where a new boot begins.
        var machine: LogMachine??
    }

    init(_ messages: [LogMessage], _ marks: [(pattern: LogPattern, machine: LogMachine?)]) {
        self.messages = messages
        self.marks = marks
        var rows: [UInt32: [Int]] = [:]
        var isKnown = [Bool](repeating: false, count: 1 << 16)
        // The four bytes that the fewest patterns share.
        let all = (messages.map(\.pattern) + marks.map(\.pattern)).map { Self.grams($0.longestLiteral) }
        var counts: [UInt32: Int] = [:]
        for grams in all { for gram in Set(grams) { counts[gram, default: 0] += 1 } }
        for (index, grams) in all.enumerated() {
            guard let key = grams.min(by: { (counts[$0] ?? 0, $0) < (counts[$1] ?? 0, $1) }) else { continue }
            rows[key, default: []].append(index)
            isKnown[Self.slot(key)] = true
        }
        self.rows = rows
        self.isKnown = isKnown
    }

    /// The first message, in the order of the table, that the line is, and whose kernel it says it is.
    func find(_ line: [UInt8]) -> Found {
        var found = Found()
        for index in candidates(line) {
            if index >= messages.count {
                let mark = marks[index - messages.count]
                if found.machine == nil, mark.pattern.match(line) != nil { found.machine = .some(mark.machine) }
            } else if found.message == nil, let captures = messages[index].pattern.match(line) {
                found.message = messages[index]
                found.captures = captures
            }
        }
        return found
    }

    private func candidates(_ line: [UInt8]) -> [Int] {
        guard line.count >= 4 else { return [] }
        var candidates: Set<Int> = []
        line.withUnsafeBufferPointer { line in
            isKnown.withUnsafeBufferPointer { isKnown in
                var window: UInt32 = 0
                for place in 0..<line.count {
                    window = window << 8 | UInt32(line[place])
                    if place >= 3, isKnown[Self.slot(window)], let found = rows[window] { candidates.formUnion(found) }
                }
            }
        }
        return candidates.isEmpty ? [] : candidates.sorted()
    }

    private static func grams(_ bytes: [UInt8]) -> [UInt32] {
        guard bytes.count >= 4 else { return [] }
        return (3..<bytes.count).map { end in bytes[(end - 3)...end].reduce(0) { $0 << 8 | UInt32($1) } }
    }

    private static func slot(_ gram: UInt32) -> Int { Int((gram &* 0x9e37_79b1) >> 16) }
}
