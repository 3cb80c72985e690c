import BerthDiagnostics

/// Findings as the XML that test runners read: one test case a file, failed by its errors.
package enum JUnitText {
    package static func render(_ result: ValidationResult) -> String {
        let failures = result.files.count { $0.isReadable && !$0.isValid }
        let errors = result.files.count { !$0.isReadable }
        let counts = "tests=\"\(result.files.count)\" failures=\"\(failures)\" errors=\"\(errors)\" skipped=\"0\""
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites \(counts)>\n"
        text += "  <testsuite name=\"berth validate\" \(counts)>\n"
        for file in result.files { text += testCase(file) }
        return text + "  </testsuite>\n</testsuites>\n"
    }

    private static func testCase(_ file: ValidationResult.File) -> String {
        let head = "    <testcase classname=\"berth.validate\" name=\"\(escaped(file.name))\""
        guard !file.findings.isEmpty || !file.isReadable else { return head + "/>\n" }
        var text = head + ">\n"
        let bad = file.findings.filter { $0.severity == .error }
        if let first = bad.first {
            let kind = file.isReadable ? "failure" : "error"
            let message = bad.count == 1 ? first.message : "\(bad.count) errors, the first: \(first.message)"
            text += "      <\(kind) type=\"\(escaped(first.rule.rawValue))\" message=\"\(escaped(message))\">"
            text += escaped(bad.map { FindingsText.render($0) }.joined()) + "</\(kind)>\n"
        }
        let others = file.findings.filter { $0.severity < .error }
        if !others.isEmpty {
            text += "      <system-out>" + escaped(others.map { FindingsText.render($0) }.joined()) + "</system-out>\n"
        }
        return text + "    </testcase>\n"
    }

    /// For attributes in double quotes and for text; characters XML cannot hold become U+FFFD.
    static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
            case "\n", "\t": result.append(scalar)
            case "\r": result.append(contentsOf: "&#13;".unicodeScalars)
            default:
                let isAllowed = scalar.value >= 0x20 && scalar.value != 0xfffe && scalar.value != 0xffff
                result.append(isAllowed ? scalar : "\u{FFFD}")
            }
        }
        return String(result)
    }
}
