import BerthBoot
import BerthPCI
import BerthServices
import BerthBundled
import BerthDiagnostics
import BerthPlacement
import BerthReport
import BerthTopology
import Testing

/// Formats are functions of a report: the same report gives the same text, and what it holds is in all of them.
struct FormatTests {
    private func plans(_ report: PlanReport) throws -> [String] {
        [PlanText.render(report), PlanMarkdown.render(report), try JSONText.encode(PlanDocument(report))]
    }

    @Test(arguments: BundledTopologies.names)
    func `a report gives the same bytes each time, in every format`(name: String) throws {
        for detail in PlanReport.Detail.allCases {
            let report = try Reports.planned(name, detail)
            #expect(try plans(report) == plans(report))
            #expect(try Reports.planned(name, detail) == report)
        }
        let compared = try Reports.compared(name)
        let formats = { (report: ComparisonReport) in
            [
                CompareText.render(report), CompareMarkdown.render(report), CompareCSV.render(report),
                try JSONText.encode(ComparisonDocument(report)),
            ]
        }
        #expect(try formats(compared) == formats(compared))
        let simulated = try Reports.simulated(name)
        #expect(SimulationText.render(simulated) == SimulationText.render(simulated))
        #expect(Observation(simulated) == Observation(try Reports.simulated(name, .boot)))
    }

    @Test(arguments: BundledTopologies.names)
    func `every judgement that speaks against a candidate is in every format`(name: String) throws {
        let report = try Reports.planned(name)
        let document = PlanDocument(report)
        #expect(document.candidates.count == report.candidates.count)
        let told = document.candidates.map { $0.berth.facts.map(\.statement) }
        #expect(told == report.candidates.map { $0.berth.judgements.map { "\($0.fact.statement)" } })
        let texts = [PlanText.render(report), PlanMarkdown.render(report)].map(Reports.words)
        for candidate in report.candidates {
            for fact in candidate.berth.rejections + candidate.berth.costs {
                let words = Reports.words(fact.description)
                for text in texts { #expect(text.contains(words), "\(words)") }
            }
        }
    }

    /// The first line of a screen and its places stand in the long text, too.
    @Test(arguments: BundledTopologies.names)
    func `a screen names nothing that the long text does not have`(name: String) throws {
        let report = try Reports.planned(name)
        let long = Reports.words(PlanText.render(report))
        for row in report.plan?.berths ?? [] {
            let brief = PlanText.render(report.brief)
            if let address = row.address.exact {
                #expect(brief.contains(address.description) && long.contains(address.description))
            }
            #expect(brief.contains(row.berth.strategy.rawValue) && long.contains(row.berth.strategy.rawValue))
        }
        let brief = Reports.words(PlanText.render(report.brief))
        // A screen has the first three of both regions.
        for cost in (report.plan?.berths ?? []).flatMap(\.costs).prefix(3) {
            #expect(brief.contains(Reports.words(cost.description)))
        }
    }

    @Test(arguments: BundledTopologies.names)
    func `a brief comparison is the own column of the whole one`(name: String) throws {
        let whole = try Reports.compared(name)
        let brief = try Reports.compared(name, .brief)
        let own = try #require(whole.columns.firstIndex { $0.isOwn })
        #expect(brief.columns == [whole.columns[own]] && brief.configured == whole.configured)
        for row in brief.rows {
            let same = try #require(whole.rows.first { $0.region == row.region && $0.strategy == row.strategy })
            #expect(row.cells == [same.cells[own]])
        }
    }
}
