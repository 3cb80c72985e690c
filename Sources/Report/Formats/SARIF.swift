import BerthDiagnostics

/// Findings as a SARIF 2.1.0 log (OASIS Standard, 27 March 2020), for code scanning.
public struct SARIFLog: Codable, Hashable, Sendable {
    public var version = "2.1.0"
    public var schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
    public var runs: [Run]

    private enum CodingKeys: String, CodingKey {
        case version, runs
        case schema = "$schema"
    }

    public struct Run: Codable, Hashable, Sendable {
        public var tool: Tool
        public var columnKind = "unicodeCodePoints"
        public var artifacts: [Artifact]
        public var results: [Entry]
    }

    public struct Tool: Codable, Hashable, Sendable { public var driver: Driver }

    public struct Driver: Codable, Hashable, Sendable {
        public var name = "berth"
        public var version: String
        public var rules: [Rule]
    }

    public struct Rule: Codable, Hashable, Sendable {
        public var id: String
        public var shortDescription: Message
        public var fullDescription: Message?
    }

    public struct Message: Codable, Hashable, Sendable { public var text: String }
    public struct Artifact: Codable, Hashable, Sendable { public var location: ArtifactLocation }

    public struct ArtifactLocation: Codable, Hashable, Sendable {
        public var uri: String
        public var index: Int?
    }

    public struct Entry: Codable, Hashable, Sendable {
        public var ruleId: String
        public var ruleIndex: Int
        public var level: String
        public var message: Message
        public var locations: [Location]
        /// `fix`: the smallest change, in words.
        public var properties: [String: String]?
    }

    public struct Location: Codable, Hashable, Sendable { public var physicalLocation: PhysicalLocation }

    public struct PhysicalLocation: Codable, Hashable, Sendable {
        public var artifactLocation: ArtifactLocation
        public var region: Region?
    }

    public struct Region: Codable, Hashable, Sendable {
        public var startLine: Int
        public var startColumn: Int
        public var snippet: Message?
    }

    /// `version`: the tool's. Only the rules that found something are described.
    public init(_ result: ValidationResult, version: String, catalogue: [CatalogEntry]) {
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
