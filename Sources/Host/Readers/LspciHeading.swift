import BerthPCI

/// The line with which `lspci` starts a function, after the address.
///
/// `0300: 8086:9a49 (rev 01)` with `-n`, `VGA compatible controller [0300]: ... [8086:9a49]` with `-nn`,
/// names only without either; a device that lspci has no name for is called `Device a788` then.
struct LspciHeading {
    var classCode: ClassCode?
    var identity: FunctionIdentity?
    /// The device ids that the name stands for, where it stands for several; the first is in `identity`.
    private(set) var alternatives: [UInt16] = []

    /// Nil if the text breaks off before it says what the function is.
    init?(_ text: Substring) {
        if Self.trimmed(text).hasPrefix("\"") {
            guard let record = LspciRecord(machine: Self.trimmed(text)) else { return nil }
            self = LspciHeading(record: record)
            return
        }
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let name = Self.trimmed(text[..<colon])
        let rest = Self.trimmed(text[text.index(after: colon)...])
        let number = name.hasPrefix("Class ") ? name.dropFirst(6) : name
        let revision = Self.number(rest, after: "(rev ").flatMap { UInt8(exactly: $0) }
        let interface = Self.number(rest, after: "(prog-if ").flatMap { UInt8(exactly: $0) } ?? 0

        if let code = Self.hexadecimal(number) {
            // Only numbers follow a number; anything else is a line that was cut.
            guard let ids = Self.pair(rest.prefix { $0 != " " }) else { return nil }
            classCode = ClassCode(base: UInt8(code >> 8), sub: UInt8(code & 0xff), interface: interface)
            // lspci leaves a revision of 0 out.
            identity = FunctionIdentity(vendor: ids.0, device: ids.1, revision: revision ?? 0)
        } else if let code = Self.bracketed(name).last.flatMap(Self.hexadecimal) {
            classCode = ClassCode(base: UInt8(code >> 8), sub: UInt8(code & 0xff), interface: interface)
            identity = Self.bracketed(rest).last(where: { Self.pair($0) != nil }).flatMap(Self.pair)
                .map { FunctionIdentity(vendor: $0.0, device: $0.1, revision: revision ?? 0) }
        } else {
            classCode = Self.classes[String(name)]
            lookUp(rest, revision)
        }
    }

    /// A node of the tree that `lspci -t` draws: a name, with numbers behind it where there is `-nn`, or numbers alone.
    init(node text: Substring) {
        let rest = Self.trimmed(text)
        let ids = Self.pair(rest) ?? Self.bracketed(rest).last(where: { Self.pair($0) != nil }).flatMap(Self.pair)
        if let ids { identity = FunctionIdentity(vendor: ids.0, device: ids.1) } else { lookUp(rest, nil) }
    }

    /// What `-mm` and `-vmm` say of a function, in names, numbers, or both.
    init(record: LspciRecord) {
        let code =
            Self.hexadecimal(record.className[...])
            ?? Self.bracketed(record.className[...]).last.flatMap(Self.hexadecimal)
        classCode =
            code.map { ClassCode(base: UInt8($0 >> 8), sub: UInt8($0 & 0xff), interface: record.interface ?? 0) }
            ?? Self.classes[record.className]
        func number(_ text: String) -> UInt16? {
            Self.hexadecimal(text[...]) ?? Self.bracketed(text[...]).last.flatMap(Self.hexadecimal)
        }
        if let vendor = number(record.vendor), let device = number(record.device) {
            identity = FunctionIdentity(
                vendor: vendor, device: device, revision: record.revision ?? 0,
                subsystemVendor: number(record.subsystemVendor), subsystem: number(record.subsystem))
        } else {
            lookUp("\(record.vendor) \(record.device)", record.revision)
        }
    }

    /// Looks names up, as far as they are Intel's.
    private mutating func lookUp(_ text: Substring, _ revision: UInt8?) {
        let vendor = "Intel Corporation "
        guard text.hasPrefix(vendor) else { return }
        let end =
            ["(rev ", "(prog-if "].compactMap { text.firstRange(of: " \($0)")?.lowerBound }.min() ?? text.endIndex
        let device = Self.trimmed(text[..<end].dropFirst(vendor.count))
        let plain = device.hasPrefix("Device ") ? Self.hexadecimal(device.dropFirst(7)) : nil
        let ids = plain.map { [$0] } ?? GraphicsNames.ids(device)
        guard let first = ids.first else { return }
        identity = FunctionIdentity(vendor: 0x8086, device: first, revision: revision)
        if ids.count > 1 { alternatives = ids }
    }

    /// The two numbers of a line `Subsystem: 8086:2212` or `Subsystem: Name [8086:2212]`.
    static func subsystem(_ line: Substring) -> (UInt16, UInt16)? {
        let text = trimmed(line)
        guard text.hasPrefix("Subsystem:") else { return nil }
        let rest = trimmed(text.dropFirst(10))
        return pair(rest) ?? bracketed(rest).last.flatMap(pair)
    }

    /// lspci's names for the classes that matter here (`pci.ids`).
    private static let classes: [String: ClassCode] = [
        "VGA compatible controller": .vga, "Display controller": .otherDisplay, "Host bridge": .hostBridge,
        "ISA bridge": .isaBridge, "PCI bridge": .pciBridge,
    ]

    private static func trimmed(_ text: Substring) -> Substring {
        let start = text.drop { $0 == " " || $0 == "\t" }
        guard let last = start.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return start.prefix(0) }
        return start[...last]
    }

    /// Exactly four digits.
    private static func hexadecimal(_ text: Substring) -> UInt16? {
        guard text.utf8.count == 4, text.allSatisfy(\.isHexDigit) else { return nil }
        return UInt16(text, radix: 16)
    }

    private static func pair(_ text: Substring) -> (UInt16, UInt16)? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let first = hexadecimal(parts[0]), let second = hexadecimal(parts[1]) else {
            return nil
        }
        return (first, second)
    }

    /// What stands in square brackets, from left to right.
    private static func bracketed(_ text: Substring) -> [Substring] {
        text.split(separator: "[").dropFirst(text.hasPrefix("[") ? 0 : 1).compactMap { part in
            part.firstIndex(of: "]").map { part[..<$0] }
        }
    }

    private static func number(_ text: Substring, after key: String) -> UInt16? {
        guard let range = text.firstRange(of: key) else { return nil }
        return UInt16(text[range.upperBound...].prefix { $0.isHexDigit }, radix: 16)
    }
}
