import BerthDiagnostics
import BerthPCI

/// What a kernel's log says of its host: which functions there are, where graphics stolen memory is, how wide the IOMMU is, and the
/// configuration space of each function where it was started with `pci=earlydump`.
///
/// Source: `intel_graphics_stolen` in arch/x86/kernel/early-quirks.c, `dmar_table_print_dmar_entry` and `parse_dmar_table` in
/// drivers/iommu/intel/dmar.c, `pci_setup_device` and `early_dump_pci_device` in drivers/pci/probe.c @ Linux 6.12; words of 3.x too.
struct KernelLog {
    private var functions: [HostFunction] = []
    private var stolen: HostRange?
    private var reserved: [HostRange] = []
    private var addressWidth: Int?
    private var dumped: (address: PCIAddress, bytes: [UInt8])?

    /// The message of a line, without the time and the name in front; nil for a line of no log.
    static func message(_ line: TextLine) -> ArraySlice<UInt8>? {
        var text = line.bytes.drop { TextLine.isSpace($0) }
        if text.first == UInt8(ascii: "<"), let end = text.firstIndex(of: UInt8(ascii: ">")), end - text.startIndex <= 3
        {
            text = text[(end + 1)...]
        }
        if text.first == UInt8(ascii: "["), let end = text.firstIndex(of: UInt8(ascii: "]")) {
            let time = text[(text.startIndex + 1)..<end].drop { TextLine.isSpace($0) }
            guard isTime(time) else { return nil }
            let rest = text[(end + 1)...]
            return rest.first.map(TextLine.isSpace) == true ? rest.dropFirst() : rest
        }
        if let mark = String(decoding: text.prefix(200), as: UTF8.self).firstRange(of: " kernel: ") {
            let prefix = String(decoding: text.prefix(200), as: UTF8.self)[..<mark.upperBound].utf8.count
            return text.dropFirst(prefix)
        }
        return starts.contains { text.starts(with: Array($0.utf8)) } ? text : nil
    }

    /// As messages begin that are copied without a time.
    private static let starts = [
        "DMAR: ", "dmar: ", "Reserving Intel graphics", "pci 0000:", "pci_bus 0000:", "BIOS-e820: ", "i915 0000:",
        "xe 0000:",
        "Command line: ", "Linux version ", "ACPI: ",
    ]

    /// `0.000000`, `Mon Nov 25 08:00:01 2024`.
    private static func isTime(_ text: ArraySlice<UInt8>) -> Bool {
        let words = String(decoding: text.prefix(40), as: UTF8.self).split(separator: " ")
        if words.count == 1 { return words[0].contains(".") && words[0].allSatisfy { $0.isNumber || $0 == "." } }
        return words.count == 5 && words[3].filter { $0 == ":" }.count == 2 && words[4].allSatisfy(\.isNumber)
    }

    /// Errors: two places of stolen memory; a dump of configuration space that is damaged.
    mutating func take(_ line: TextLine, _ message: ArraySlice<UInt8>) throws(InputError) {
        let text = String(decoding: message.prefix(400), as: UTF8.self)
        if let dumped, try takeBytes(line, message, known: dumped.bytes.count) { return }
        close()
        if let at = text.firstRange(of: "Reserving Intel graphics") {
            try takeStolen(text[at.upperBound...], line, message)
        } else if let at = text.firstRange(of: "Host address width ") {
            addressWidth = addressWidth ?? Int(text[at.upperBound...].prefix { $0.isNumber })
        } else if let at = text.firstRange(of: "RMRR base: ") {
            if let range = Self.range(text[at.lowerBound...]) { reserved.append(range) }
        } else if text.hasPrefix("pci ") {
            takeFunction(text.dropFirst("pci ".count))
        }
    }

    mutating func close() {
        if let (address, bytes) = dumped {
            functions.append(HostFunction(address: address, configuration: ConfigurationSpace(bytes: bytes)))
        }
        dumped = nil
    }

    consuming func finish() throws(InputError) -> HostInventory {
        close()
        var whole = HostInventory(
            functions: [], stolenRange: stolen, reservations: reserved.map { HostReservation(range: $0) },
            addressWidth: addressWidth.flatMap { (32...64).contains($0) ? $0 : nil })
        // A function is announced, and dumped: both say what it is.
        for function in functions { whole = try whole.merging(HostInventory(functions: [function])) }
        return whole
    }

    private mutating func takeStolen(
        _ text: Substring, _ line: TextLine, _ message: ArraySlice<UInt8>
    ) throws(InputError) {
        guard let range = Self.range(text) else { return }
        if let stolen, stolen != range {
            throw InputError(
                "the log has graphics stolen memory at \(stolen) and at \(range); give the log of one start",
                rule: "host-log-twice", at: line.location(message.startIndex))
        }
        stolen = range
    }

    /// `[mem 0x7c800000-0x807fffff]`, `0x7c800000-0x807fffff`, `base: 0x… end: 0x…`.
    private static func range(_ text: Substring) -> HostRange? {
        let numbers = text.split { !($0.isHexDigit || $0 == "x") }.filter { $0.hasPrefix("0x") }.compactMap {
            UInt64($0.dropFirst(2), radix: 16)
        }
        guard numbers.count >= 2 else { return nil }
        return HostRange(first: HostPhysicalAddress(numbers[0]), last: HostPhysicalAddress(numbers[1]))
    }

    /// `0000:00:02.0: [8086:46d1] type 00 class 0x030000`, `0000:00:02.0: config space:`.
    private mutating func takeFunction(_ text: Substring) {
        let name = text.prefix { $0 != " " }
        guard let address = PCIAddress(String(name.last == ":" ? name.dropLast() : name)) else { return }
        let rest = text.dropFirst(name.count)
        if rest.hasPrefix(" config space:") {
            dumped = (address, [])
            return
        }
        guard rest.hasPrefix(" ["), let end = rest.firstIndex(of: "]") else { return }
        let ids = rest[..<end].dropFirst(2).split(separator: ":", omittingEmptySubsequences: false)
        guard ids.count == 2, ids.allSatisfy({ $0.count == 4 }), let vendor = UInt16(ids[0], radix: 16),
            let device = UInt16(ids[1], radix: 16),
            !functions.contains(where: { $0.address == address && $0.identity != nil })
        else { return }
        let code = rest.firstRange(of: "class 0x").flatMap { UInt32(rest[$0.upperBound...].prefix(6), radix: 16) }
        functions.append(
            HostFunction(
                address: address, identity: FunctionIdentity(vendor: vendor, device: device),
                classCode: code.map { ClassCode(rawValue: $0) }))
    }

    /// A line of 16 bytes behind `config space:`; false where the dump is over.
    private mutating func takeBytes(
        _ line: TextLine, _ message: ArraySlice<UInt8>, known: Int
    ) throws(InputError) -> Bool {
        let inner = message.drop { TextLine.isSpace($0) }
        let field = inner.prefix { !TextLine.isSpace($0) }
        guard field.last == UInt8(ascii: ":"),
            field.dropLast().allSatisfy({
                UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0
            })
        else { return false }
        let part = TextLine(file: line.file, number: line.number, bytes: inner)
        dumped?.bytes += try LspciHexLine.read(part, name: field.dropLast(), known: known)
        return true
    }
}
