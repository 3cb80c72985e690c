import BerthDiagnostics
import BerthPlacement
import BerthTopology

/// Strategies as people name them: `NAME` for both regions, `REGION=NAME` for one.
enum StrategyNames {
    /// `source` is where the names are from, for messages. Errors: a region or strategy that is none.
    static func restriction(_ names: [String], source: String) throws(InputError) -> Planner.Restriction {
        var restriction = Planner.Restriction()
        for text in names {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            let region = parts.count == 2 ? Region(rawValue: parts[0]) : nil
            if parts.count == 2, region == nil {
                throw InputError(
                    "\(source): '\(parts[0])' is not a region; expected stolen-memory or opregion", rule: "usage",
                    kind: .usage)
            }
            let known = Strategies.all.map(\.id.rawValue)
            guard let name = parts.last, known.contains(name) else {
                throw InputError(
                    "\(source): '\(parts.last ?? "")' is not one of \(known.joined(separator: ", "))"
                        + NearestName.hint(parts.last ?? "", among: known), rule: "usage", kind: .usage)
            }
            for chosen in region.map({ [$0] }) ?? Region.allCases {
                restriction.strategies[chosen] = StrategyID(rawValue: name)
            }
        }
        return restriction
    }
}
