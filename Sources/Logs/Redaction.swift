/// Takes out of a text what tells whose machine it is: UUIDs, MAC addresses, serial numbers and names.
///
/// The same thing becomes the same thing wherever it stands, so that what refers to it still does.
package struct Redaction: Sendable {
    private var known: [String: String] = [:]
    private var counts: [String: Int] = [:]
    /// Names of guests and of the machine, the longest first, with what stands for them.
    private var names: [(name: String, replacement: String)] = []

    package init() {}

    /// From now on another name stands for this one. Short ones stay: they would be found within words.
    package mutating func hide(_ name: String, as kind: String) {
        guard name.utf8.count > 2, !names.contains(where: { $0.name == name }) else { return }
        counts[kind, default: 0] += 1
        names.append((name, "\(kind)-\(counts[kind] ?? 1)"))
        names.sort { $0.name.utf8.count > $1.name.utf8.count }
    }

    package mutating func redacted(_ text: String) -> String {
        var lines: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            lines.append(redactedLine(String(line)))
        }
        return lines.joined(separator: "\n")
    }

    private mutating func redactedLine(_ line: String) -> String {
        var result = serials(line)
        for (name, replacement) in names { result = Self.replacing(name, by: replacement, in: result) }
        return identifiers(result)
    }

    // MARK: Identifiers

    /// UUIDs and MAC addresses, each by its digits.
    private mutating func identifiers(_ line: String) -> String {
        let bytes = Array(line.utf8)
        var result: [UInt8] = []
        var place = 0
        while place < bytes.count {
            let isStart = place == 0 || !Self.isWord(bytes[place - 1])
            if isStart, let end = Self.uuid(bytes, place) {
                let text = String(decoding: bytes[place..<end], as: UTF8.self)
                result += number(text, "uuid") { "00000000-0000-0000-0000-\(Self.padded($0, 12))" }.utf8
                place = end
            } else if isStart, let end = Self.mac(bytes, place) {
                let text = String(decoding: bytes[place..<end], as: UTF8.self)
                result += number(text, "mac") { "02:00:00:00:00:\(Self.padded($0 % 256, 2))" }.utf8
                place = end
            } else {
                result.append(bytes[place])
                place += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private mutating func number(_ text: String, _ kind: String, _ make: (Int) -> String) -> String {
        let key = kind + text.lowercased()
        if let known = known[key] { return known }
        counts[kind, default: 0] += 1
        let made = make(counts[kind] ?? 1)
        known[key] = made
        return made
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }

    private static func uuid(_ bytes: [UInt8], _ start: Int) -> Int? {
        groups(bytes, start, [8, 4, 4, 4, 12], separator: 0x2d)
    }

    private static func mac(_ bytes: [UInt8], _ start: Int) -> Int? {
        groups(bytes, start, [2, 2, 2, 2, 2, 2], separator: 0x3a)
    }

    /// Groups of hexadecimal digits, with nothing of a word behind the last.
    private static func groups(_ bytes: [UInt8], _ start: Int, _ sizes: [Int], separator: UInt8) -> Int? {
        var place = start
        for (index, size) in sizes.enumerated() {
            if index > 0 {
                guard place < bytes.count, bytes[place] == separator else { return nil }
                place += 1
            }
            guard place + size <= bytes.count, bytes[place..<(place + size)].allSatisfy(isDigit) else { return nil }
            place += size
        }
        if place < bytes.count, isWord(bytes[place]) || bytes[place] == separator { return nil }
        return place
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte) || byte == 0x5f
    }

    // MARK: Serial numbers

    /// What stands behind these words: of XML, of lspci, of options and of a firmware's tables.
    private static let markers = [
        "<serial>", "name='serial'>", "name=\"serial\">", "Device Serial Number ", "serial=", "Serial Number: ",
        "SerialNo: ", "SerialNumber: ",
    ]

    private func serials(_ line: String) -> String {
        var result = line
        for marker in Self.markers {
            guard let found = Self.range(of: marker, in: result) else { continue }
            let rest = result[found.upperBound...]
            let end = rest.firstIndex { "<,;\"' ".contains($0) } ?? rest.endIndex
            guard end > found.upperBound else { continue }
            result = String(result[..<found.upperBound]) + "REDACTED" + String(result[end...])
        }
        return result
    }

    // MARK: Names

    /// A name as a word of its own.
    private static func replacing(_ name: String, by replacement: String, in line: String) -> String {
        var result = ""
        var rest = Substring(line)
        while let found = range(of: name, in: rest) {
            let before = found.lowerBound > rest.startIndex ? rest[rest.index(before: found.lowerBound)] : " "
            let after = found.upperBound < rest.endIndex ? rest[found.upperBound] : " "
            let isWord = !(before.isLetter || before.isNumber) && !(after.isLetter || after.isNumber)
            result += rest[..<found.lowerBound] + (isWord ? replacement : name)
            rest = rest[found.upperBound...]
        }
        return result + rest
    }

    private static func range(of word: String, in text: some StringProtocol) -> Range<String.Index>? {
        guard let first = word.first else { return nil }
        var start = text.startIndex
        while let place = text[start...].firstIndex(of: first) {
            if text[place...].hasPrefix(word) {
                return place..<text.index(place, offsetBy: word.count)
            }
            start = text.index(after: place)
        }
        return nil
    }
}
