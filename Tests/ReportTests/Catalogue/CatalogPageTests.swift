import BerthDiagnostics
import BerthLibvirtDomain
import BerthLibvirtRules
import BerthPlacement
import BerthReport
import BerthStack
import BerthTopology
import Foundation
import TestSupport
import Testing

/// A page for each strategy, rule and problem, made from the doc texts of the registries and from what they say of the bundled
/// guests; `make docs-tables` writes them.
struct CatalogPageTests {
    private static let mostExamples = 8

    @Test func `every strategy, rule and problem has its page, and no page is without`() throws {
        let examples = try CatalogExamples()
        let pages =
            Strategies.all.map { strategy($0, examples) } + Rules.all.map { rule($0, examples) }
            + Problems.all.map { problem($0, examples) }
            + (try domainRules()).sorted { $0.id < $1.id }
        let paths = pages.map(\.path)
        #expect(Set(paths).count == paths.count)
        for page in pages { try Golden.expect(page.text, equals: page.path) }
        try Golden.expect(index(pages), equals: "docs/catalog/README.md")
        for kind in CatalogPage.Kind.allCases {
            let folder = PackageRoot.url.appendingPathComponent("docs/catalog/\(kind.rawValue)")
            let there = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            for name in Set(there).subtracting(pages.filter { $0.kind == kind }.map { "\($0.id).md" }).sorted() {
                if Golden.isBlessing {
                    try FileManager.default.removeItem(at: folder.appendingPathComponent(name))
                } else {
                    Issue.record("docs/catalog/\(kind.rawValue)/\(name) is nobody's; BERTH_BLESS=1 takes it away")
                }
            }
        }
    }

    private func index(_ pages: [CatalogPage]) -> String {
        var lines = [
            "# Catalogue", "",
            "A page for each thing that Berth knows, made from its doc comments and from what it says of the bundled guests "
                + "(`make docs-tables`; tests hold the pages against both).", "",
        ]
        for kind in CatalogPage.Kind.allCases {
            let own = pages.filter { $0.kind == kind }.sorted { $0.id < $1.id }
            lines += ["## \(kind.title)", "", "\(own.count); [what they have in common](../\(kind.page)).", ""]
            lines += ["| id | |", "|---|---|"]
            lines += own.map {
                let summary = CatalogPage.escaped($0.summary).replacingOccurrences(of: "|", with: "\\|")
                return "| [`\($0.id)`](\(kind.rawValue)/\($0.id).md) | \(summary) |"
            }
            lines.append("")
        }
        return lines.joined(separator: "\n")
    }

    private func strategy(_ strategy: any Strategy, _ examples: CatalogExamples) -> CatalogPage {
        var page = CatalogPage(
            .strategies, strategy.id.rawValue, summary: strategy.summary, documentation: strategy.documentation)
        page.say(
            "Idea: \(strategy.origin.idea). "
                + (strategy.origin.shippedBy.map { "Shipped by: \($0)." } ?? "No release has it."))
        page.heading("In the bundled guests")
        page.add("Each with its own firmware and OS (`berth compare GUEST`).")
        let regions: [Region] = [.stolenMemory, .opRegion]
        page.table(
            ["guest"] + regions.map(\.name),
            examples.compared.map { guest in
                ["`\(guest.name)`"]
                    + regions.map { region in
                        let row = guest.report.rows.first { $0.region == region && $0.strategy == strategy.id }
                        let home = guest.report.columns.firstIndex(where: \.isOwn)
                        guard let home, let cell = row?.cells[home] else { return "has nothing to propose" }
                        let isPlanned = guest.planned.contains("\(region) \(strategy.id)")
                        return (isPlanned ? "**planned**: " : "") + outcome(cell)
                    }
            })
        page.sources(strategy.sources)
        return page
    }

