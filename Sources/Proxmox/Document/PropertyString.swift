/// Proxmox' `value,key=value` syntax: the first part without a key belongs to the format's default key.
///
/// Source: `parse_property_string` in PVE/JSONSchema.pm of pve-common.
package struct PropertyString: Hashable, Sendable {
    package private(set) var pairs: [Pair]

    package struct Pair: Hashable, Sendable {
        package var key: String
        package var value: String
    }

    /// What is wrong with a text, in pve-common's words.
    struct Problem: Error, Hashable { var message: String }

    /// Errors: a key twice, or a part without a key that is not the only one.
    init(_ text: String, defaultKey: String) throws(Problem) {
        pairs = []
        var usedDefault = false
        for part in text.split(separator: ",") {
            let part = part.trimmingWhitespace
            if part.isEmpty { continue }
            let key: String
            let value: String
            if let equals = part.firstIndex(of: "="), LineReader.isPropertyKey(part[..<equals]) {
                key = String(part[..<equals])
                value = String(part[part.index(after: equals)...])
            } else {
                guard !usedDefault else {
                    throw Problem(message: "value without key, but schema does not define a default key")
                }
                usedDefault = true
                key = defaultKey
                value = String(part)
            }
            guard !pairs.contains(where: { $0.key == key }) else {
                throw Problem(message: "duplicate key in comma-separated list property: \(key)")
            }
            pairs.append(Pair(key: key, value: value))
        }
    }

    package subscript(_ key: String) -> String? {
        get { pairs.first { $0.key == key }?.value }
        set {
            let index = pairs.firstIndex { $0.key == key }
            switch (index, newValue) {
            case (let index?, let value?): pairs[index].value = value
            case (let index?, nil): pairs.remove(at: index)
            case (nil, let value?): pairs.append(Pair(key: key, value: value))
            case (nil, nil): break
            }
        }
    }

    /// `1`, `on`, `yes` and `true`, as `parse_boolean` of PVE/JSONSchema.pm takes them.
    func isOn(_ key: String) -> Bool? { self[key].map(Self.isTrue) }

    static func isTrue(_ text: String) -> Bool { ["1", "on", "yes", "true"].contains(text.lowercased()) }

    /// As it is written: the default key's value first, without the key.
    func text(defaultKey: String) -> String {
        pairs.map { $0.key == defaultKey ? $0.value : "\($0.key)=\($0.value)" }.joined(separator: ",")
    }
}

extension LineReader {
    fileprivate static func isPropertyKey(_ text: Substring) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
    }
}
