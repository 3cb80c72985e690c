import FoundationEssentials

/// JSON as we print it: sorted keys, so that the same value gives the same bytes.
package enum JSONText {
    /// Errors: none for values that are made of numbers, strings, lists and objects.
    package static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    }
}
