import Foundation

/// What SARIF 2.1.0 (OASIS Standard, 27 March 2020) demands of the parts of a log that we write: written from sections 3.13
/// to 3.30 of the standard, as a JSON schema of types, required members, enumerations and least values. Members that are not
/// listed are refused.
enum SARIFSchema {
    /// One line for each violation.
    static func violations(_ log: Any) throws -> [String] {
        let schema = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
        return check(log, schema, schema["definitions"] as? [String: Any] ?? [:], at: "$")
    }

    private static func check(_ value: Any, _ given: [String: Any], _ known: [String: Any], at path: String) -> [String]
    {
        var schema = given
        if let name = given["$ref"] as? String { schema = known[name] as? [String: Any] ?? [:] }
        var found: [String] = []
        if let allowed = schema["enum"] as? [String], !allowed.contains(value as? String ?? "") {
            found.append("\(path): \(value) is not one of \(allowed)")
        }
        switch schema["type"] as? String {
        case "string": if !(value is String) { found.append("\(path): not a string") }
        case "integer":
            let least = schema["minimum"] as? Int ?? .min
            if (value as? Int).map({ $0 < least }) ?? true { found.append("\(path): not an integer from \(least)") }
        case "array":
            guard let list = value as? [Any] else { return ["\(path): not an array"] }
            if list.count < schema["minItems"] as? Int ?? 0 { found.append("\(path): too few items") }
            for (index, item) in list.enumerated() {
                found += check(item, schema["items"] as? [String: Any] ?? [:], known, at: "\(path)[\(index)]")
            }
        case "object":
            guard let object = value as? [String: Any] else { return ["\(path): not an object"] }
            let members = schema["properties"] as? [String: Any] ?? [:]
            for name in schema["required"] as? [String] ?? [] where object[name] == nil {
                found.append("\(path): \(name) is missing")
            }
            for (name, member) in object.sorted(by: { $0.key < $1.key }) {
                if let inner = members[name] as? [String: Any] {
                    found += check(member, inner, known, at: "\(path).\(name)")
                } else if schema["additionalProperties"] as? Bool != true {
                    found.append("\(path): \(name) is not known")
                }
            }
        default: break
        }
        return found
    }

    private static let text = """
        {"type": "object", "required": ["version", "runs"], "properties": {
          "$schema": {"type": "string"}, "version": {"enum": ["2.1.0"]},
          "runs": {"type": "array", "items": {"$ref": "run"}}},
         "definitions": {
          "run": {"type": "object", "required": ["tool"], "properties": {
            "tool": {"type": "object", "required": ["driver"], "properties": {"driver": {"$ref": "component"}}},
            "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
            "artifacts": {"type": "array", "items": {"type": "object", "properties": {"location": {"$ref": "artifact"}}}},
            "results": {"type": "array", "items": {"$ref": "result"}}}},
          "component": {"type": "object", "required": ["name"], "properties": {
            "name": {"type": "string"}, "version": {"type": "string"},
            "rules": {"type": "array", "items": {"$ref": "rule"}}}},
          "rule": {"type": "object", "required": ["id"], "properties": {
            "id": {"type": "string"}, "shortDescription": {"$ref": "message"}, "fullDescription": {"$ref": "message"}}},
          "message": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}},
          "artifact": {"type": "object", "properties": {
            "uri": {"type": "string"}, "index": {"type": "integer", "minimum": 0}}},
          "result": {"type": "object", "required": ["message"], "properties": {
            "ruleId": {"type": "string"}, "ruleIndex": {"type": "integer", "minimum": 0},
            "level": {"enum": ["none", "note", "warning", "error"]}, "message": {"$ref": "message"},
            "locations": {"type": "array", "items": {"$ref": "location"}},
            "properties": {"type": "object", "additionalProperties": true}}},
          "location": {"type": "object", "properties": {"physicalLocation": {"type": "object",
            "required": ["artifactLocation"], "properties": {
              "artifactLocation": {"$ref": "artifact"}, "region": {"$ref": "region"}}}}},
          "region": {"type": "object", "required": ["startLine"], "properties": {
            "startLine": {"type": "integer", "minimum": 1}, "startColumn": {"type": "integer", "minimum": 1},
            "snippet": {"$ref": "message"}}}}}
        """
}
