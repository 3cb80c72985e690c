import BerthDiagnostics
import BerthTopology

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// One `-device`, in option form or as JSON.
struct DeviceArgument {
    var driver: String
    var properties: [Property]
    var isJSON: Bool
    /// Number of the argument on the command line, from 1.
    var position: Int

    subscript(_ name: String) -> String? { properties.last { $0.name == name }?.value.description }

    init(_ text: String, position: Int, at location: SourceLocation) throws(InputError) {
        self.position = position
        isJSON = text.hasPrefix("{")
        properties = []
        driver = ""
        if isJSON {
            let object = try JSONObject.read(text, option: "-device", at: location)
            for key in object.keys.sorted() {
                guard let value = object[key] else { continue }
                if key == "driver" { driver = value.description } else { properties.append(Property(key, value)) }
            }
        } else {
            let options = OptionString(text)
            driver = options.implied ?? options["driver"] ?? ""
            properties = options.pairs.filter { $0.key != "driver" }.map { Property($0.key, .text($0.value)) }
        }
        if driver.isEmpty {
            throw InputError(
                "-device: parameter 'driver' is missing in '\(text.prefix(60))'", rule: "qemu-device", at: location)
        }
    }
}

/// One `-object`, in option form or as JSON.
struct ObjectArgument {
    let kind: String
    private let values: [String: String]

    init(_ text: String, at location: SourceLocation) throws(InputError) {
        if text.hasPrefix("{") {
            values = try JSONObject.read(text, option: "-object", at: location).mapValues(\.description)
            kind = values["qom-type"] ?? ""
        } else {
            let options = OptionString(text)
            values = Dictionary(options.pairs.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
            kind = options.implied ?? options["qom-type"] ?? ""
        }
    }

    subscript(_ key: String) -> String? { values[key] }
}

/// A JSON object of plain values; lists and objects inside it do not matter here and are left out.
enum JSONObject {
    static func read(
        _ text: String, option: String, at location: SourceLocation
    ) throws(InputError) -> [String: PropertyValue] {
        do {
            return try JSONDecoder().decode([String: JSONScalar].self, from: Data(text.utf8)).compactMapValues(\.value)
        } catch {
            throw InputError(
                "\(option): '\(text.prefix(60))' is not a JSON object", rule: "qemu-device", at: location)
        }
    }
}

/// A JSON value without structure.
private struct JSONScalar: Decodable {
    /// Nil for a list or an object.
    var value: PropertyValue?

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
            value = .bool(flag)
        } else if let number = try? container.decode(UInt64.self) {
            value = .number(number)
        } else if let number = try? container.decode(Int64.self) {
            value = .text("\(number)")
        } else {
            value = (try? container.decode(String.self)).map { .text($0) }
        }
    }
}

/// QEMU's slot syntax: hexadecimal `slot[.function]`.
///
/// Source: `set_pci_devfn` in hw/core/qdev-properties-system.c @ QEMU 7.2.
enum SlotSyntax {
    static func devfn(_ text: String) -> UInt8? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let slot = hexadecimal(parts[0]), slot < 32 else { return nil }
        guard parts.count == 2 else { return slot << 3 }
        guard let function = hexadecimal(parts[1]), function < 8 else { return nil }
        return slot << 3 | function
    }

    private static func hexadecimal(_ text: Substring) -> UInt8? {
        let digits = text.hasPrefix("0x") ? text.dropFirst(2) : text
        return digits.allSatisfy(\.isHexDigit) ? UInt8(digits, radix: 16) : nil
    }
}
