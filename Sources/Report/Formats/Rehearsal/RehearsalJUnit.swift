import BerthDiagnostics

/// A rehearsal as the XML that test runners read: one test case a fact.
package enum RehearsalJUnit {
    package static func render(_ report: RehearsalReport) -> String {
        let failures = report.rows.count { !$0.agrees }
        let counts = "tests=\"\(report.rows.count)\" failures=\"\(failures)\" errors=\"0\" skipped=\"0\""
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites \(counts)>\n"
        text += "  <testsuite name=\"berth rehearse \(JUnitText.escaped(report.guest.name))\" \(counts)>\n"
        for row in report.rows {
            let head =
                "    <testcase classname=\"berth.rehearse.\(JUnitText.escaped(row.kind.rawValue))\" name=\"\(JUnitText.escaped(row.place))\""
            guard !row.agrees else {
                text += head + "/>\n"
                continue
            }
            let message = "predicted \(row.predicted ?? "nothing"), real \(row.observed ?? "nothing")"
            text += head + ">\n      <failure type=\"\(JUnitText.escaped(row.kind.rawValue))\" message=\""
            text += JUnitText.escaped(message) + "\"/>\n    </testcase>\n"
        }
        return text + "  </testsuite>\n</testsuites>\n"
    }
}
