import TestSupport

/// Inputs made of seeds: the number of an input says how, whatever was drawn before.
package struct Mutator: Sendable {
    private let seeds: [[UInt8]]
    private let words: [[UInt8]]
    private let limit: Int
    private let salt: UInt64

    /// Errors: seeds that cannot be read.
    package init(_ target: FuzzTarget) throws {
        seeds = try target.seeds()
        words = target.words.map { Array($0.utf8) }
        limit = target.limit
        salt = target.name.utf8.reduce(17) { $0 &* 31 &+ UInt64($1) }
    }

    package var seedCount: Int { seeds.count }

    /// The first inputs are the seeds themselves.
    package func input(_ number: Int) -> [UInt8] {
        guard number >= seeds.count else { return seeds[number] }
        var draw = Drawing(salt &* 0x1_0000_0000 &+ UInt64(number))
        var bytes = draw.element(of: seeds) ?? []
        for _ in 0..<draw.rounds { bytes = mutated(bytes, &draw) }
        return Array(bytes.prefix(limit))
    }

    /// Changed once or a few times, as `seed` says.
    package func changed(_ bytes: [UInt8], seed: UInt64) -> [UInt8] {
        var draw = Drawing(salt ^ seed)
        var changed = bytes
        for _ in 0..<draw.rounds { changed = mutated(changed, &draw) }
        return Array(changed.prefix(limit))
    }

    private func mutated(_ bytes: [UInt8], _ draw: inout Drawing) -> [UInt8] {
        switch draw.number(below: 16) {
        case 0: return flipped(bytes, &draw)
        case 1: return truncated(bytes, &draw)
        case 2: return spliced(bytes, &draw)
        case 3, 4: return lines(of: bytes, &draw)
        case 5, 6: return doubledElement(bytes, &draw)
        case 7...10: return withNumber(bytes, &draw)
        default: return withToken(bytes, &draw)
        }
    }

    /// A byte is changed, put in, or taken out.
    private func flipped(_ bytes: [UInt8], _ draw: inout Drawing) -> [UInt8] {
        guard !bytes.isEmpty else { return [draw.byte] }
        var copy = bytes
        let place = draw.number(below: copy.count)
        switch draw.number(below: 4) {
        case 0: copy[place] ^= 1 << UInt8(draw.number(below: 8))
        case 1: copy[place] = draw.byte
        case 2: copy.insert(draw.byte, at: place)
        default: copy.remove(at: place)
        }
        return copy
    }

    private func truncated(_ bytes: [UInt8], _ draw: inout Drawing) -> [UInt8] {
        let cut = draw.number(below: bytes.count + 1)
        return draw.number(below: 3) == 0 ? Array(bytes[cut...]) : Array(bytes[..<cut])
    }

    /// The head of one seed with the tail of another, cut at ends of lines where there are any.
    private func spliced(_ bytes: [UInt8], _ draw: inout Drawing) -> [UInt8] {
        guard let other = draw.element(of: seeds) else { return bytes }
        let head = draw.element(of: Pieces.lines(bytes))?.upperBound ?? 0
        let tail = draw.element(of: Pieces.lines(other))?.lowerBound ?? 0
        return Array(bytes[..<head]) + other[tail...]
    }

    /// A line is doubled, dropped, swapped with another, or one of the format's own is put in.
    private func lines(of bytes: [UInt8], _ draw: inout Drawing) -> [UInt8] {
        let lines = Pieces.lines(bytes)
        guard let line = draw.element(of: lines), let other = draw.element(of: lines) else { return bytes }
        var copy = bytes
        switch draw.number(below: 4) {
        case 0: copy.insert(contentsOf: bytes[line], at: other.lowerBound)
        case 1: copy.removeSubrange(line)
        case 2:
            let (first, second) = line.lowerBound < other.lowerBound ? (line, other) : (other, line)
            guard first.upperBound <= second.lowerBound else { return bytes }
            copy.replaceSubrange(second, with: bytes[first])
            copy.replaceSubrange(first, with: bytes[second])
        default: copy.insert(contentsOf: (draw.element(of: words) ?? []) + [0x0a], at: other.lowerBound)
        }
        return copy
    }

    /// What stands between a bracket and its partner is doubled, with other numbers in the copy, or taken out.
    private func doubledElement(_ bytes: [UInt8], _ draw: inout Drawing) -> [UInt8] {
        guard let element = draw.element(of: Pieces.elements(bytes)) else { return withToken(bytes, &draw) }
        var whole = bytes
        if draw.number(below: 3) == 0 {
            whole.removeSubrange(element)
            return whole
        }
        var copy = Array(bytes[element])
        for _ in 0..<draw.number(below: 3) { copy = withNumber(copy, &draw) }
        whole.insert(contentsOf: copy, at: element.upperBound)
        return whole
    }

    /// A number becomes an extreme one, or its neighbour.
    private func withNumber(_ bytes: [UInt8], _ draw: inout Drawing) -> [UInt8] {
        let tokens = Pieces.tokens(bytes)
        guard let number = some(tokens, of: bytes, &draw, where: Pieces.isDigit) else { return withToken(bytes, &draw) }
        let old = String(decoding: bytes[number], as: UTF8.self)
        var copy = bytes
        copy.replaceSubrange(number, with: ExtremeNumbers.instead(of: old, &draw).utf8)
        return copy
    }

    /// A word becomes another one of the same input, of the format, or of another seed.
    private func withToken(_ bytes: [UInt8], _ draw: inout Drawing) -> [UInt8] {
        let tokens = Pieces.tokens(bytes)
        guard let any = draw.element(of: tokens) else { return draw.element(of: words) ?? bytes }
        let place = some(tokens, of: bytes, &draw, where: Pieces.isWord) ?? any
        var copy = bytes
        switch draw.number(below: 6) {
        case 0:
            let other = some(tokens, of: bytes, &draw, where: Pieces.isWord) ?? any
            copy.replaceSubrange(place, with: bytes[other])
        case 1, 2: copy.replaceSubrange(place, with: draw.element(of: words) ?? [])
        case 3:
            guard let other = draw.element(of: seeds), let word = draw.element(of: Pieces.tokens(other)) else {
                return copy
            }
            copy.replaceSubrange(place, with: other[word])
        case 4: copy.removeSubrange(place)
        default: copy.insert(contentsOf: bytes[any], at: place.lowerBound)
        }
        return copy
    }

    /// The first token from a drawn one on that begins like this.
    private func some(
        _ tokens: [Range<Int>], of bytes: [UInt8], _ draw: inout Drawing, where begins: (UInt8) -> Bool
    ) -> Range<Int>? {
        let first = draw.number(below: tokens.count)
        for step in 0..<tokens.count {
            let token = tokens[(first + step) % tokens.count]
            if begins(bytes[token.lowerBound]) { return token }
        }
        return nil
    }
}

/// Draws that depend on nothing but their seed.
struct Drawing {
    private var generator: Seeded

    init(_ seed: UInt64) {
        generator = Seeded(seed)
        _ = generator.next()
    }

    mutating func number(below count: Int) -> Int { Int(generator.next() % UInt64(max(1, count))) }
    var byte: UInt8 { mutating get { UInt8(truncatingIfNeeded: generator.next()) } }
    mutating func element<Element>(of array: [Element]) -> Element? {
        array.isEmpty ? nil : array[number(below: array.count)]
    }
    /// One change more often than many.
    var rounds: Int { mutating get { [1, 1, 1, 2, 2, 3, 4, 8][number(below: 8)] } }
}
