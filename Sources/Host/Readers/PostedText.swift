import BerthDiagnostics
import BerthPCI

/// A text with more than one dump in it, as people post them: prompts, fences, `lspci` in several forms, `/proc/iomem` and the kernel's
/// log one after the other. Each line goes to the reader of its kind; what is of none is left out.
struct PostedText {
    private var listing: LspciReading?
    private var memory: [TextLine] = []
    private var log = KernelLog()
    private var whole: HostInventory?
    private var others: [TextLine] = []
    private let file: String

    /// Whether a text has a log in it, several kinds of dump, or a prompt: what is one dump and nothing else has to be whole.
    static func isPosted(_ lines: some Sequence<TextLine>) -> Bool {
        var kinds: Set<Kind> = []
        for line in lines {
            let kind = Kind(line)
            if kind == .log || kind == .prompt { return true }
            if kind == .listing || kind == .memory { kinds.insert(kind) }
            if kinds.count > 1 { return true }
        }
        return false
    }

    /// Errors: a damaged dump among them; two that contradict each other; no dump at all.
    static func read(_ bytes: [UInt8], file: String) throws(InputError) -> HostInventory {
        var reading = PostedText(file: file)
        for line in try TextInput(bytes, file: file, expected: "dumps of a host as text") { try reading.take(line) }
        return try reading.finish()
    }

    private init(file: String) { self.file = file }

    enum Kind: Hashable {
        case blank, fence, prompt, log, memory, listing, detail, other

        init(_ line: TextLine) {
            let text = String(decoding: line.bytes.prefix(300), as: UTF8.self)
            if line.isBlank {
                self = .blank
            } else if line.isFence {
                self = .fence
            } else if LspciDump.isHeading(line) {
                self = .listing
            } else if IOMemDump.isResource(line) {
                self = .memory
            } else if KernelLog.message(line) != nil {
                self = .log
            } else if Self.isPrompt(text) {
                self = .prompt
            } else if Self.isDetail(line, text) {
                self = .detail
            } else {
                self = .other
            }
        }

        /// `root@pve:~# lspci -nn`, `$ dmesg | grep DMAR`, `[user@host ~]$ cat /proc/iomem`.
        private static func isPrompt(_ text: String) -> Bool {
            let commands: Set<Substring> = [
                "lspci", "dmesg", "cat", "journalctl", "sudo", "setpci", "hexdump", "uname", "ls", "grep", "pveversion",
                "exit",
            ]
            let words = text.split(separator: " ", omittingEmptySubsequences: true)
            guard let first = words.first else { return false }
            if commands.contains(first), words.count <= 12 { return true }
            guard let mark = text.firstIndex(where: { $0 == "#" || $0 == "$" || $0 == ">" || $0 == "%" }) else {
                return false
            }
            let before = text[..<mark]
            let after = text[text.index(after: mark)...].split(separator: " ").first
            if let after, commands.contains(after) { return true }
            return before.contains("@") && after == nil && before.count < 60
        }

        /// What belongs to the function above: explanations, bytes, and the lines of `-vmm`.
        private static func isDetail(_ line: TextLine, _ text: String) -> Bool {
            if line.bytes.first.map(TextLine.isSpace) == true { return true }
            let field = line.bytes.prefix { !TextLine.isSpace($0) }
            if LspciRecord.Key(field) != nil { return true }
            let name = field.dropLast()
            return field.last == UInt8(ascii: ":") && (2...3).contains(name.count)
                && String(decoding: name, as: UTF8.self).allSatisfy(\.isHexDigit)
        }
    }

    private mutating func take(_ line: TextLine) throws(InputError) {
        let kind = Kind(line)
        if kind != .listing, kind != .detail, kind != .blank { try closeListing() }
        switch kind {
        case .listing:
            if let address = Self.address(line), address == listing?.first { try closeListing() }
            var current = listing ?? LspciReading()
            try current.take(line)
            listing = current
        case .detail:
            // Without a function above, `config space:` of old kernels goes on so.
            if listing != nil { try listing?.take(line) } else { try log.take(line, line.bytes) }
        case .memory: memory.append(line)
        case .log: if let message = KernelLog.message(line) { try log.take(line, message) }
        case .other: others.append(line)
        case .blank, .fence, .prompt: break
        }
    }

    private static func address(_ line: TextLine) -> PCIAddress? {
        let fields = line.fields(from: line.bytes.startIndex)
        guard let first = fields.first else { return nil }
        if LspciRecord.Key(first) == .slot { return fields.dropFirst().first.flatMap(LspciReading.address) }
        return LspciReading.address(first)
    }

    private mutating func closeListing() throws(InputError) {
        guard let reading = listing else { return }
        listing = nil
        try add(reading.finish(file: file))
    }

    private mutating func add(_ part: HostInventory) throws(InputError) {
        whole = try whole?.merging(part) ?? part
    }

    private consuming func finish() throws(InputError) -> HostInventory {
        try closeListing()
        if !memory.isEmpty { try add(IOMemDump.read(memory, file: file)) }
        try add(log.finish())
        guard var result = whole else { return HostInventory(functions: []) }
        if let first = others.first {
            result.findings.append(
                Finding(
                    .note,
                    "left out: \(others.count == 1 ? "a line" : "\(others.count) lines") of no dump, the first of them "
                        + "\(quoted(first.bytes))", rule: "host-dump-other", at: first.location(first.bytes.startIndex))
            )
        }
        guard
            !result.functions.isEmpty || result.stolenRange != nil || result.addressWidth != nil
                || !result.findings.isEmpty
        else {
            throw InputError(
                "found a kernel's log with nothing of graphics in it; expected lines such as "
                    + "'Reserving Intel graphics memory at …' or 'DMAR: Host address width 39', or the output of 'lspci -xxx'",
                rule: "host-log-empty", at: SourceLocation(file: file))
        }
        return result
    }
}
