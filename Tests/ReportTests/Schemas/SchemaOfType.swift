import BerthBoot
import BerthPCI
import Foundation

/// The JSON Schema of what a type is read from, found by letting it read: it asks for each of its keys, and says which it can do without.
enum SchemaOfType {
    /// `title`: of the document, as people call it.
    static func text<T: Decodable>(of type: T.Type, title: String, description: String) throws -> String {
        var schema = try Node.of(type).json
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        schema["title"] = title
        schema["description"] = description
        let data = try JSONSerialization.data(
            withJSONObject: schema, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
        return String(decoding: data, as: UTF8.self) + "\n"
    }
}

/// What was asked for at one place.
private final class Node {
    var type: String?
    var properties: [String: Node] = [:]
    var required: Set<String> = []
    var items: Node?
    /// What the same place can be instead.
    var others: [Node] = []
    /// Of a dictionary, whose keys are anybody's.
    var values: Node?
    /// Whether the key may be missing, or be null.
    var isOptional = false
    /// All that a text can be; empty where it can be any.
    var words: [String] = []
    /// The types that it is a part of.
    let above: Set<ObjectIdentifier>
    /// The same and its own.
    private var inside: Set<ObjectIdentifier>

    /// A type inside itself, of which the schema says nothing.
    struct Recursion: Error {}

    init(above: Set<ObjectIdentifier> = []) {
        self.above = above
        inside = above
    }

    /// For a member, or for an item.
    func part() -> Node { Node(above: inside) }

    static func of<T: Decodable>(_ type: T.Type) throws -> Node {
        let node = Node()
        _ = try node.read(type)
        return node
    }

    var json: [String: Any] {
        let all = ([plain] + others.map(\.plain) + (isOptional && type != nil ? [["type": "null"]] : []))
        return all.count > 1 ? ["anyOf": all] : plain
    }

    private var plain: [String: Any] {
        guard let type else { return [:] }
        switch type {
        case "object":
            if let values { return ["type": type, "additionalProperties": values.json] }
            // A dictionary asks for no key by name.
            if properties.isEmpty { return ["type": type] }
            return [
                "type": type, "properties": properties.mapValues(\.json), "required": required.sorted(),
                "additionalProperties": false,
            ]
        case "array": return ["type": type, "items": items?.json ?? [:]]
        default: return words.isEmpty ? ["type": type] : ["type": type, "enum": words]
        }
    }

    /// Errors: a type that refuses every value of ours.
    func read<T: Decodable>(_ type: T.Type) throws -> T {
        if let text = type as? [String: String].Type {
            (self.type, values) = ("object", Node())
            values?.type = "string"
            if let empty = text.init() as? T { return empty }
        }
        // Read as whichever of the two it is.
        if type == Observation.Index.self, let index = Observation.Index(.rom) as? T {
            note("integer")
            note("string")
            return index
        }
        if let kind = type as? any CaseIterable.Type, let (first, names) = Self.words(kind), let value = first as? T {
            note("string")
            words = names
            return value
        }
        guard inside.insert(ObjectIdentifier(type)).inserted else { throw Recursion() }
        return try T(from: Reader(node: self))
    }

    /// The cases of a type that is read from words, and those.
    private static func words<C: CaseIterable>(_ type: C.Type) -> (first: C, names: [String])? {
        let names = type.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
        return names.isEmpty ? nil : type.allCases.first.map { ($0, names) }
    }

    /// Another kind of value at the same place.
    func note(_ type: String) {
        if self.type == nil || self.type == type {
            self.type = type
        } else if !others.contains(where: { $0.type == type }) {
            let other = Node()
            other.type = type
            others.append(other)
        }
    }
}

private struct Reader: Decoder, SingleValueDecodingContainer {
    let node: Node
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        node.note("object")
        return KeyedDecodingContainer(Members<Key>(node: node))
    }

