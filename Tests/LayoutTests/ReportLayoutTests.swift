import Testing

/// Formats put a finished report into words; `FactsLayoutTests` keep everybody from deciding by the name of a rule.
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

    @Test func `a report and a picture ask a planning result in one place each`() throws {
        let files = try SourceFile.below("Sources/Report").filter { file in
            file.code.contains { $0.text.contains("_ result: Planning") }
        }
        // What is said of it, and what is drawn of it.
        #expect(
            files.map(\.path).sorted() == [
                "Sources/Report/Pictures/PlanPictureReading.swift", "Sources/Report/Plan/PlanReading.swift",
            ])
    }
}
