import BerthDiagnostics

/// A rehearsal as the XML that test runners read: one test case a fact.
package enum RehearsalJUnit {
    package static func render(_ report: RehearsalReport) -> String {
        let failures = report.rows.count { !$0.agrees }
        let counts = "tests=\"\(report.rows.count)\" failures=\"\(failures)\" errors=\"0\" skipped=\"0\""
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites \(counts)>\n"
        text += "  <testsuite name=\"berth rehearse \(XMLText.escaped(report.guest.name))\" \(counts)>\n"
        for row in report.rows {
            let head =
                "    <testcase classname=\"berth.rehearse.\(XMLText.escaped(row.kind.rawValue))\" name=\"\(XMLText.escaped(row.place))\""
            guard !row.agrees else {
                text += head + "/>\n"
                continue
            }
            let message = "predicted \(row.predicted ?? "nothing"), real \(row.observed ?? "nothing")"
            text += head + ">\n      <failure type=\"\(XMLText.escaped(row.kind.rawValue))\" message=\""
            text += XMLText.escaped(message) + "\"/>\n    </testcase>\n"
        }
        return text + "  </testsuite>\n</testsuites>\n"
    }
}
