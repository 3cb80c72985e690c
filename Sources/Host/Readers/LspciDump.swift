package import BerthDiagnostics
import BerthPCI

/// Reads what `lspci` prints: hex dumps (`-x`, `-xxx`, `-xxxx`), numbers (`-n`, `-nn`), names (`-v`), in
/// any combination, with or without segments, with either kind of line end.
package enum LspciDump {
    /// Throws for text that is not such a dump, for a dump that was cut, and for a function that comes twice.
    /// Indented lines are lspci's explanations of the bytes; of them only the subsystem's ids are read.
    package static func read(_ bytes: [UInt8], file: String) throws(InputError) -> HostInventory {
        var reading = LspciReading()
        for line in try TextInput(bytes, file: file, expected: "the output of 'lspci -xxx' as text") {
            try reading.take(line)
        }
        return try reading.finish(file: file)
    }

    /// Whether a line starts a function.
    static func isHeading(_ line: TextLine) -> Bool {
        if LspciTree.node(line) != nil { return true }
        if line.bytes.starts(with: Array("Slot:".utf8)) { return true }
        guard let field = line.fields(from: line.bytes.startIndex).first, field.startIndex == line.bytes.startIndex
        else { return false }
        return LspciReading.address(field) != nil || LspciReading.isWideSegment(field)
    }
}

/// The state between two lines.
struct LspciReading {
    private struct Part {
        var address: PCIAddress
        var location: SourceLocation
        var heading: LspciHeading
        var bytes: [UInt8] = []
        var state = HostFunctionState()
    }

    /// The first function's, by which a second listing in the same text is known.
    private(set) var first: PCIAddress?
    private var record: LspciRecord?
    private var functions: [HostFunction] = []
    private var findings: [Finding] = []
    private var lines: [PCIAddress: Int] = [:]
    private var current: Part?
    private var tree = LspciTree()
    /// Bytes of a function that cannot be named; nil outside of one.
    private var skipped: Int?

    mutating func take(_ line: TextLine) throws(InputError) {
        guard let first = line.bytes.first, first != UInt8(ascii: "#"), !line.isBlank, !line.isAround else { return }
        if let node = LspciTree.node(line) { return try takeNode(node, line) }
        if TextLine.isSpace(first) {
            let text = String(decoding: line.bytes.prefix(512), as: UTF8.self)
            current?.state.take(explanation: text)
            guard let ids = LspciHeading.subsystem(Substring(text)) else { return }
            current?.heading.identity?.subsystemVendor = ids.0
            current?.heading.identity?.subsystem = ids.1
            return
        }
        let field = line.bytes.prefix { !TextLine.isSpace($0) }
        if let key = LspciRecord.Key(field) { return try takeRecord(key, line, field) }
        if field.last == UInt8(ascii: ":") {
            try takeBytes(line, name: field.dropLast())
        } else {
            try takeHeading(line, field)
        }
    }

    private mutating func takeBytes(_ line: TextLine, name: ArraySlice<UInt8>) throws(InputError) {
        // What the tool says on standard error ends up in many a file.
        if ["lspci", "pcilib"].contains(String(decoding: name.prefix(8), as: UTF8.self)) { return }
        if let known = skipped {
            skipped = known + (try LspciHexLine.read(line, name: name, known: known)).count
            return
        }
        let bytes = try LspciHexLine.read(line, name: name, known: current?.bytes.count ?? 0)
        guard current != nil else {
            throw InputError(bytesOfNobody, rule: "host-dump-syntax", at: line.location(name.startIndex))
        }
        current?.bytes += bytes
    }

    private mutating func takeHeading(_ line: TextLine, _ field: ArraySlice<UInt8>) throws(InputError) {
        close()
        let start = line.location(field.startIndex)
        guard let address = Self.address(field) else {
            guard Self.isWideSegment(field) else {
                throw InputError(notAnAddress(field), rule: "host-dump-syntax", at: start)
            }
            findings.append(Finding(.note, wideSegment(field), rule: "host-dump-segment", at: start))
            skipped = 0
            return
        }
        if let earlier = lines.updateValue(line.number, forKey: address) {
            throw InputError(twice(address, earlier), rule: "host-dump-duplicate", at: start)
        }
        let rest = String(decoding: line.bytes[field.endIndex...].prefix(1024), as: UTF8.self)
        guard let heading = LspciHeading(Substring(rest)) else {
            throw InputError(
                cutHeading(address), rule: "host-dump-syntax", at: line.location(line.bytes.endIndex))
        }
        begin(Part(address: address, location: start, heading: heading))
    }

    private mutating func begin(_ part: Part) {
        first = first ?? part.address
        current = part
    }

    /// Of `-vmm`: a line for each thing that is known.
    private mutating func takeRecord(
        _ key: LspciRecord.Key, _ line: TextLine, _ field: ArraySlice<UInt8>
    ) throws(InputError) {
        let text = String(decoding: line.bytes[field.endIndex...].prefix(1024), as: UTF8.self)
        guard key == .slot else {
            record?.take(key, Substring(text))
            current?.state.take(key, text)
            if let heading = record?.heading { current?.heading = heading }
            return
        }
        close()
        let value = line.fields(from: field.endIndex).first ?? line.bytes[line.bytes.endIndex...]
        guard let address = Self.address(value) else {
            throw InputError(notAnAddress(value), rule: "host-dump-syntax", at: line.location(value.startIndex))
        }
        if let earlier = lines.updateValue(line.number, forKey: address) {
            throw InputError(twice(address, earlier), rule: "host-dump-duplicate", at: line.location(value.startIndex))
        }
        record = LspciRecord()
        begin(
            Part(
                address: address, location: line.location(value.startIndex),
                heading: LspciHeading(record: LspciRecord())))
    }

