import BerthDiagnostics

/// Parts a text into tokens as a POSIX shell and bash do (POSIX.1-2017 Shell Command Language §2.2, §2.3), and forgives what
/// happens to command lines on their way through forums: blanks behind a backslash, curly quotes, long dashes, the
/// line ends of Windows, comments behind a backslash, JSON that lost the quotes around it.
struct ShellScanner {
    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var place: SourceLocation

    init(_ text: String, file: String) {
        scalars = Array(text.unicodeScalars)
        place = SourceLocation(file: file)
    }

    private static let operators: Set<Unicode.Scalar> = ["|", ";", "<", ">", "&", "(", ")"]

    static func isBlank(_ scalar: Unicode.Scalar) -> Bool { [" ", "\t", "\r", "\u{a0}"].contains(scalar) }

    private var current: Unicode.Scalar? { scalar(at: index) }

    private func scalar(at index: Int) -> Unicode.Scalar? { scalars.indices.contains(index) ? scalars[index] : nil }

    private mutating func advance(_ count: Int = 1) {
        for _ in 0..<count where index < scalars.count {
            if scalars[index] == "\n" {
                place.line += 1
                place.column = 1
            } else {
                place.column += 1
            }
            index += 1
        }
    }

    /// Nil at the end.
    ///
    /// Errors: a quote or a bracket that is not closed.
    mutating func next() throws(InputError) -> ShellToken? {
        var isAfterComment = false
        while let scalar = current {
            if Self.isBlank(scalar) {
                advance()
            } else if let length = continuation {
                advance(length)
            } else if scalar == "#" {
                isAfterComment = true
                while current != nil, current != "\n" { advance() }
            } else if scalar == "\n" {
                advance()
                return .newline(afterComment: isAfterComment)
            } else if Self.operators.contains(scalar) {
                return operation()
            } else {
                return try word()
            }
        }
        return nil
    }

    /// How long a backslash at the end of a line is, with the end of the line; nil where there is none.
    private var continuation: Int? {
        guard current == "\\" else { return nil }
        var end = index + 1
        while let scalar = scalar(at: end), Self.isBlank(scalar) { end += 1 }
        switch scalar(at: end) {
        case "\n": return end + 1 - index
        case "#" where end > index + 1: return end - index
        case nil: return end - index
        default: return nil
        }
    }

    private mutating func operation() -> ShellToken {
        let start = place
        var text = ""
        while let scalar = current, Self.operators.contains(scalar) {
            // Brackets stand for themselves.
            if !text.isEmpty, ["(", ")"].contains(scalar) || ["(", ")"].contains(text) { break }
            text.unicodeScalars.append(scalar)
            advance()
        }
        return .operation(text, at: start)
    }

    private mutating func word() throws(InputError) -> ShellToken {
        var word = ShellWord(location: place)
        if let json = looseJSON {
            word.append(String(String.UnicodeScalarView(scalars[index..<json])), isQuoted: true)
            advance(json - index)
        } else if let dash = current, ["\u{2013}", "\u{2014}"].contains(dash), let next = scalar(at: index + 1),
            next.properties.isAlphabetic
        {
            word.append("-", isQuoted: false)
            advance()
        }
        while let scalar = current, scalar != "\n", !Self.isBlank(scalar) {
            if scalar == "(", let (name, isAppended, length) = word.assignment, word.plain?.count == length {
                return .array(name: name, isAppended: isAppended, try elements())
            }
            if Self.operators.contains(scalar) {
                // `2>` is one operator.
                if ["<", ">"].contains(scalar), let number = word.plain, number.count == 1,
                    number.allSatisfy(\.isNumber)
                {
                    return operation()
                }
                break
            }
            try piece(scalar, &word)
        }
        return .word(word)
    }

    private mutating func piece(_ scalar: Unicode.Scalar, _ word: inout ShellWord) throws(InputError) {
        switch scalar {
        case "'", "\u{2018}": try single(closing: scalar == "'" ? "'" : "\u{2019}", &word)
        case "\"", "\u{201c}", "\u{201d}": try double(isCurly: scalar != "\"", &word)
        case "$": try expansion(isQuoted: false, &word)
        case "`": try backquoted(isQuoted: false, &word)
        case "\\":
            if let length = continuation { return advance(length) }
            advance()
            if let escaped = current {
                word.append(String(escaped), isQuoted: true)
                advance()
            }
        default:
            word.append(String(scalar), isQuoted: false)
            advance()
        }
    }

    /// Behind JSON that begins here and that no quotes protect, as `ps` and the logs of libvirt show it; nil for what is none.
    private var looseJSON: Int? {
        guard current == "{", scalar(at: index + 1) == "\"" else { return nil }
        var (depth, isInText, end) = (0, false, index)
        while let scalar = scalar(at: end), scalar != "\n" {
            end += 1
            switch scalar {
            case "\\" where isInText: end += 1
            case "\"": isInText.toggle()
            case "{", "[": depth += isInText ? 0 : 1
            case "}", "]":
                depth -= isInText ? 0 : 1
                if depth == 0, !isInText { return end }
            default: break
            }
        }
        return nil
    }

