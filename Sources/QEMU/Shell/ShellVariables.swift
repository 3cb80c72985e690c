import BerthDiagnostics

/// What a text sets before it starts QEMU: variables and arrays, and the words that they stand for.
struct ShellVariables {
    private var scalars: [String: CommandWord] = [:]
    private var arrays: [String: [CommandWord]] = [:]

    /// More words than this no command has; an array that doubles itself would have them soon.
    static let limit = 1 << 16

    mutating func setArray(_ name: String, isAppended: Bool, _ words: [ShellWord]) {
        let new = words.flatMap(words(of:))
        arrays[name] = Array(((isAppended ? arrays[name] ?? [] : []) + new).prefix(Self.limit))
        scalars[name] = nil
    }

    /// `word` begins with `NAME=` or `NAME+=`, of this many characters.
    mutating func setScalar(_ name: String, isAppended: Bool, _ word: ShellWord, from length: Int) {
        var value = word
        if case .text(let text)? = word.pieces.first?.content {
            value.pieces[0].content = .text(String(text.dropFirst(length)))
        }
        for index in value.pieces.indices { value.pieces[index].isQuoted = true }
        var new = CommandWord("", at: word.location)
        for word in words(of: value) { new.append(word) }
        if isAppended, var known = scalars[name] {
            known.append(new)
            new = known
        }
        guard new.text.utf8.count <= ShellWords.sizeLimit else { return }
        scalars[name] = new
        arrays[name] = nil
    }

    /// What a word becomes: one, none or several.
    func words(of word: ShellWord) -> [CommandWord] {
        var done: [CommandWord] = []
        var open: CommandWord?
        func start() -> CommandWord { CommandWord("", at: word.location) }
        for piece in word.pieces {
            switch piece.content {
            case .text(let text):
                var current = open ?? start()
                current.text += text
                open = current
            case .expansion(let expansion):
                let values = self.values(of: expansion, isQuoted: piece.isQuoted)
                for (index, value) in values.enumerated() {
                    if index > 0, let finished = open {
                        done.append(finished)
                        open = nil
                    }
                    if var current = open {
                        current.append(value)
                        open = current
                    } else {
                        open = value
                    }
                }
                // Between quotes even nothing is a word, all but the elements of what has none.
                if values.isEmpty, piece.isQuoted, case .variable = expansion.kind { open = open ?? start() }
            }
        }
        return done + (open.map { [$0] } ?? [])
    }

    /// Itself, as it is written, where nobody knows what it stands for.
    private func values(of expansion: ShellExpansion, isQuoted: Bool) -> [CommandWord] {
        let unknown = CommandWord(expansion.text, at: expansion.location, unresolved: [expansion])
        switch expansion.kind {
        case .arguments: return []
        case .command: return [unknown]
        case .array(let name): return arrays[name] ?? scalars[name].map { [$0] } ?? [unknown]
        case .variable(let name, let fallback):
            guard
                let known = scalars[name] ?? arrays[name]?.first
                    ?? fallback.map({ word in
                        CommandWord(word, at: expansion.location)
                    })
            else { return [unknown] }
            return isQuoted ? [known] : known.split()
        }
    }
}

extension CommandWord {
    fileprivate mutating func append(_ other: CommandWord) {
        text += other.text
        unresolved += other.unresolved
    }

    /// At its blanks, as a shell does where a variable stands outside of quotes.
    fileprivate func split() -> [CommandWord] {
        text.split(whereSeparator: \.isWhitespace).map { part in
            CommandWord(String(part), at: location, unresolved: unresolved.filter { part.contains($0.text) })
        }
    }
}
