/// A sentence as data: words with typed values between them, put into text only when somebody prints it.
///
/// Built by string interpolation; the floors above add what they can interpolate, so that `"the IGD is at \(slot)"` keeps a
/// slot and not its text. What renames or compares statements looks at the values and never at the text. Lower case, no
/// full stop.
package struct Statement: Hashable, Sendable, CustomStringConvertible {
    /// No two words in a row, and none empty: equal statements have equal parts.
    package private(set) var parts: [Part]

    package init() { parts = [] }

    package var isEmpty: Bool { parts.isEmpty }

    mutating func reserve(_ count: Int) { parts.reserveCapacity(count) }

    /// The text.
    package var description: String {
        if parts.count == 1, case .words(let words) = parts[0] { return words }
        var text = ""
        for part in parts { part.write(to: &text) }
        return text
    }

    package mutating func append(_ part: Part) {
        guard case .words(let words) = part else { return parts.append(part) }
        guard !words.isEmpty else { return }
        if case .words(let before)? = parts.last {
            parts[parts.count - 1] = .words(before + words)
        } else {
            parts.append(part)
        }
    }

    package mutating func append(_ other: Statement) {
        guard !parts.isEmpty else { return parts = other.parts }
        for part in other.parts { append(part) }
    }

    package static func + (a: Statement, b: Statement) -> Statement {
        var sum = a
        sum.append(b)
        return sum
    }

    /// Whether it speaks of this slot.
    package func mentions(_ slot: SlotName) -> Bool {
        parts.contains { if case .slot(slot, _) = $0 { true } else { false } }
    }

    /// The same said of another slot.
    package func saying(_ slot: SlotName, insteadOf old: SlotName) -> Statement {
        var copy = self
        for index in copy.parts.indices {
            if case .slot(old, let form) = copy.parts[index] { copy.parts[index] = .slot(slot, form) }
        }
        return copy
    }
}

extension Sequence<Statement> {
    package func joined(separator: Statement) -> Statement {
        var sum = Statement()
        for (index, statement) in enumerated() {
            if index > 0 { sum.append(separator) }
            sum.append(statement)
        }
        return sum
    }
}
