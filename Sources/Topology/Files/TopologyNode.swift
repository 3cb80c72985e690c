import BerthDiagnostics
import BerthPCI
import BerthStack
import Yams

/// A YAML mapping that is read key by key: what is not read in the end is an unknown key.
struct TopologyNode {
    let file: String
    let node: Node
    /// What the mapping describes, for messages: `the file`, `device 'net0'`.
    var what: String
    private let values: [(key: String, value: Node)]

    /// Errors: the node is not a mapping, or has a key that is not known.
    init(_ node: Node, file: String, what: String, keys: [String]) throws(InputError) {
        self.file = file
        self.node = node
        self.what = what
        guard case .mapping(let mapping) = node else {
            throw InputError(
                "\(what) should be keys and values, found \(node.kindName)", rule: "topology-file",
                at: node.location(file))
        }
        var values: [(key: String, value: Node)] = []
        for (key, value) in mapping {
            guard case .scalar(let name) = key else {
                throw InputError("a key of \(what) is not a word", rule: "topology-file", at: key.location(file))
            }
            guard keys.contains(name.string) else {
                throw InputError(
                    "\(what) has no key '\(name.string)'\(NearestName.hint(name.string, among: keys)); its keys are \(keys.joined(separator: ", "))",
                    rule: "unknown-key", at: key.location(file))
            }
            values.append((name.string, value))
        }
        self.values = values
    }

    var location: SourceLocation { node.location(file) }

    /// By the word alone: Yams would compare what regular expressions make of both.
    func child(_ key: String) -> Node? { values.first { $0.key == key }?.value }

    func location(of key: String) -> SourceLocation { child(key)?.location(file) ?? location }

    /// A scalar's text; an empty value is an error, because YAML reads it as null.
    func text(_ key: String) throws(InputError) -> String? {
        guard let value = child(key) else { return nil }
        guard case .scalar(let scalar) = value, !scalar.string.isEmpty else {
            throw InputError(
                "'\(key)' of \(what) should be a word or a number, found \(value.kindName)", rule: "topology-file",
                at: value.location(file))
        }
        return scalar.string
    }

    /// A scalar read by `parse`; `expected` says what would have been right.
    func value<Value>(_ key: String, expected: String, _ parse: (String) -> Value?) throws(InputError) -> Value? {
        guard let text = try text(key) else { return nil }
        if let value = parse(text) { return value }
        throw InputError(
            "'\(key)' of \(what) is '\(text)'; expected \(expected)", rule: "topology-file", at: location(of: key))
    }

    /// A scalar that names something; the error says what is near.
    func name<Value>(
        _ key: String, _ parse: (String) throws(UnknownName) -> Value
    ) throws(InputError) -> Value? {
        guard let text = try text(key) else { return nil }
        do {
            return try parse(text)
        } catch {
            throw InputError("'\(key)' of \(what): \(error)", rule: "topology-file", at: location(of: key))
        }
    }

    func size(_ key: String) throws(InputError) -> ByteCount? {
        try value(key, expected: "a size such as 64MiB, 4KiB or 4096") { ByteCount($0) }
    }

    func bool(_ key: String) throws(InputError) -> Bool? {
        try value(key, expected: "true or false") {
            ["true": true, "on": true, "yes": true, "false": false, "off": false, "no": false][$0]
        }
    }

    /// A number, decimal or with `0x`.
    func number<N: FixedWidthInteger>(_ key: String, as type: N.Type, expected: String) throws(InputError) -> N? {
        try value(key, expected: expected) { N(number: $0) }
    }

    func required<Value>(_ key: String, _ value: Value?) throws(InputError) -> Value {
        if let value { return value }
        throw InputError("\(what) has no '\(key)'", rule: "missing-key", at: location)
    }

    func list(_ key: String) throws(InputError) -> [Node] {
        guard let value = child(key) else { return [] }
        guard case .sequence(let sequence) = value else {
            throw InputError(
                "'\(key)' of \(what) should be a list, found \(value.kindName)", rule: "topology-file",
                at: value.location(file))
        }
        return Array(sequence)
    }
}

extension FixedWidthInteger {
    /// Reads digits, decimal or with `0x`. Nil for anything else, and for what the type does not hold.
    package init?(number text: String) {
        if text.hasPrefix("0x") { self.init(text.dropFirst(2), radix: 16) } else { self.init(text) }
    }
}

extension Node {
    func location(_ file: String) -> SourceLocation {
        SourceLocation(file: file, line: mark?.line ?? 1, column: mark?.column ?? 1)
    }

    var kindName: String {
        switch self {
        case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "'\(scalar.string.prefix(60))'"
        case .mapping: "keys and values"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }
}
