package import BerthDiagnostics
import BerthProxmox

/// What a file is, by its content: people name their files as they like.
package enum InputForm: Hashable, Sendable, CaseIterable {
    /// YAML or JSON of ours, and whatever is none of the others.
    case topology
    case domain
    case proxmox
    case commandLine
    case pciList
    case kernelLog
    case optionROM
    case compressed
    case binary

    /// For messages.
    package var title: String {
        switch self {
        case .topology: "a topology file"
        case .domain: "a libvirt domain"
        case .proxmox: "a Proxmox VM's file"
        case .commandLine: "a QEMU command line"
        case .pciList: "a host's list of PCI devices"
        case .kernelLog: "a kernel's log"
        case .optionROM: "an option ROM's image"
        case .compressed: "a compressed file"
        case .binary: "no text"
        }
    }

    /// Looks at the first lines only.
    package init(_ bytes: [UInt8], path: String = "") {
        self = Self.magic(bytes) ?? Self.text(bytes, path)
    }

    /// Errors: one line with what this is, and what was expected.
    package func expect(_ wanted: [InputForm], file: String) throws(InputError) {
        guard !wanted.contains(self) else { return }
        let names = wanted.map(\.title)
        let list =
            names.count > 1 ? names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "") : names.joined()
        let help =
            switch self {
            case .pciList: "; --host takes it"
            case .optionROM: "; --rom takes its path"
            case .compressed: "; unpack it first"
            default: ""
            }
        throw InputError(
            "this is \(title); expected \(list)\(help)", rule: "input", at: SourceLocation(file: file))
    }

    /// What stands for a guest.
    package static let guests: [InputForm] = [.topology, .domain, .proxmox, .commandLine]

    private static func magic(_ bytes: [UInt8]) -> InputForm? {
        if bytes.starts(with: [0x55, 0xaa]) { return .optionROM }
        let packed: [[UInt8]] = [
            [0x1f, 0x8b], [0x28, 0xb5, 0x2f, 0xfd], [0xfd, 0x37, 0x7a], [0x50, 0x4b, 3, 4], [0x42, 0x5a, 0x68],
        ]
        if packed.contains(where: { bytes.starts(with: $0) }) { return .compressed }
        // Texts in UTF-16 have a mark in front, and zeros everywhere.
        let isWide = bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff])
        // What means to be XML is for its reader, which knows the place of what does not belong there.
        let isMarkup = bytes.first { ![0x20, 0x09, 0x0a, 0x0d].contains($0) } == UInt8(ascii: "<")
        return bytes.prefix(4096).contains(0) && !isWide && !isMarkup && !isProcessArguments(bytes) ? .binary : nil
    }

    /// `/proc/PID/cmdline`.
    private static func isProcessArguments(_ bytes: [UInt8]) -> Bool {
        let first = bytes.prefix(4096).split(separator: 0, maxSplits: 1).first ?? []
        return isProgram(String(decoding: first, as: UTF8.self)[...])
    }

    private static func text(_ bytes: [UInt8], _ path: String) -> InputForm {
        let marks: [[UInt8]] = [[0xef, 0xbb, 0xbf], [0xff, 0xfe], [0xfe, 0xff]]
        let mark = marks.first { bytes.starts(with: $0) }?.count ?? 0
        let first = bytes.dropFirst(mark).first { ![0x20, 0x09, 0x0a, 0x0d, 0].contains($0) }
        if first == UInt8(ascii: "<") || path.hasSuffix(".xml") { return .domain }
        if first == UInt8(ascii: "{") || path.hasSuffix(".json") || path.hasSuffix(".yaml") || path.hasSuffix(".yml") {
            return .topology
        }
        if isProcessArguments(bytes), bytes.prefix(4096).contains(0) { return .commandLine }
        let text = String(decoding: bytes.dropFirst(mark).prefix(1 << 14), as: UTF8.self)
        let lines = text.split(whereSeparator: \.isNewline).prefix(200)
        if VMDocument.isLikely(lines, path: path) { return .proxmox }
        if startsQEMU(lines) { return .commandLine }
        if lines.contains(where: isFunction) { return .pciList }
        return lines.count { isLogLine($0) } * 2 > lines.count ? .kernelLog : .topology
    }

    // MARK: Command lines

    private static func isProgram(_ word: Substring) -> Bool {
        let name = word.drop { "'\"(".contains($0) }.split(separator: "/").last ?? ""
        let plain = name.prefix { !"'\")".contains($0) }
        return plain.hasPrefix("qemu-system-") || ["kvm", "qemu-kvm"].contains(plain)
    }

    /// An option first, or a QEMU that is given one.
    private static func startsQEMU(_ lines: some Collection<Substring>) -> Bool {
        guard let first = lines.first(where: { !$0.allSatisfy(\.isWhitespace) && !$0.hasPrefix("#") }) else {
            return false
        }
        let start = first.split(whereSeparator: \.isWhitespace)
        if let word = start.first, word.hasPrefix("-"), word.dropFirst().first?.isLetter == true { return true }
        return lines.contains { line in
            let words = line.split(whereSeparator: \.isWhitespace)
            return words.indices.contains { index in
                isProgram(words[index])
                    && (words.indices.contains(index + 1)
                        ? isArgument(words[index + 1]) : index == 0)
            }
        }
    }

    /// An option, the end of a line that goes on, a variable of a script.
    private static func isArgument(_ word: Substring) -> Bool {
        word == "\\" || ["-", "$", "\"$"].contains { word.hasPrefix($0) }
    }

    // MARK: Hosts

    /// `00:02.0 VGA …`, `0000:00:02.0 …`.
    private static func isFunction(_ line: Substring) -> Bool {
        let word = line.prefix { !$0.isWhitespace }
        let parts = word.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), let last = parts.last, last.count == 4 else { return false }
        let tail = last.split(separator: ".", omittingEmptySubsequences: false)
        return tail.map(\.count) == [2, 1]
            && (parts.dropLast() + tail).allSatisfy { $0.allSatisfy(\.isHexDigit) && !$0.isEmpty }
            && line.count > word.count
    }

    /// `[    0.000000] …`, or a journal's `… kernel: …`.
    private static func isLogLine(_ line: Substring) -> Bool {
        if line.contains(" kernel: ") { return true }
        guard line.hasPrefix("["), let end = line.firstIndex(of: "]") else { return false }
        let time = line[line.index(after: line.startIndex)..<end].drop { $0 == " " }
        return time.contains(".") && time.allSatisfy { $0.isNumber || $0 == "." }
    }
}
