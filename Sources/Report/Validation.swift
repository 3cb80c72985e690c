package import BerthDiagnostics

/// What was found in several files.
package struct ValidationResult: Hashable, Sendable {
    package struct File: Hashable, Sendable {
        package var name: String
        package var findings: [Finding]
        /// False for a file that could not be read at all.
        package var isReadable: Bool

        package init(_ name: String, _ findings: [Finding], isReadable: Bool = true) {
            self.name = name
            self.findings = findings
            self.isReadable = isReadable
        }

        package var isValid: Bool { isReadable && !findings.contains { $0.severity == .error } }
    }

    /// The schema that was used; nil where there was none and the rules stood alone.
    package var schema: String?
    /// In the order they were given.
    package var files: [File]

    package init(schema: String?, files: [File]) {
        self.schema = schema
        self.files = files
    }

    package var isValid: Bool { files.allSatisfy(\.isValid) }

    package func count(_ severity: Severity) -> Int {
        files.reduce(0) { $0 + $1.findings.count { $0.severity == severity } }
    }
}
