import BerthDiagnostics

/// Findings for programs.
package struct FindingsDocument: Codable, Hashable, Sendable {
    package var valid: Bool
    /// The schema's path; nil where the rules stood alone.
    package var schema: String?
    package var errors: Int
    package var warnings: Int
    package var files: [File]

    package struct File: Codable, Hashable, Sendable {
        package var file: String
        package var valid: Bool
        package var findings: [Entry]
    }

    package struct Entry: Codable, Hashable, Sendable {
        package var severity: String
        package var rule: String
        package var message: String
        /// Counted from 1, in characters.
        package var line: Int?
        package var column: Int?
        /// The line as it is in the file.
        package var excerpt: String?
        package var fix: String?
    }

    package init(_ result: ValidationResult) {
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
