import BerthBundled
import BerthDiagnostics
import BerthPlacement
import BerthReport
import BerthTopology
import Foundation
import TestSupport

/// What rules, problems and strategies say of the bundled guests, and what the claims of validation say of fragments.
struct CatalogExamples {
    /// What a rule says of one berth in one guest.
    struct Judged {
        let guest: String
        let region: Region
        let strategy: StrategyID
        let judgement: Judgement
    }

    /// Where a guest has a problem.
    struct Met {
        let guest: String
        let under: String
        let consequence: Consequence
    }

    /// By rule, in the order of guests and candidates; each statement once.
    private(set) var judged: [RuleID: [Judged]] = [:]
    private(set) var met: [RuleID: [Met]] = [:]
    /// By guest, with its name.
    let compared: [(name: String, report: ComparisonReport, planned: Set<String>)]

    init() throws {
        var compared: [(name: String, report: ComparisonReport, planned: Set<String>)] = []
        for name in BundledTopologies.names {
            let plan = try Reports.planned(name)
            for candidate in plan.candidates {
                for judgement in candidate.berth.judgements {
                    let berth = candidate.berth.berth
                    judged[judgement.fact.rule, default: []].append(
                        Judged(guest: name, region: berth.region, strategy: berth.strategy, judgement: judgement))
                }
            }
            let report = try Reports.compared(name)
            for consequence in report.configured.consequences {
                met[consequence.fact.rule, default: []].append(
                    Met(guest: name, under: "as it is configured", consequence: consequence))
            }
            for (index, column) in report.columns.enumerated() {
                let under = "\(column.firmware), \(column.system)"
                for consequence in column.verdict.consequences {
                    met[consequence.fact.rule, default: []].append(
                        Met(guest: name, under: under, consequence: consequence))
                }
                for row in report.rows {
                    for consequence in row.cells[index]?.verdict.consequences ?? [] {
                        met[consequence.fact.rule, default: []].append(
                            Met(
                                guest: name, under: "\(row.strategy) for \(row.region.name); \(under)",
                                consequence: consequence))
                    }
                }
            }
            let berths = plan.plan?.berths ?? []
            compared.append((name, report, Set(berths.map { "\($0.berth.region) \($0.berth.strategy)" })))
        }
        self.compared = compared
    }

    /// Examples that differ in what they say, no more than `limit`, rejections first.
    func judged(_ rule: RuleID, limit: Int) -> [Judged] {
        func rank(_ judgement: Judgement) -> Int {
            judgement.isRejection ? 0 : judgement.isLoss ? 1 : judgement.isCost ? 2 : 3
        }
        var seen: Set<String> = []
        let different = (judged[rule] ?? []).filter { seen.insert("\($0.judgement.fact.statement)").inserted }
        let ordered = different.enumerated().sorted { a, b in
            (rank(a.element.judgement), a.offset) < (rank(b.element.judgement), b.offset)
        }
        return ordered.prefix(limit).map(\.element)
    }

    func met(_ problem: RuleID, limit: Int) -> [Met] {
        var seen: Set<String> = []
        let different = (met[problem] ?? []).filter { seen.insert("\($0.consequence.fact.statement)").inserted }
        return Array(different.prefix(limit))
    }

    /// Of each rule of domain XML the shortest fragment that it finds fault with, and where that stands in a domain.
    static func fragments() throws -> [String: (place: String, xml: String)] {
        func lines(_ name: String) throws -> [Substring] {
            let file = PackageRoot.url.appendingPathComponent("Tests/LibvirtTests/Golden/claims/\(name)")
            return try String(contentsOf: file, encoding: .utf8).split(
                separator: "\n", omittingEmptySubsequences: false)
        }
        let fragments = try lines("fragments.txt")
        var found: [String: (place: String, xml: String)] = [:]
        var current: Substring?
        for line in try lines("found.txt") {
            if let number = line.wholeMatch(of: /line (\d+)/).flatMap({ Int($0.1) }) {
                current = fragments.indices.contains(number - 1) ? fragments[number - 1] : nil
                continue
            }
            guard let current, let rule = line.wholeMatch(of: /\ +(\d+):\d+ \w+ ([a-z0-9-]+)/), rule.1 != "1" else {
                continue
            }
            let parts = current.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, parts[1].hasPrefix("<"), parts[1].count <= 240 else { continue }
            if let known = found[String(rule.2)], known.xml.count <= parts[1].count { continue }
            found[String(rule.2)] = (String(parts[0]), String(parts[1]))
        }
        return found
    }
}