    /// Of a tree. Classes are not in it: what is at 00:00.0 and 00:1f.0 of Intel is known by its place.
    private mutating func takeNode(_ node: LspciTree.Node, _ line: TextLine) throws(InputError) {
        close()
        guard let address = tree.address(of: node) else { return }
        let start = line.location(line.bytes.startIndex)
        if let earlier = lines.updateValue(line.number, forKey: address) {
            throw InputError(twice(address, earlier), rule: "host-dump-duplicate", at: start)
        }
        var heading = LspciHeading(node: node.name)
        if heading.identity?.vendor == 0x8086 {
            if address == HostInventory.hostBridgeAddress { heading.classCode = .hostBridge }
            if address == HostInventory.lpcAddress { heading.classCode = .isaBridge }
        }
        begin(Part(address: address, location: start, heading: heading))
    }

    private mutating func close() {
        skipped = nil
        record = nil
        guard let part = current else { return }
        current = nil
        var bytes = part.bytes
        if bytes.count >= 4, bytes.prefix(4).allSatisfy({ $0 == 0xff }) {
            findings.append(Finding(.warning, asleep(part.address), rule: "host-dump-asleep", at: part.location))
            bytes = []
        }
        if part.address == HostInventory.igdAddress, (1..<256).contains(bytes.count) {
            findings.append(Finding(.warning, short(bytes.count), rule: "host-dump-short", at: part.location))
        }
        if bytes.isEmpty, part.address == HostInventory.igdAddress, let taken = part.heading.identity?.device,
            !part.heading.alternatives.isEmpty
        {
            findings.append(
                Finding(
                    .note, severalIDs(part.heading.alternatives, taken), rule: "host-dump-name", at: part.location))
        }
        var function = HostFunction(
            address: part.address, configuration: ConfigurationSpace(bytes: bytes), identity: part.heading.identity,
            classCode: part.heading.classCode)
        function.state = part.state
        functions.append(function)
    }

    consuming func finish(file: String) throws(InputError) -> HostInventory {
        close()
        guard !functions.isEmpty else {
            throw InputError(noFunction, rule: "host-dump-no-function", at: SourceLocation(file: file))
        }
        return HostInventory(functions: functions, findings: findings)
    }

    static func address(_ field: ArraySlice<UInt8>) -> PCIAddress? {
        field.count <= 12 ? PCIAddress(String(decoding: field, as: UTF8.self)) : nil
    }

    /// A segment of five to eight digits, which Linux makes up for volume management devices.
    static func isWideSegment(_ field: ArraySlice<UInt8>) -> Bool {
        guard field.count <= 16, let colon = field.firstIndex(of: UInt8(ascii: ":")) else { return false }
        let segment = String(decoding: field[..<colon], as: UTF8.self)
        let rest = String(decoding: field[(colon + 1)...], as: UTF8.self)
        return (5...8).contains(segment.count) && segment.allSatisfy(\.isHexDigit) && PCIAddress(rest) != nil
            && rest.filter { $0 == ":" }.count == 1
    }
}

private func severalIDs(_ ids: [UInt16], _ taken: UInt16) -> String {
    let all = ids.map { Hexadecimal.plain($0, digits: 4) }.joined(separator: ", ")
    return
        "the name stands for the devices \(all), and \(Hexadecimal.plain(taken, digits: 4)) is taken; 'lspci -nn' tells"
}

extension TextLine {
    /// What a post puts around a dump.
    var isFence: Bool {
        let text = String(decoding: bytes.prefix(200), as: UTF8.self).lowercased()
        return text.hasPrefix("```") || text.hasPrefix("~~~") || text.hasPrefix("[code") || text.hasPrefix("[/code]")
            || text.hasPrefix("[spoiler") || text.hasPrefix("[/spoiler]") || text.hasPrefix("[quote")
            || text.hasPrefix("[/quote]")
    }

    /// What is copied with a dump: the prompt in front of it, the fence around it in a post.
    var isAround: Bool {
        let text = String(decoding: bytes.prefix(200), as: UTF8.self)
        return isFence
            || (text.contains("$ ") || text.contains("# ") || text.hasPrefix("sudo ") || text.hasPrefix("lspci "))
                && text.split(separator: " ").contains("lspci")
    }
}

private let noFunction =
    "no PCI function in the file; expected lines such as '00:02.0 VGA compatible controller: ...', "
    + "as 'lspci -xxx' prints them"

private let bytesOfNobody =
    "hex bytes before the first function; expected a line such as '00:02.0 VGA compatible controller: ...' above them"

private func notAnAddress(_ field: ArraySlice<UInt8>) -> String {
    "found \(quoted(field)), expected a PCI address such as '00:02.0' or '0000:00:02.0'; "
        + "give the output of 'lspci -xxx' unchanged, or start comments with '#'"
}

private func cutHeading(_ address: PCIAddress) -> String {
    "the line of \(address) ends before it says what the function is; expected ': ' and a name or "
        + "ids such as '8086:9a49'; the dump was cut, or made with 'lspci -m'"
}

private func twice(_ address: PCIAddress, _ earlier: Int) -> String {
    "\(address) comes twice, first in line \(earlier); give the dump of one machine, once"
}

private func wideSegment(_ field: ArraySlice<UInt8>) -> String {
    "\(quoted(field)) left out: its segment has more than 16 bits, which no platform's own devices have"
}

private func asleep(_ address: PCIAddress) -> String {
    "\(address) answers with ones only, so it was asleep or gone; wake it and dump it again"
}

private func short(_ count: Int) -> String {
    "the graphics device has only \(count) bytes in this dump, its registers are beyond; run 'lspci -xxx' as root"
}