    /// `(…)` behind `NAME=`.
    private mutating func elements() throws(InputError) -> [ShellWord] {
        let opened = place
        advance()
        var found: [ShellWord] = []
        while let token = try next() {
            switch token {
            case .word(let word): found.append(word)
            case .operation(")", _): return found
            case .newline: break
            case .operation(let text, let place): throw Self.onlyForShell(text, at: place)
            case .array(_, _, let words): found += words
            }
        }
        throw InputError("the array that starts here is not closed", rule: "command-line", at: opened)
    }

    static func onlyForShell(_ text: String, at place: SourceLocation) -> InputError {
        InputError(
            "'\(text)' is for a shell; give QEMU's arguments alone, in quotes where needed", rule: "command-line",
            at: place)
    }

    // MARK: Quotes

    private func notClosed(_ opened: SourceLocation) -> InputError {
        InputError("the quote that starts here is not closed", rule: "command-line", at: opened)
    }

    private mutating func single(closing: Unicode.Scalar, _ word: inout ShellWord) throws(InputError) {
        let opened = place
        advance()
        word.append("", isQuoted: true)
        while let scalar = current, scalar != closing {
            word.append(String(scalar), isQuoted: true)
            advance()
        }
        guard current != nil else { throw notClosed(opened) }
        advance()
    }

    private mutating func double(isCurly: Bool, _ word: inout ShellWord) throws(InputError) {
        let opened = place
        advance()
        let count = word.pieces.count
        while let scalar = current, !(scalar == "\"" || isCurly && ["\u{201c}", "\u{201d}"].contains(scalar)) {
            switch scalar {
            case "$": try expansion(isQuoted: true, &word)
            case "`": try backquoted(isQuoted: true, &word)
            case "\\":
                advance()
                guard let next = current else { break }
                if !["\"", "\\", "$", "`", "\n"].contains(next) { word.append("\\", isQuoted: true) }
                if next != "\n" { word.append(String(next), isQuoted: true) }
                advance()
            default:
                word.append(String(scalar), isQuoted: true)
                advance()
            }
        }
        guard current != nil else { throw notClosed(opened) }
        advance()
        // Even empty quotes are a word.
        if word.pieces.count == count { word.append("", isQuoted: true) }
    }

    // MARK: Expansions

    private mutating func backquoted(isQuoted: Bool, _ word: inout ShellWord) throws(InputError) {
        let opened = place
        var text = "`"
        advance()
        while let scalar = current, scalar != "`" {
            text.unicodeScalars.append(scalar)
            advance()
        }
        guard current != nil else { throw notClosed(opened) }
        advance()
        word.append(ShellExpansion(text: text + "`", location: opened, kind: .command), isQuoted: isQuoted)
    }

    private mutating func expansion(isQuoted: Bool, _ word: inout ShellWord) throws(InputError) {
        let opened = place
        let start = index
        advance()
        let kind: ShellExpansion.Kind
        switch current {
        case "{":
            try skipBrackets(opened, "{", "}")
            kind = ShellExpansion.kind(inBraces: text(start + 2, index - 1))
        case "(":
            try skipBrackets(opened, "(", ")")
            kind = .command
        case "@", "*":
            advance()
            kind = .arguments
        case "'":
            return try single(closing: "'", &word)
        case let scalar?
        where scalar == "_" || scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)):
            while let scalar = current, scalar.isASCII,
                scalar == "_" || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
            { advance() }
            kind = .variable(String(text(start + 1, index)), fallback: nil)
        default:
            return word.append("$", isQuoted: isQuoted)
        }
        let written = String(text(start, index))
        word.append(ShellExpansion(text: written, location: opened, kind: kind), isQuoted: isQuoted)
    }

    private func text(_ start: Int, _ end: Int) -> Substring {
        Substring(String(String.UnicodeScalarView(scalars[start..<max(start, end)])))
    }

    private mutating func skipBrackets(
        _ opened: SourceLocation, _ opening: Unicode.Scalar, _ closing: Unicode.Scalar
    ) throws(InputError) {
        var depth = 0
        while let scalar = current {
            advance()
            if scalar == opening { depth += 1 }
            if scalar == closing { depth -= 1 }
            if depth == 0 { return }
        }
        throw notClosed(opened)
    }
}

extension ShellWord {
    fileprivate mutating func append(_ text: String, isQuoted: Bool) {
        if case .text(let known)? = pieces.last?.content, pieces.last?.isQuoted == isQuoted {
            pieces[pieces.count - 1].content = .text(known + text)
        } else {
            pieces.append(Piece(content: .text(text), isQuoted: isQuoted))
        }
    }

    fileprivate mutating func append(_ expansion: ShellExpansion, isQuoted: Bool) {
        pieces.append(Piece(content: .expansion(expansion), isQuoted: isQuoted))
    }
}