    private func outcome(_ cell: ComparisonReport.Cell) -> String {
        if cell.isRejected, let fact = cell.judgements.first(where: \.isRejection)?.fact {
            return "rejected, \(CatalogPage.escaped("\(fact.statement)")) \(link(fact.rule, from: .strategies))"
        }
        guard let deciding = cell.verdict.deciding else { return cell.verdict.level.rawValue }
        return "\(cell.verdict.level.rawValue), \(CatalogPage.escaped(deciding.symptom.rawValue)) "
            + link(deciding.fact.rule, from: .strategies)
    }

    private func link(_ id: RuleID, from kind: CatalogPage.Kind) -> String {
        let folder: CatalogPage.Kind = Rules.all.contains { $0.id == id } ? .rules : .problems
        return "[`\(id)`](\(folder == kind ? "" : "../\(folder.rawValue)/")\(id).md)"
    }

    private func rule(_ rule: any Rule, _ examples: CatalogExamples) -> CatalogPage {
        var page = CatalogPage(.rules, rule.id.rawValue, summary: rule.summary, documentation: rule.documentation)
        page.heading("What it says of bundled guests")
        let shown = examples.judged(rule.id, limit: Self.mostExamples)
        page.table(
            ["guest", "berth", "answer", "says", "would help"], shown,
            orSay: "Nothing: no berth that is proposed for one of them has to do with it."
        ) { example in
            let answer =
                switch example.judgement {
                case .rejects: "rejected"
                case .loses: "a loss"
                case .costs: "a cost"
                case .holds: "holds"
                }
            return [
                "`\(example.guest)`",
                "[`\(example.strategy)`](../strategies/\(example.strategy).md) for \(example.region.name)", answer,
            ] + CatalogPage.said(example.judgement.fact)
        }
        page.sources(rule.sources)
        return page
    }

    private func problem(_ problem: any Problem, _ examples: CatalogExamples) -> CatalogPage {
        var page = CatalogPage(
            .problems, problem.id.rawValue, summary: problem.summary, documentation: problem.documentation)
        page.say(
            problem.scope == .region
                ? "A region has it, depending on its berth." : "A guest has it, wherever its regions are.")
        page.heading("Where bundled guests have it")
        let shown = examples.met(problem.id, limit: Self.mostExamples)
        page.table(
            ["guest", "under", "what its user sees", "why", "would help"], shown, orSay: "None of them has it."
        ) { example in
            let consequence = example.consequence
            return [
                "`\(example.guest)`", CatalogPage.escaped(example.under),
                "\(consequence.level.rawValue): \(CatalogPage.escaped(consequence.symptom.rawValue))",
            ] + CatalogPage.said(consequence.fact)
        }
        page.sources(problem.sources)
        return page
    }

    private func domainRules() throws -> [CatalogPage] {
        let fragments = try CatalogExamples.fragments()
        func page(_ id: RuleID, _ summary: String, _ documentation: String) -> CatalogPage {
            CatalogPage(.domainRules, id.rawValue, summary: summary, documentation: documentation)
        }
        let rules = DomainRules.all.map { rule in
            var page = page(rule.id, rule.summary, rule.documentation)
            let span = rule.releases
            if let since = span.since { page.say("From libvirt \(since) on.") }
            if let until = span.until { page.say("Not from libvirt \(until) on any more.") }
            if let remedy = rule.remedy { page.say("What helps: \(remedy).") }
            if let example = fragments[rule.id.rawValue] {
                page.heading("For example")
                page.add(
                    "\(example.place == "devices" ? "Below `<devices>`" : "In a domain (`\(example.place)`)"):\n\n```xml\n\(example.xml)\n```"
                )
            }
            page.sources(rule.sources)
            return page
        }
        let schema = SchemaRule.allCases.map { rule in
            var page = page(rule.id, rule.summary, rule.documentation)
            page.sources(["libvirt src/conf/schemas/domain.rng", "libxml2"])
            return page
        }
        return rules + schema
    }
}

extension CatalogPage {
    /// The cells for what a rule says, and what would help.
    fileprivate static func said(_ fact: Fact) -> [String] {
        [escaped("\(fact.statement)"), fact.remedy.map { escaped("\($0)") } ?? ""]
    }
}
