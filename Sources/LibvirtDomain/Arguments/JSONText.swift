package import BerthTopology

/// A flat JSON object with its members in the order given, as QEMU's `-device` and `-object` take it.
package enum JSONText {
    package static func object(_ members: [Property]) -> String {
        "{" + members.map { "\(string($0.name)):\(value($0.value))" }.joined(separator: ",") + "}"
    }

    private static func value(_ value: PropertyValue) -> String {
        switch value {
        case .bool(let isOn): isOn ? "true" : "false"
        case .number(let number): "\(number)"
        case .text(let text): string(text)
        }
    }

    /// RFC 8259 §7.
    package static func string(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
