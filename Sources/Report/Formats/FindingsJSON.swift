import BerthDiagnostics

/// Findings for programs.
public struct FindingsDocument: Codable, Hashable, Sendable {
    public var valid: Bool
    /// The schema's path; nil where the rules stood alone.
    public var schema: String?
    public var errors: Int
    public var warnings: Int
    public var files: [File]

    public struct File: Codable, Hashable, Sendable {
        public var file: String
        public var valid: Bool
        public var findings: [Entry]
    }

    public struct Entry: Codable, Hashable, Sendable {
        public var severity: String
        public var rule: String
        public var message: String
        /// Counted from 1, in characters.
        public var line: Int?
        public var column: Int?
        /// The line as it is in the file.
        public var excerpt: String?
        public var fix: String?
    }

    public init(_ result: ValidationResult) {
        valid = result.isValid
        schema = result.schema
        errors = result.count(.error)
        warnings = result.count(.warning)
        files = result.files.map { file in
            File(
                file: file.name, valid: file.isValid,
                findings: file.findings.map { finding in
                    Entry(
                        severity: finding.severity.rawValue, rule: finding.rule.rawValue, message: finding.message,
                        line: finding.location?.line, column: finding.location?.column,
                        excerpt: finding.excerpt?.text, fix: finding.fix)
                })
        }
    }
}
