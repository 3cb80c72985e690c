import BerthDiagnostics
import BerthLibvirtDomain
import BerthTopology
import BerthXML

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// An option of `<qemu:commandline>` with its value.
struct CommandLineOption: Sendable {
    /// Without dashes.
    var name: String
    /// Empty for an option that has no value.
    var text: String
    /// The element of the value, or of the option.
    var element: XMLElement

    static func all(in words: [QEMUPassthrough.Word]) -> [CommandLineOption] {
        var options: [CommandLineOption] = []
        for word in words {
            if word.text.hasPrefix("-"), word.text.count > 1 {
                options.append(
                    CommandLineOption(name: String(word.text.drop { $0 == "-" }), text: "", element: word.element))
            } else if let last = options.last, last.text.isEmpty {
                options[options.count - 1].text = word.text
                options[options.count - 1].element = word.element
            }
        }
        return options
    }
}

/// The value of a `-device` or `-object`, in option style or JSON.
struct CommandLineDevice: Sendable {
    let text: String
    let element: XMLElement
    private let pairs: [(key: String, value: String)]
    /// Of the values in JSON; nothing of those in option style, which are text.
    private let kinds: [String: PropertyKind]

    init(text: String, element: XMLElement) {
        self.text = text
        self.element = element
        let members = text.hasPrefix("{") ? Self.parseJSON(text) : nil
        pairs = members.map { $0.map { ($0.key, $0.value.text) } } ?? Self.parseOption(text)
        kinds = Dictionary((members ?? []).map { ($0.key, $0.value.kind) }) { $1 }
    }

    /// What a property's value is in JSON; nil in option style.
    func kind(of name: String) -> PropertyKind? { kinds[name] }

    /// Of all properties, the driver's among them.
    var names: [String] { pairs.map(\.key) }

    subscript(_ key: String) -> String? { pairs.last { $0.key == key }?.value }

    /// Members with one value, by name.
    private static func parseJSON(_ text: String) -> [(key: String, value: (text: String, kind: PropertyKind))] {
        guard let object = try? JSONDecoder().decode([String: JSONScalar].self, from: Data(text.utf8)) else {
            return []
        }
        return object.sorted { $0.key < $1.key }.compactMap { key, value in value.value.map { (key, $0) } }
    }

    /// `driver,key=value`; two commas are one of the value, a key alone is on.
    private static func parseOption(_ text: String) -> [(key: String, value: String)] {
        let marked = text.replacing(",,", with: "\u{0}")
        return marked.split(separator: ",").enumerated().map { index, part in
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                .map { $0.replacing("\u{0}", with: ",") }
            if sides.count == 2 { return (String(sides[0]), String(sides[1])) }
            return index == 0 ? ("driver", String(sides[0])) : (String(sides[0]), "on")
        }
    }

    /// The same in JSON, values as strings where they are no number and no switch.
    var json: String {
        JSONText.object(
            pairs.map { key, value in
                if let flag = ["on": "true", "off": "false"][value] { return (name: key, value: flag) }
                let isNumber = !value.isEmpty && value.utf8.count < 10 && value.allSatisfy { $0.isASCII && $0.isNumber }
                return (name: key, value: isNumber && key != "addr" ? value : JSONText.string(value))
            })
    }

    /// Whether it is a PCI function.
    var takesSlot: Bool { self["driver"].map { !SlotlessModels.has($0) } ?? true }

    /// Where it is on a bus that libvirt numbers; nil without an address, and for what is no PCI function.
    var address: DomainPCIAddress? {
        guard takesSlot else { return nil }
        let bus: Int
        switch self["bus"] {
        case "pcie.0", "pci.0", "pci", nil: bus = 0
        case let name?:
            guard name.hasPrefix("pci."), let number = Int(name.dropFirst(4)) else { return nil }
            bus = number
        }
        guard let (slot, function) = self["addr"].flatMap(Self.place) else { return nil }
        return DomainPCIAddress(bus: bus, slot: slot, function: function)
    }

    /// `0x3.1`, as QEMU reads addr=: hexadecimal, with or without a function. Nil for what no bus has.
    static func place(_ text: String) -> (slot: Int, function: Int)? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { part in
            Int(part.hasPrefix("0x") ? String(part.dropFirst(2)) : String(part), radix: 16)
        }
        guard let slot = parts.first ?? nil, (0...31).contains(slot), parts.count <= 2 else { return nil }
        guard let function = parts.count == 2 ? parts[1] : 0, (0...7).contains(function) else { return nil }
        return (slot, function)
    }
}

/// Strings, numbers and switches of JSON as option syntax writes them; nil for the rest.
private struct JSONScalar: Decodable {
    var value: (text: String, kind: PropertyKind)?

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let string = try? container.decode(String.self) {
            value = (string, .text)
        } else if let flag = try? container.decode(Bool.self) {
            value = (flag ? "on" : "off", .bool)
        } else if let number = try? container.decode(UInt64.self) {
            value = ("\(number)", .number)
        } else if let number = try? container.decode(Int64.self) {
            value = ("\(number)", .number)
        }
    }
}

/// Sizes of QEMU options: a number with K, M, G or T; without one, bytes.
enum SizeText {
    static func bytes(_ text: String) -> UInt64? {
        let shifts: [Character: UInt64] = ["b": 0, "k": 10, "m": 20, "g": 30, "t": 40]
        let last = text.last.flatMap { shifts[Character($0.lowercased())] }
        let digits = last == nil ? text : String(text.dropLast())
        let value = digits.hasPrefix("0x") ? UInt64(digits.dropFirst(2), radix: 16) : UInt64(digits)
        guard let value else { return nil }
        let (product, overflow) = value.multipliedReportingOverflow(by: 1 << (last ?? 0))
        return overflow ? nil : product
    }

    /// In KiB where that is a whole number.
    static func nextPowerOfTwo(_ size: UInt64) -> String {
        guard size > 1, size <= 1 << 62 else { return "4K" }
        let next = UInt64(1) << UInt64(64 - (size - 1).leadingZeroBitCount)
        return next.isMultiple(of: 1024) ? "\(next >> 10)K" : "\(next)"
    }
}
