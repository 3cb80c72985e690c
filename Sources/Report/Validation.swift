public import BerthDiagnostics

/// What was found in several files.
public struct ValidationResult: Hashable, Sendable {
    public struct File: Hashable, Sendable {
        public var name: String
        public var findings: [Finding]
        /// False for a file that could not be read at all.
        public var isReadable: Bool

        public init(_ name: String, _ findings: [Finding], isReadable: Bool = true) {
            self.name = name
            self.findings = findings
            self.isReadable = isReadable
        }

        public var isValid: Bool { isReadable && !findings.contains { $0.severity == .error } }
    }

    /// The schema that was used; nil where there was none and the rules stood alone.
    public var schema: String?
    /// In the order they were given.
    public var files: [File]

    public init(schema: String?, files: [File]) {
        self.schema = schema
        self.files = files
    }

    public var isValid: Bool { files.allSatisfy(\.isValid) }

    public func count(_ severity: Severity) -> Int {
        files.reduce(0) { $0 + $1.findings.count { $0.severity == severity } }
    }
}
