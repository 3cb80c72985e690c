import BerthDiagnostics

/// Findings as workflow commands, which GitHub Actions shows beside the lines of a change.
///
/// Source: docs.github.com "Workflow commands for GitHub Actions"; actions/toolkit packages/core/src/command.ts (escapes).
package enum GitHubAnnotations {
    package static func render(_ result: ValidationResult) -> String {
        result.files.flatMap { file in file.findings.map { line($0, in: file.name) } }.joined()
    }

    /// `::error file=vm.xml,line=3,col=5,title=pci-double-use::MESSAGE`
    private static func line(_ finding: Finding, in file: String) -> String {
        let command =
            switch finding.severity {
            case .error: "error"
            case .warning: "warning"
            case .note: "notice"
            }
        var properties = ["file=\(escaped(file, isProperty: true))"]
        if let line = finding.location?.line { properties.append("line=\(line)") }
        if let column = finding.location?.column { properties.append("col=\(column)") }
        properties.append("title=\(escaped(finding.rule.rawValue, isProperty: true))")
        let message = finding.message + (finding.fix.map { "\n\($0)" } ?? "")
        return "::\(command) \(properties.joined(separator: ","))::\(escaped(message, isProperty: false))\n"
    }

    private static func escaped(_ text: String, isProperty: Bool) -> String {
        var result = ""
        // A line break of two characters is one Character.
        for scalar in text.unicodeScalars {
            switch scalar {
            case "%": result += "%25"
            case "\r": result += "%0D"
            case "\n": result += "%0A"
            case ":" where isProperty: result += "%3A"
            case "," where isProperty: result += "%2C"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
