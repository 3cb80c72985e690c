package import BerthDiagnostics

/// A word of a command line, and where it starts.
package struct CommandWord: Hashable, Sendable {
    package var text: String
    package var location: SourceLocation
    /// What of the text a shell would have replaced, and nobody here knows by what.
    package var unresolved: [ShellExpansion]

    package init(_ text: String, at location: SourceLocation, unresolved: [ShellExpansion] = []) {
        self.text = text
        self.location = location
        self.unresolved = unresolved
    }
}

/// Finds the words of a command line in a text that a shell would read: a line, a script, the output of `qm showcmd` or `ps`.
///
/// Variables and arrays that the text sets itself are put in their places. Nothing is run.
package enum ShellWords {
    /// Larger files are not command lines.
    package static let sizeLimit = 1 << 20

    /// The words of the command that starts QEMU, its name first; where none does, all words.
    ///
    /// Errors: a quote that is not closed; without a QEMU, an operator that only a shell could carry out.
    package static func split(_ bytes: [UInt8], file: String) throws(InputError) -> [CommandWord] {
        guard bytes.count <= sizeLimit else {
            throw InputError(
                "the file has \(bytes.count) bytes; a command line has at most \(sizeLimit)", rule: "command-line",
                at: SourceLocation(file: file))
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw notText(file) }
        if bytes.contains(0) { return try arguments(text, file: file) }
        var scanner = ShellScanner(text, file: file)
        var script = ShellScript()
        while let token = try scanner.next() { script.take(token) }
        return try script.command()
    }

    /// `/proc/PID/cmdline`: a NUL behind every word.
    private static func arguments(_ text: String, file: String) throws(InputError) -> [CommandWord] {
        let parts = text.split(separator: "\0")
        let isText = text.unicodeScalars.allSatisfy { $0.value == 0 || $0.value >= 0x20 || $0 == "\n" || $0 == "\t" }
        guard isText, let first = parts.first, ShellScript.isProgram(String(first)) else { throw notText(file) }
        return parts.enumerated().map {
            CommandWord(String($0.element), at: SourceLocation(file: file, column: $0.offset + 1))
        }
    }

    private static func notText(_ file: String) -> InputError {
        InputError("the file is not text", rule: "command-line", at: SourceLocation(file: file))
    }
}

/// The commands of a text, as far as it takes to find the one that starts QEMU.
struct ShellScript {
    private enum Item {
        case word(CommandWord, startsLine: Bool)
        case operation(String, at: SourceLocation)
    }

    private var items: [Item] = []
    private var variables = ShellVariables()
    /// Whether a word here would be the name of a command, or set a variable.
    private var isAtStart = true
    private var startsLine = true
    /// The word before. Behind an option a value such as `file=a` may be on the next line, without a backslash between them.
    private var last = ""

    /// Words behind which a variable can be set.
    private static let openers: Set = [
        "export", "local", "readonly", "declare", "typeset", "-a", "-r", "-x", "-g", "then", "do", "else", "{", "env",
        "if",
    ]

    mutating func take(_ token: ShellToken) {
        switch token {
        case .newline(let afterComment):
            startsLine = startsLine || !afterComment
            isAtStart = true
        case .operation(let text, let place):
            items.append(.operation(text, at: place))
            (isAtStart, startsLine) = (true, false)
        case .array(let name, let isAppended, let words):
            variables.setArray(name, isAppended: isAppended, words)
            (startsLine, last) = (false, "")
        case .word(let word):
            if isAtStart, let (name, isAppended, length) = word.assignment,
                !last.hasPrefix("-") || name == name.uppercased()
            {
                variables.setScalar(name, isAppended: isAppended, word, from: length)
                last = ""
                return
            }
            for word in variables.words(of: word) where items.count < ShellVariables.limit {
                items.append(.word(word, startsLine: startsLine))
                startsLine = false
                last = word.text
            }
            isAtStart = Self.openers.contains(word.plain ?? "")
        }
    }

    /// Errors: an operator, where no word is a QEMU.
    func command() throws(InputError) -> [CommandWord] {
        if let start = program { return command(from: start) }
        return try items.map { item throws(InputError) in
            switch item {
            case .word(let word, _): return word
            case .operation(let text, let place): throw ShellScanner.onlyForShell(String(text.prefix(1)), at: place)
            }
        }
    }

    /// The first QEMU that is given an option; nothing where options come first.
    private var program: Int? {
        if case .word(let word, _)? = items.first, word.text.hasPrefix("-") { return nil }
        return items.indices.first { index in
            guard case .word(let word, _) = items[index], Self.isProgram(word), index + 1 < items.count,
                case .word(let next, _) = items[index + 1]
            else { return false }
            return next.text.hasPrefix("-")
        }
    }

    /// To an operator, or to a line that goes on with something else than an option.
    private func command(from start: Int) -> [CommandWord] {
        var words: [CommandWord] = []
        var isTarget = false
        for item in items[start...] {
            switch item {
            case .operation(let text, _):
                guard text.contains("<") || text.contains(">") else { return words }
                isTarget = true
            case .word(let word, let startsLine):
                if startsLine, !words.isEmpty, !word.text.hasPrefix("-") { return words }
                if isTarget { isTarget = false } else { words.append(word) }
            }
        }
        return words
    }

    private static func isProgram(_ word: CommandWord) -> Bool {
        if let only = word.unresolved.first, only.text == word.text {
            return word.text.uppercased().contains("QEMU") || word.text.uppercased().contains("KVM")
        }
        return isProgram(word.text)
    }

    /// `/usr/bin/kvm`, `qemu-system-x86_64`, `ExecStart=/usr/libexec/qemu-kvm`.
    static func isProgram(_ text: String) -> Bool {
        let name = text.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        return name.hasPrefix("qemu-system-") || ["kvm", "qemu-kvm", "qemu"].contains(name)
    }
}
