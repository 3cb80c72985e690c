import BerthPlacement
import Foundation
import TestSupport
import Testing

/// Formats put a finished report into words; the tool decides nothing by the name of a rule.
struct ReportLayoutTests {
    /// What plans, searches, judges or boots.
    private static let work = [
        "Planner", "FixSearch", "Planning(", ": Planning", "PairSearch", "Evaluation", "Problems", "Rules.",
        "Strategies.",
        "Comparison(", "Comparison.Cell", "Verdict.of", "Situation", "BootOutcome.run", "FirmwareModels",
        "GuestOSModels", "Budget(", "HaltExplanation(", "HostInventory", ".resolve(", ".resolved(", ".boot(",
        ".options(", "PlanOrder", "Request(",
    ]

    @Test func `formats work nothing out`() throws {
        let files = try SourceFile.below("Sources/Report").filter { $0.path.contains("/Formats/") }
        #expect(files.count > 15)
        for file in files {
            for (number, text) in file.code {
                for name in Self.work { #expect(!text.contains(name), "\(file.path):\(number): \(name)") }
            }
        }
    }

    @Test func `a report asks a planning result in one place`() throws {
        let files = try SourceFile.below("Sources/Report").filter { file in
            file.code.contains { $0.text.contains("_ result: Planning") }
        }
        #expect(files.map(\.path) == ["Sources/Report/Plan/PlanReading.swift"])
    }

    /// A comparison with a literal that could be the name of a rule or a problem: `== "no-igd"`, `case "no-igd"`.
    @Test func `the tool and its reports decide nothing by the name of a rule`() throws {
        let names = Set(Rules.all.map(\.id.rawValue) + Problems.all.map(\.id.rawValue))
        let compared = /(?:[!=]=|case|contains\()\s*"([a-z0-9-]+)"/
        let id = /\brule(?:\.rawValue)?\s*[!=]=/
        for file in try SourceFile.below("Sources/CLI") + SourceFile.below("Sources/Report") {
            for (number, line) in file.lines.enumerated() {
                for match in line.matches(of: compared) {
                    #expect(!names.contains(String(match.1)), "\(file.path):\(number + 1): \(line)")
                }
                #expect(
                    line.firstMatch(of: /\brule(\.rawValue)?\s*[!=]=/) == nil, "\(file.path):\(number + 1): \(line)")
            }
        }
    }
}
