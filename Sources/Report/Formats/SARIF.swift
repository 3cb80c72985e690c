import BerthDiagnostics

/// Findings as a SARIF 2.1.0 log (OASIS Standard, 27 March 2020), for code scanning.
package struct SARIFLog: Codable, Hashable, Sendable {
    package var version = "2.1.0"
    package var schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
    package var runs: [Run]

    private enum CodingKeys: String, CodingKey {
        case version, runs
        case schema = "$schema"
    }

    package struct Run: Codable, Hashable, Sendable {
        package var tool: Tool
        package var columnKind = "unicodeCodePoints"
        package var artifacts: [Artifact]
        package var results: [Entry]
    }

    package struct Tool: Codable, Hashable, Sendable { package var driver: Driver }

    package struct Driver: Codable, Hashable, Sendable {
        package var name = "berth"
        package var version: String
        package var rules: [Rule]
    }

    package struct Rule: Codable, Hashable, Sendable {
        package var id: String
        package var shortDescription: Message
        package var fullDescription: Message?
    }

    package struct Message: Codable, Hashable, Sendable { package var text: String }
    package struct Artifact: Codable, Hashable, Sendable { package var location: ArtifactLocation }

    package struct ArtifactLocation: Codable, Hashable, Sendable {
        package var uri: String
        package var index: Int?
    }

    package struct Entry: Codable, Hashable, Sendable {
        package var ruleId: String
        package var ruleIndex: Int
        package var level: String
        package var message: Message
        package var locations: [Location]
        /// `fix`: the smallest change, in words.
        package var properties: [String: String]?
    }

    package struct Location: Codable, Hashable, Sendable { package var physicalLocation: PhysicalLocation }

    package struct PhysicalLocation: Codable, Hashable, Sendable {
        package var artifactLocation: ArtifactLocation
        package var region: Region?
    }

    package struct Region: Codable, Hashable, Sendable {
        package var startLine: Int
        package var startColumn: Int
        package var snippet: Message?
    }

    /// `version`: the tool's. Only the rules that found something are described.
    package init(_ result: ValidationResult, version: String, catalogue: [CatalogEntry]) {
        var ids: [String] = []
        var indices: [String: Int] = [:]
        for finding in result.files.flatMap(\.findings) where indices[finding.rule.rawValue] == nil {
            indices[finding.rule.rawValue] = ids.count
            ids.append(finding.rule.rawValue)
        }
        let known = Dictionary(catalogue.map { ($0.id, $0) }) { first, _ in first }
        let rules = ids.map { id in
            Rule(
                id: id, shortDescription: Message(text: known[id]?.summary ?? id),
                fullDescription: known[id]?.documentation.map(Message.init))
        }
        var results: [Entry] = []
        for (number, file) in result.files.enumerated() {
            for finding in file.findings {
                results.append(Self.entry(finding, file, number, indices[finding.rule.rawValue] ?? 0))
            }
        }
        runs = [
            Run(
                tool: Tool(driver: Driver(version: version, rules: rules)),
                artifacts: result.files.map { Artifact(location: ArtifactLocation(uri: Self.uri($0.name))) },
                results: results)
        ]
    }

    private static func entry(_ finding: Finding, _ file: ValidationResult.File, _ number: Int, _ rule: Int) -> Entry {
        let region = finding.location.map {
            Region(
                startLine: $0.line, startColumn: $0.column, snippet: finding.excerpt.map { Message(text: $0.text) })
        }
        let place = PhysicalLocation(
            artifactLocation: ArtifactLocation(uri: uri(file.name), index: number), region: region)
        return Entry(
            ruleId: finding.rule.rawValue, ruleIndex: rule, level: finding.severity.rawValue,
            message: Message(text: finding.message), locations: [Location(physicalLocation: place)],
            properties: finding.fix.map { ["fix": $0] })
    }

    /// A path as a URI reference (RFC 3986): everything but unreserved characters and slashes is encoded.
    static func uri(_ path: String) -> String {
        if path.hasPrefix("/") { return "file://" + encoded(path) }
        return path == "-" ? "stdin" : encoded(path)
    }

    private static func encoded(_ path: String) -> String {
        path.utf8.map { byte in
            let character = Character(Unicode.Scalar(byte))
            let isKept = character.isASCII && (character.isLetter || character.isNumber || "-._~/".contains(character))
            return isKept ? String(character) : "%" + Hexadecimal.plain(byte, digits: 2).uppercased()
        }.joined()
    }
}
