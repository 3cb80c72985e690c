import BerthBoot
import BerthTopology
import BerthPlacement

/// Words and marks that the pictures share.
enum PictureTerms {
    /// Class of the colour of a verdict.
    static func tone(_ level: Verdict.Level) -> String {
        switch level {
        case .works: "good"
        case .degraded: "fair"
        case .fails: "bad"
        }
    }

    static func verdict(_ report: SimulationReport) -> String {
        report.outcome.firmware.halted.map { "The firmware stops: \($0)" } ?? TimelineText.verdict(report.outcome)
    }

    /// What a choice is, in a line.
    static func choice(_ choice: PlanPicture.Choice) -> String {
        let row = choice.candidate.berth
        let place = row.address.exact.map { ", at \($0)" } ?? ""
        return "\(choice.region.name): \(Descriptions.berth(row.berth))\(place), \(standing(choice.candidate))"
    }

    static func standing(_ candidate: PlanReport.Candidate) -> String {
        candidate.isRejected
            ? "rejected" : candidate.berth.berth.missing.isEmpty ? "possible" : "possible, not released"
    }

    /// Numbered from 1.
    static func ghosts(_ choices: [PlanPicture.Choice]) -> [MapDrawing.Ghost] {
        choices.enumerated().compactMap { index, choice in
            choice.placed.map {
                MapDrawing.Ghost(
                    number: index + 1, range: $0.range, isPossible: !choice.candidate.isRejected,
                    facts: "\(index + 1): \(self.choice(choice))")
            }
        }
    }
}

extension Sheet {
    /// What the colours mean.
    mutating func legend() {
        paragraph(" ")
        paragraph(
            "The strip on the left of a map is to scale between its breaks; beside it, what lies there, large enough to read and broken "
                + "where nothing does. Numbered outlines: other candidates, blue where they are possible.",
            "quiet small")
        paragraph(
            "A lane is solid while its BAR decodes, shaded while somebody counts on the region, red where that somebody "
                + "misses it, grey where nobody does.", "quiet small")
    }
}
