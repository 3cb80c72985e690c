import BerthDiagnostics
import BerthPCI
import BerthTopology
import Testing

/// Topology files made in the test itself.
enum Reading {
    /// Reads `text` as `guest.yaml`.
    static func topology(_ text: String) throws(InputError) -> GuestTopology {
        try TopologyFile.read(Array(text.utf8), file: "guest.yaml")
    }

    /// A guest of q35 with 2 GiB that has `devices`, one a line, as YAML flow mappings.
    static func q35(_ devices: String..., igd: String? = nil) -> String {
        var text = "machine: q35\nmemory: 2GiB\n"
        if let igd { text += "igd: \(igd)\n" }
        if !devices.isEmpty { text += "devices:\n" + devices.map { "  - \($0)\n" }.joined() }
        return text
    }

    /// What the reader says first of a text that it has to refuse.
    static func refusal(_ text: String) throws -> String { try refusal(bytes: Array(text.utf8)) }

    static func refusal(bytes: [UInt8]) throws -> String {
        let error = #expect(throws: InputError.self) { try TopologyFile.read(bytes, file: "guest.yaml") }
        let refused = try #require(error)
        #expect(refused.kind == .unusable)
        return try #require(refused.findings.first).description
    }
}
