import BerthDiagnostics
import BerthTopology

/// QEMU's `key=value,key=value` syntax; a comma inside a value is written twice.
///
/// Source: `opts_parse` in util/qemu-option.c @ QEMU 7.2: a first part without `=` belongs to the option's
/// implied key; a later one without `=` is a switch, off when it starts with `no`.
struct OptionString {
    /// The first part, when it has no `=`.
    var implied: String?
    var pairs: [(key: String, value: String)]

    init(_ text: String) {
        var parts: [String] = [""]
        var characters = text.makeIterator()
        var pending = characters.next()
        while let character = pending {
            pending = characters.next()
            if character == "," {
                if pending == "," {
                    parts[parts.count - 1].append(",")
                    pending = characters.next()
                } else {
                    parts.append("")
                }
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        pairs = []
        for (index, part) in parts.enumerated() {
            if let equals = part.firstIndex(of: "=") {
                pairs.append((String(part[..<equals]), String(part[part.index(after: equals)...])))
            } else if index == 0 {
                implied = part.isEmpty ? nil : part
            } else if part.hasPrefix("no"), part.count > 2 {
                pairs.append((String(part.dropFirst(2)), "off"))
            } else if !part.isEmpty {
                pairs.append((part, "on"))
            }
        }
    }

    subscript(_ key: String) -> String? { pairs.last { $0.key == key }?.value }
}
