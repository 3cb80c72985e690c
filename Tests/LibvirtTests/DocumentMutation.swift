import TestSupport

/// Pieces of a document, cut by a tokenizer of the tests' own: text, and everything between `<` and `>`.
enum DocumentTokens {
    static func of(_ text: String) -> [String] {
        var tokens: [String] = []
        var rest = Substring(text)
        while let first = rest.unicodeScalars.first {
            let end: Substring.Index
            if rest.hasPrefix("<!--") {
                end = rest.firstRange(of: "-->")?.upperBound ?? rest.endIndex
            } else if first == "<" {
                end =
                    rest.unicodeScalars.firstIndex(of: ">").map { rest.unicodeScalars.index(after: $0) }
                    ?? rest.endIndex
            } else {
                end = rest.unicodeScalars.firstIndex(of: "<") ?? rest.endIndex
            }
            tokens.append(String(rest[..<end]))
            rest = rest[end...]
        }
        return tokens
    }

    static func isBlank(_ token: String) -> Bool {
        token.unicodeScalars.allSatisfy { " \t\r\n".unicodeScalars.contains($0) }
    }
    static func isTag(_ token: String) -> Bool {
        token.hasPrefix("<") && !token.hasPrefix("<!") && !token.hasPrefix("<?")
    }

    /// `address`, `/address`
    static func name(_ token: String) -> String {
        String(token.unicodeScalars.dropFirst().prefix { !" \t\r\n>".unicodeScalars.contains($0) }).replacing(
            "/", with: "")
    }
}

/// Changes of a document that mean nothing to libvirt: layout, comments, quotes, orders, byte order mark, line ends.
struct DocumentMutation {
    private var random: Seeded
    private var tokens: [String]

    init(_ text: String, seed: UInt64) {
        random = Seeded(seed)
        tokens = DocumentTokens.of(text)
    }

    mutating func mutated() -> String {
        swapNeighbours()
        for index in tokens.indices {
            if DocumentTokens.isTag(tokens[index]), !tokens[index].hasPrefix("</"), chance(6) {
                tokens[index] = rewritten(tokens[index])
            } else if DocumentTokens.isBlank(tokens[index]), chance(5) {
                tokens[index] = blank(tokens[index])
            }
        }
        var text = tokens.joined()
        if !text.hasPrefix("<?xml"), chance(4) {
            text = "<?xml version='1.0' encoding='utf-8'?>\n<!-- made <by> hand -->\n" + text
        }
        if chance(4) { text = text.replacing("\n", with: "\r\n") }
        if chance(5) { text = "\u{FEFF}" + text }
        if chance(5) {
            while text.unicodeScalars.last == "\n" || text.unicodeScalars.last == "\r" {
                text.unicodeScalars.removeLast()
            }
        }
        return text
    }

    private mutating func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &random) == 0 }

    /// Other white space, sometimes with a comment that looks like an element.
    private mutating func blank(_ old: String) -> String {
        switch Int.random(in: 0..<6, using: &random) {
        case 0: ""
        case 1: old + old
        case 2: "\n\n\t \t"
        case 3: " "
        case 4: old + "<!-- <hostdev/> <address slot='2'/> ü -->" + old
        default: " <!-- \(Int.random(in: 0..<1000, using: &random)) -->" + old
        }
    }

    /// A start tag with its attributes in another order, in other quotes, and with other space between them.
    private mutating func rewritten(_ tag: String) -> String {
        let attributes = tag.matches(of: /([^\s<>='"]+)\s*=\s*("[^"]*"|'[^']*')/).map { (String($0.1), String($0.2)) }
        guard !attributes.isEmpty, !tag.contains("xmlns") else { return tag }
        let isEmpty = tag.hasSuffix("/>")
        var text = "<" + DocumentTokens.name(tag)
        for (name, quoted) in attributes.shuffled(using: &random) {
            let value = quoted.dropFirst().dropLast()
            let quote = value.contains("'") ? "\"" : value.contains("\"") || Bool.random(using: &random) ? "'" : "\""
            text += chance(6) ? "\n\t\t" : chance(6) ? "  " : " "
            text += name + (chance(6) ? " = " : "=") + quote + value + quote
        }
        return text + (chance(4) ? " " : "") + (isEmpty ? "/>" : ">")
    }

    /// Two devices of different kinds that stand side by side change places.
    private mutating func swapNeighbours() {
        var depth = 0
        var spans: [Range<Int>] = []
        for (index, token) in tokens.enumerated() where DocumentTokens.isTag(token) {
            if token.hasPrefix("</") {
                depth -= 1
                if depth == 2, let last = spans.last, last.isEmpty {
                    spans[spans.count - 1] = last.lowerBound..<index + 1
                }
            } else {
                if depth == 2 { spans.append(token.hasSuffix("/>") ? index..<index + 1 : index..<index) }
                if !token.hasSuffix("/>") { depth += 1 }
            }
        }
        let pairs = zip(spans, spans.dropFirst()).filter { a, b in
            DocumentTokens.name(tokens[a.lowerBound]) != DocumentTokens.name(tokens[b.lowerBound])
                && tokens[a.upperBound..<b.lowerBound].allSatisfy(DocumentTokens.isBlank)
                // Only below <devices>.
                && tokens[..<a.lowerBound].contains { $0.hasPrefix("<devices") }
        }
        guard let (a, b) = pairs.randomElement(using: &random) else { return }
        let swapped = Array(tokens[b]) + Array(tokens[a.upperBound..<b.lowerBound]) + Array(tokens[a])
        tokens.replaceSubrange(a.lowerBound..<b.upperBound, with: swapped)
    }
}