    func unkeyedContainer() -> any UnkeyedDecodingContainer {
        node.note("array")
        if node.items == nil { node.items = node.part() }
        return Items(node: node)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    func decodeNil() -> Bool { false }
    func decode(_ type: Bool.Type) -> Bool { note("boolean", false) }
    func decode(_ type: String.Type) -> String { note("string", "") }
    func decode(_ type: Double.Type) -> Double { note("number", 0) }
    func decode(_ type: Float.Type) -> Float { note("number", 0) }
    func decode(_ type: Int.Type) -> Int { note("integer", 0) }
    func decode(_ type: Int8.Type) -> Int8 { note("integer", 0) }
    func decode(_ type: Int16.Type) -> Int16 { note("integer", 0) }
    func decode(_ type: Int32.Type) -> Int32 { note("integer", 0) }
    func decode(_ type: Int64.Type) -> Int64 { note("integer", 0) }
    func decode(_ type: UInt.Type) -> UInt { note("integer", 0) }
    func decode(_ type: UInt8.Type) -> UInt8 { note("integer", 0) }
    func decode(_ type: UInt16.Type) -> UInt16 { note("integer", 0) }
    func decode(_ type: UInt32.Type) -> UInt32 { note("integer", 0) }
    func decode(_ type: UInt64.Type) -> UInt64 { note("integer", 0) }
    func decode<T: Decodable>(_ type: T.Type) throws -> T { try node.read(type) }

    private func note<T>(_ name: String, _ value: T) -> T {
        node.note(name)
        return value
    }
}

private struct Members<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let node: Node
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }

    func contains(_ key: Key) -> Bool { true }
    func decodeNil(forKey key: Key) -> Bool { false }

    private func member(_ key: Key) -> Node {
        let member = node.properties[key.stringValue] ?? node.part()
        node.properties[key.stringValue] = member
        return member
    }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        node.required.insert(key.stringValue)
        return try member(key).read(type)
    }

    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
        let member = member(key)
        member.isOptional = true
        do { return try member.read(type) } catch is Node.Recursion { return nil }
    }
    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) -> Bool? { optional(type, key) }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) -> String? { optional(type, key) }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) -> Double? { optional(type, key) }
    func decodeIfPresent(_ type: Float.Type, forKey key: Key) -> Float? { optional(type, key) }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) -> Int? { optional(type, key) }
    func decodeIfPresent(_ type: Int8.Type, forKey key: Key) -> Int8? { optional(type, key) }
    func decodeIfPresent(_ type: Int16.Type, forKey key: Key) -> Int16? { optional(type, key) }
    func decodeIfPresent(_ type: Int32.Type, forKey key: Key) -> Int32? { optional(type, key) }
    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) -> Int64? { optional(type, key) }
    func decodeIfPresent(_ type: UInt.Type, forKey key: Key) -> UInt? { optional(type, key) }
    func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) -> UInt8? { optional(type, key) }
    func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) -> UInt16? { optional(type, key) }
    func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) -> UInt32? { optional(type, key) }
    func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) -> UInt64? { optional(type, key) }

    private func optional<T: Decodable>(_ type: T.Type, _ key: Key) -> T? {
        let member = member(key)
        member.isOptional = true
        return try? member.read(type)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedDecodingContainer<Nested> {
        node.required.insert(key.stringValue)
        return Reader(node: member(key)).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedDecodingContainer {
        node.required.insert(key.stringValue)
        return Reader(node: member(key)).unkeyedContainer()
    }

    func superDecoder() -> any Decoder { Reader(node: node) }
    func superDecoder(forKey key: Key) -> any Decoder { Reader(node: member(key)) }
}

/// A list of one.
private struct Items: UnkeyedDecodingContainer {
    let node: Node
    var codingPath: [any CodingKey] { [] }
    var count: Int? { 1 }
    var currentIndex = 0
    var isAtEnd: Bool { currentIndex > 0 }

    init(node: Node) { self.node = node }

    private mutating func next() -> Node {
        currentIndex += 1
        let item = node.items ?? node.part()
        node.items = item
        return item
    }

    func decodeNil() -> Bool { false }
    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T { try next().read(type) }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedDecodingContainer<Nested> {
        Reader(node: next()).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedDecodingContainer { Reader(node: next()).unkeyedContainer() }
    mutating func superDecoder() -> any Decoder { Reader(node: next()) }
}
