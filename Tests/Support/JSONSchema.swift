import Foundation

/// Judges a document by a JSON Schema, as far as ours go: `type`, `properties`, `required`, `additionalProperties: false`, `items`, `enum`,
/// `anyOf`.
package struct JSONSchema {
    private let root: Any

    package init(_ text: String) throws { root = try JSONSerialization.jsonObject(with: Data(text.utf8)) }

    /// What does not fit, with the place: `/plan/0/size: "x" is no integer`. Empty for a document that fits.
    package func violations(of text: String) throws -> [String] {
        let value = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
        return Self.check(value, root as? [String: Any] ?? [:], "")
    }

    private static func check(_ value: Any, _ schema: [String: Any], _ place: String) -> [String] {
        let known: Set = [
            "$schema", "title", "description", "type", "properties", "required", "additionalProperties", "items",
            "enum", "anyOf",
        ]
        let unknown = Set(schema.keys).subtracting(known)
        if !unknown.isEmpty { return ["\(place): the schema has \(unknown.sorted()), which nobody checks"] }
        if let choices = schema["anyOf"] as? [[String: Any]] {
            return choices.contains { check(value, $0, place).isEmpty }
                ? [] : ["\(place): fits none of \(choices.count)"]
        }
        if let type = schema["type"] as? String, !has(value, type) { return ["\(place): \(value) is no \(type)"] }
        if let allowed = schema["enum"] as? [String], let text = value as? String, !allowed.contains(text) {
            return ["\(place): '\(text)' is none of \(allowed)"]
        }
        var found: [String] = []
        if let object = value as? [String: Any] {
            let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
            for name in schema["required"] as? [String] ?? [] where object[name] == nil {
                found.append("\(place): '\(name)' is missing")
            }
            for (name, member) in object.sorted(by: { $0.key < $1.key }) {
                if let own = properties[name] {
                    found += check(member, own, "\(place)/\(name)")
                } else if let rest = schema["additionalProperties"] as? [String: Any] {
                    found += check(member, rest, "\(place)/\(name)")
                } else if schema["additionalProperties"] as? Bool == false {
                    found.append("\(place): '\(name)' is not known")
                }
            }
        }
        if let list = value as? [Any], let items = schema["items"] as? [String: Any] {
            for (index, item) in list.enumerated() { found += check(item, items, "\(place)/\(index)") }
        }
        return found
    }

    private static func has(_ value: Any, _ type: String) -> Bool {
        let number = value as? NSNumber
        let isBool = number.map(isBoolean) ?? false
        switch type {
        case "object": return value is [String: Any]
        case "array": return value is [Any]
        case "string": return value is String
        case "boolean": return isBool
        case "integer": return number != nil && !isBool && (number?.doubleValue.rounded() == number?.doubleValue)
        case "number": return number != nil && !isBool
        case "null": return value is NSNull
        default: return false
        }
    }

    /// Foundation reads `true` as a number, too.
    private static func isBoolean(_ number: NSNumber) -> Bool {
        String(cString: number.objCType) == "c"
    }
}
