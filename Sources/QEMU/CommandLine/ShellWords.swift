package import BerthDiagnostics

/// A word of a command line, and where it starts.
package struct CommandWord: Hashable, Sendable {
    package var text: String
    package var location: SourceLocation

    package init(_ text: String, at location: SourceLocation) {
        self.text = text
        self.location = location
    }
}

/// Splits a command line as a POSIX shell does (POSIX.1-2017 Shell Command Language §2.2): single and double
/// quotes, backslashes, continued lines, comments. Nothing is expanded and nothing is run.
package enum ShellWords {
    /// Larger files are not command lines.
    package static let sizeLimit = 1 << 20

    /// Errors: a quote that is not closed; an operator or an expansion, which only a shell could carry out.
    package static func split(_ bytes: [UInt8], file: String) throws(InputError) -> [CommandWord] {
        guard bytes.count <= sizeLimit else {
            throw InputError(
                "the file has \(bytes.count) bytes; a command line has at most \(sizeLimit)", rule: "command-line",
                at: SourceLocation(file: file))
        }
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
            throw InputError("the file is not text", rule: "command-line", at: SourceLocation(file: file))
        }
        var splitter = Splitter(file: file)
        for scalar in text.unicodeScalars { try splitter.take(scalar) }
        return try splitter.finish()
    }
}

private struct Splitter {
    private enum State { case between, plain, single, double, escaped, escapedInDouble, comment }

    private var state = State.between
    private var place: SourceLocation
    private var opened: SourceLocation
    private var word = ""
    private var words: [CommandWord] = []
    private var start: SourceLocation

    init(file: String) {
        place = SourceLocation(file: file)
        opened = place
        start = place
    }

    mutating func take(_ scalar: Unicode.Scalar) throws(InputError) {
        switch state {
        case .comment: if scalar == "\n" { state = .between }
        case .single: if scalar == "'" { state = .plain } else { word.unicodeScalars.append(scalar) }
        case .double:
            switch scalar {
            case "\"": state = .plain
            case "\\": state = .escapedInDouble
            default: word.unicodeScalars.append(scalar)
            }
        case .escapedInDouble:
            if !"\"\\$`\n".unicodeScalars.contains(scalar) { word += "\\" }
            if scalar != "\n" { word.unicodeScalars.append(scalar) }
            state = .double
        case .escaped:
            // A backslash before the end of a line joins the lines.
            if scalar == "\n" {
                state = word.isEmpty ? .between : .plain
            } else {
                word.unicodeScalars.append(scalar)
                state = .plain
            }
        case .between, .plain: try unquoted(scalar)
        }
        advance(scalar)
    }

    private mutating func unquoted(_ scalar: Unicode.Scalar) throws(InputError) {
        if [" ", "\t", "\n", "\r"].contains(scalar) {
            if state == .plain { end() }
            state = .between
            return
        }
        if state == .between { start = place }
        switch scalar {
        case "#" where state == .between: state = .comment
        case "'":
            opened = place
            state = .single
        case "\"":
            opened = place
            state = .double
        case "\\": state = .escaped
        case "|", ";", "<", ">", "`", "(", ")", "&":
            throw InputError(
                "'\(scalar)' is for a shell; give QEMU's arguments alone, in quotes where needed", rule: "command-line",
                at: place)
        default:
            word.unicodeScalars.append(scalar)
            state = .plain
        }
    }

    private mutating func end() {
        words.append(CommandWord(word, at: start))
        word = ""
    }

    private mutating func advance(_ scalar: Unicode.Scalar) {
        if scalar == "\n" {
            place.line += 1
            place.column = 1
        } else {
            place.column += 1
        }
    }

    mutating func finish() throws(InputError) -> [CommandWord] {
        switch state {
        case .single, .double, .escapedInDouble:
            throw InputError("the quote that starts here is not closed", rule: "command-line", at: opened)
        case .plain, .escaped: end()
        case .between, .comment: break
        }
        return words
    }
}
