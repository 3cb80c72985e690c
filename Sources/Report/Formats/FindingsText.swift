package import BerthDiagnostics

/// Findings for people: the line that is meant, a caret below the place, and what to do.
package enum FindingsText {
    package static func render(_ result: ValidationResult) -> String {
        var text = ""
        for file in result.files {
            if file.findings.isEmpty, result.files.count > 1 { text += "\(file.name): valid\n" }
            for finding in file.findings { text += render(finding) }
        }
        return text + summary(result) + "\n"
    }

    package static func render(_ finding: Finding) -> String {
        var text = finding.description + "\n"
        if let excerpt = finding.excerpt, let line = finding.location?.line {
            let number = "\(line)"
            let margin = String(repeating: " ", count: max(0, 5 - number.count))
            text += "\(margin)\(number) | \(excerpt.text)\n"
            text += String(repeating: " ", count: margin.count + number.count) + " | \(excerpt.caret)\n"
        }
        if let fix = finding.fix { text += "      = \(fix)\n" }
        return text
    }

    /// `3 files, 2 valid: 1 error, 2 warnings`, and what the verdict rests on.
    private static func summary(_ result: ValidationResult) -> String {
        let valid = result.files.count(where: \.isValid)
        let counts = [Severity.error, .warning, .note].compactMap { severity in
            let count = result.count(severity)
            return count == 0 ? nil : counted(count, severity.rawValue)
        }
        let found = counts.isEmpty ? "nothing found" : counts.joined(separator: ", ")
        let basis = result.schema.map { "schema \($0) and rules" } ?? "no schema, the rules alone"
        return "\(counted(result.files.count, "file")), \(valid) valid: \(found) (\(basis))"
    }

    private static func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
