import BerthPCI

/// Finds patterns in a line.
extension LogPattern {
    /// What stands in its places; nil where the line does not say this. Empty for a pattern without places.
    package func match(_ line: String) -> [LogCapture]? { match(Array(line.utf8)) }

    func match(_ line: [UInt8]) -> [LogCapture]? {
        guard case .literal(let head)? = elements.first else { return nil }
        var start = 0
        while let found = Self.find(head, in: line, from: start) {
            if let captures = captures(in: line, from: found + head.count) { return captures }
            start = found + 1
        }
        return nil
    }

    private func captures(in line: [UInt8], from first: Int) -> [LogCapture]? {
        var place = first
        var captures: [LogCapture] = []
        for index in elements.indices.dropFirst() {
            switch elements[index] {
            case .literal(let words):
                // Behind a gap they were looked for already.
                guard Self.isThere(words, in: line, at: place) else { return nil }
                place += words.count
            case .gap:
                guard let end = end(after: index, in: line, from: place) else { return nil }
                place = end
            case .capture(let capture):
                guard let (value, end) = read(capture.kind, index, in: line, from: place) else { return nil }
                captures.append(LogCapture(capture.name, value))
                place = end
            }
        }
        return captures
    }

    /// Where the words behind an element begin; the end of the line for the last one.
    private func end(after index: Int, in line: [UInt8], from place: Int) -> Int? {
        guard elements.indices.contains(index + 1) else { return line.count }
        guard case .literal(let words) = elements[index + 1] else { return nil }
        return Self.find(words, in: line, from: place)
    }

    private func read(_ kind: Kind, _ index: Int, in line: [UInt8], from place: Int) -> (LogValue, end: Int)? {
        switch kind {
        case .address(let space):
            guard let (value, end) = Self.hexadecimal(line, from: place) else { return nil }
            return (.address(value, space), end)
        case .number, .width:
            guard let (value, end) = Self.decimal(line, from: place) else { return nil }
            return (kind == .width ? .width(value) : .number(value), end)
        case .size:
            if Self.isThere([0x30, 0x78], in: line, at: place) {
                guard let (value, end) = Self.hexadecimal(line, from: place) else { return nil }
                return (.size(value), end)
            }
            guard let (value, end) = Self.decimal(line, from: place), value >= 0 else { return nil }
            return (.size(UInt64(value)), end)
        case .function:
            var end = Self.run(line, from: place) { Self.digit($0) != nil || $0 == 0x3a || $0 == 0x2e }
            // What ends a sentence, or a name in front of one.
            while end > place, line[end - 1] == 0x3a || line[end - 1] == 0x2e { end -= 1 }
            guard let address = PCIAddress(String(decoding: line[place..<end], as: UTF8.self)) else { return nil }
            return (.function(address), end)
        case .word, .text:
            guard var end = end(after: index, in: line, from: place) else { return nil }
            let space = Self.run(line, from: place) { $0 != 0x20 && $0 != 0x09 }
            if kind == .word, space < end {
                // What follows in the pattern has to follow the word.
                guard elements.indices.contains(index + 1) == false else { return nil }
                end = space
            }
            guard end > place else { return nil }
            let shown = min(end, place + Self.longestText)
            return (.text(String(decoding: line[place..<shown], as: UTF8.self)), end)
        }
    }

    /// Of a text that is kept; the rest is left out.
    private static let longestText = 200

    // MARK: Bytes

    private static func find(_ words: [UInt8], in line: [UInt8], from start: Int) -> Int? {
        guard let first = words.first, start <= line.count - words.count else { return nil }
        return line.withUnsafeBufferPointer { line in
            for place in start...(line.count - words.count) where line[place] == first {
                var index = 1
                while index < words.count, line[place + index] == words[index] { index += 1 }
                if index == words.count { return place }
            }
            return nil
        }
    }

    private static func isThere(_ words: [UInt8], in line: [UInt8], at place: Int) -> Bool {
        guard place + words.count <= line.count else { return false }
        return words.indices.allSatisfy { line[place + $0] == words[$0] }
    }

    private static func run(_ line: [UInt8], from place: Int, while isPart: (UInt8) -> Bool) -> Int {
        var end = place
        while end < line.count, isPart(line[end]) { end += 1 }
        return end
    }

    private static func digit(_ byte: UInt8) -> UInt64? {
        switch byte {
        case 0x30...0x39: UInt64(byte - 0x30)
        case 0x41...0x46: UInt64(byte - 0x41 + 10)
        case 0x61...0x66: UInt64(byte - 0x61 + 10)
        default: nil
        }
    }

    /// At most 16 digits; more are no address.
    private static func hexadecimal(_ line: [UInt8], from place: Int) -> (UInt64, end: Int)? {
        let hasPrefix = isThere([0x30, 0x78], in: line, at: place) || isThere([0x30, 0x58], in: line, at: place)
        let first = hasPrefix ? place + 2 : place
        let end = run(line, from: first) { digit($0) != nil }
        guard end > first, end - first <= 16 else { return nil }
        return (line[first..<end].reduce(0) { $0 << 4 | (digit($1) ?? 0) }, end)
    }

    /// At most 18 digits.
    private static func decimal(_ line: [UInt8], from place: Int) -> (Int, end: Int)? {
        let isNegative = place < line.count && line[place] == 0x2d
        let first = isNegative ? place + 1 : place
        let end = run(line, from: first) { (0x30...0x39).contains($0) }
        guard end > first, end - first <= 18 else { return nil }
        let value = line[first..<end].reduce(0) { $0 * 10 + Int($1 - 0x30) }
        return (isNegative ? -value : value, end)
    }
}
