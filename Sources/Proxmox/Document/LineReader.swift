import BerthDiagnostics

/// What the lines of a VM's file are, one after the other.
///
/// Source: the patterns of `parse_vm_config` in PVE/QemuServer.pm @ qemu-server 9.2.6.
struct LineReader {
    private var section = VMDocument.Section.main
    private var hasSettings = false
    private var isOver = false
    /// Blanks that a post puts in front of every line.
    private var indent = 0

    mutating func line(_ bytes: [UInt8]) -> VMDocument.Line {
        let text = String(decoding: bytes, as: UTF8.self)
        let content = isOver ? .wrapping : content(of: text)
        if case .setting = content { hasSettings = true }
        return VMDocument.Line(bytes: bytes, section: section, content: content)
    }

    private mutating func content(of raw: String) -> VMDocument.Content {
        var text = raw.unicodeScalars.first?.value == 0xfeff ? Substring(raw).dropFirst() : Substring(raw)
        let blanks = text.prefix { $0 == " " || $0 == "\t" }.count
        text = text.trimmingWhitespace
        if text.isEmpty { return .blank }
        if let ends = Self.wrapping(text, isFirst: !hasSettings) {
            // Whatever follows the file in a post.
            if ends, hasSettings { isOver = true }
            return .wrapping
        }
        let setting = Self.setting(text)
        if !hasSettings, setting != nil { indent = blanks }
        guard blanks <= indent else { return .other }
        if text.hasPrefix("#") { return .comment }
        if text.hasPrefix("["), text.hasSuffix("]") {
            section = Self.section(text.dropFirst().dropLast())
            return .heading
        }
        guard let (key, value, offset) = setting else { return .other }
        return .setting(key: key, value: value, column: blanks + offset + 1)
    }

    private static func section(_ name: Substring) -> VMDocument.Section {
        if name.lowercased() == "pending" { return .pending }
        let isSnapshot =
            name.first.map { $0.isASCII && $0.isLetter } == true
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
            && name.count > 1
        return isSnapshot ? .snapshot(String(name)) : .other(String(name))
    }

    /// `^([a-z][a-z_\-]*\d*):\s*(.+?)\s*$`
    static func setting(_ text: Substring) -> (key: String, value: String, offset: Int)? {
        guard let colon = text.firstIndex(of: ":"), isKey(text[..<colon]) else { return nil }
        let rest = text[text.index(after: colon)...]
        let value = rest.trimmingWhitespace
        guard !value.isEmpty else { return nil }
        let offset = text.distance(from: text.startIndex, to: colon) + 1 + rest.prefix { $0.isWhitespace }.count
        return (String(text[..<colon]), String(value), offset)
    }

    static func isKey(_ text: Substring) -> Bool {
        let name = text.prefix { ("a"..."z").contains($0) || $0 == "_" || $0 == "-" }
        let number = text.dropFirst(name.count)
        return name.first.map { ("a"..."z").contains($0) } == true && number.allSatisfy { ("0"..."9").contains($0) }
    }

    /// Whether a line is a prompt, a fence or a forum's tag, and then whether nothing of the file follows it. Behind settings a tag
    /// could be the name of a snapshot, so that only a closing one counts.
    private static func wrapping(_ text: Substring, isFirst: Bool) -> Bool? {
        if text.hasPrefix("```") || text.hasPrefix("~~~") { return true }
        let lower = text.lowercased()
        let tag = lower.drop { $0 == "[" || $0 == "/" }.prefix { $0.isLetter }
        if lower.hasPrefix("["), ["code", "quote", "spoiler", "icode"].contains(tag) {
            if lower.hasPrefix("[/") { return true }
            if isFirst { return false }
        }
        guard let at = text.firstIndex(of: "@"), let mark = text.firstIndex(where: { $0 == "#" || $0 == "$" }),
            at < mark, text[..<at].allSatisfy({ $0.isLetter || $0.isNumber || "._-[".contains($0) })
        else { return nil }
        return text[text.index(after: at)..<mark].contains(":") ? true : nil
    }
}

extension Substring {
    var trimmingWhitespace: Substring {
        let start = drop { $0.isWhitespace }
        let end = start.lastIndex { !$0.isWhitespace }
        return end.map { start[...$0] } ?? ""
    }
}
