import BerthDiagnostics
import BerthTopology

/// The text of `args:`, changed word by word; what is not changed stays as it is written.
struct ArgumentLine: Hashable {
    private struct Word: Hashable {
        /// In front of it.
        var blanks: String
        /// As it is written, with its quotes.
        var written: String
        var text: String

        init(_ text: String, blanks: String = " ") {
            self.blanks = blanks
            self.text = text
            written = ArgumentText.quoted(text)
        }

        init(_ text: String, written: String, blanks: String) {
            (self.text, self.written, self.blanks) = (text, written, blanks)
        }
    }

    private var words: [Word] = []

    /// No words where a quote is not closed: Perl gives nothing then.
    init(_ text: String) {
        let characters = Array(text)
        let found = ArgumentText.words(text, at: SourceLocation(file: "", line: 1, column: 0))
        var end = 0
        for (number, word) in found.enumerated() {
            let start = word.location.column
            var next = found.indices.contains(number + 1) ? found[number + 1].location.column : characters.count
            while next > start, characters[next - 1].isWhitespace { next -= 1 }
            words.append(
                Word(word.text, written: String(characters[start..<next]), blanks: String(characters[end..<start])))
            end = next
        }
    }

    var text: String {
        words.enumerated().map { ($0.offset == 0 ? "" : $0.element.blanks) + $0.element.written }.joined()
    }

    var isEmpty: Bool { words.isEmpty }

    // MARK: Reading

    /// Where the values of an option stand.
    private func values(of options: String...) -> [Int] {
        words.indices.dropFirst().filter { options.contains(words[$0 - 1].text) }
    }

    /// `-set device.ID.NAME=VALUE`; the last one counts.
    private func setting(_ name: String, of id: String) -> Int? {
        values(of: "-set").last { words[$0].text.hasPrefix("device.\(id).\(name)=") }
    }

    /// Whether an option gives QEMU the host's IGD.
    var hasIGD: Bool { igdDevice != nil }

    private var igdDevice: Int? {
        values(of: "-device").first { index in
            let parts = words[index].text.split(separator: ",")
            return parts.first == "vfio-pci" && parts.contains(where: Self.isIGD)
        }
    }

    /// The properties of that device.
    var partsOfIGD: [(name: String, value: String)]? {
        igdDevice.map { index in
            words[index].text.split(separator: ",").dropFirst().map { part in
                let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
                return (sides[0], sides.count == 2 ? sides[1] : "on")
            }
        }
    }

    mutating func removeIGD() {
        if let index = igdDevice { words.removeSubrange(index - 1...index) }
    }

    private static func isIGD(_ part: Substring) -> Bool {
        if part.hasPrefix("sysfsdev=") { return part.hasSuffix("/0000:00:02.0") }
        guard part.hasPrefix("host=") else { return false }
        return HostPCI.functions(String(part.dropFirst("host=".count)))?.isIGD == true
    }

    // MARK: Changing

    /// A property of a device that stands in front: by `-set`, once.
    mutating func set(_ name: String, to value: String, of id: String) {
        let new = "device.\(id).\(name)=\(value)"
        if let index = setting(name, of: id) { replace(index, by: new) } else { append(["-set", new]) }
    }

    /// Takes a `-set` away.
    mutating func unset(_ name: String, of id: String) {
        while let index = setting(name, of: id) { words.removeSubrange(index - 1...index) }
    }

    /// A property of the IGD that `args:` itself has.
    mutating func setOnIGD(_ name: String, to value: String) {
        if let index = igdDevice { replace(index, setting: name, to: value) }
    }

    /// The options that an earlier plan added are those with an id of a plan's; they stay where they are the same.
    mutating func replacePlanned(with new: [String]) {
        let old = values(of: "-device", "-object").filter { Self.isPlanned(words[$0].text) }.flatMap { [$0 - 1, $0] }
        guard old.map({ words[$0].text }) != new else { return }
        for index in old.reversed() { words.remove(at: index) }
        append(new)
    }

    private static func isPlanned(_ value: String) -> Bool {
        value.split(separator: ",").contains { part in VMPatch.plannedIDs.contains { part.hasPrefix("id=\($0)") } }
    }

    /// `-machine NAME=VALUE`, which QEMU merges with what qemu-server says.
    mutating func setMachine(_ name: String, to value: String) {
        let known = values(of: "-machine", "-M").last { index in
            words[index].text.split(separator: ",").contains { $0.hasPrefix("\(name)=") }
        }
        if let known { replace(known, setting: name, to: value) } else { append(["-machine", "\(name)=\(value)"]) }
    }

    /// Takes `-fw_cfg` of a file away.
    mutating func removeFile(_ name: String) {
        let found = values(of: "-fw_cfg").filter { index in
            let parts = words[index].text.split(separator: ",")
            return parts.contains("name=\(name)") || parts.first == name[...]
        }
        for index in found.reversed() { words.removeSubrange(index - 1...index) }
    }

    mutating func append(_ texts: [String]) { words += texts.map { Word($0) } }

    private mutating func replace(_ index: Int, by text: String) {
        if words[index].text != text { words[index] = Word(text, blanks: words[index].blanks) }
    }

    private mutating func replace(_ index: Int, setting name: String, to value: String) {
        var parts = words[index].text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let new = "\(name)=\(value)"
        if let old = parts.lastIndex(where: { $0.hasPrefix("\(name)=") }) {
            parts[old] = new
        } else {
            parts.append(new)
        }
        replace(index, by: parts.joined(separator: ","))
    }
}
