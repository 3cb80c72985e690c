package import BerthDiagnostics
package import BerthPCI
package import BerthTopology

/// Why there is no plan: a tree of conclusions, each with what it follows from.
///
/// Data only; `ExplanationText` in Report has the words. After PubGrub's derivation tree.
package indirect enum Explanation: Hashable, Sendable {
    /// Known without further reason.
    case external(Premise)
    /// Follows from all of the others together.
    case derived(Conclusion, because: [Explanation])

    package enum Premise: Hashable, Sendable {
        /// The device needs a region of this size.
        case needs(Region, ByteCount)
        /// One fact rejects all these berths, whatever the other region does.
        case rejects([RegionBerth], Fact)
        /// One fact speaks against a berth beside each of these berths of the other region.
        case rejectsBeside([RegionBerth], Fact)
        /// The guest itself cannot start beside these.
        case conflict([RegionBerth], Finding)
    }

    package enum Conclusion: Hashable, Sendable {
        case noPlan
        /// No berth of the region can be used.
        case noBerth(Region)
        /// This berth can be used, but with no berth of the other region.
        case noPartner(RegionBerth)
    }

    /// What the tree rests on, from left to right.
    package var premises: [Premise] {
        switch self {
        case .external(let premise): [premise]
        case .derived(_, let causes): causes.flatMap(\.premises)
        }
    }
}

extension Explanation {
    /// The smallest set of facts that leaves no plan, from all pairs, of which none is accepted.
    ///
    /// Of the regions for which every berth is rejected beside every berth of the other one, the one that needs fewer facts.
    /// Where none is like that, every berth of stolen memory that could be used is followed beside each partner.
    init(why all: [Evaluation], _ request: Request) {
        let alone = Region.allCases.compactMap { Self.hopeless($0, all, request) }
        if let smallest = alone.min(by: { $0.premises.count < $1.premises.count }) {
            self = .derived(.noPlan, because: [smallest])
            return
        }
        let region = Region.stolenMemory
        var causes: [Explanation] = [Self.need(region, request)]
        var rejected: [(RegionBerth, [Fact])] = []
        for berth in Self.berths(region, all) {
            let pairs = all.filter { $0.berth(of: region) == berth }
            if let facts = Self.common(region, pairs) {
                rejected.append((berth, facts))
            } else {
                causes.append(.derived(.noPartner(berth), because: Self.partners(of: region, pairs)))
            }
        }
        causes += Cover.smallest(rejected).map { .external(.rejects($0.berths, $0.fact)) }
        self = .derived(.noPlan, because: causes)
    }

    private static func need(_ region: Region, _ request: Request) -> Explanation {
        .external(.needs(region, request.size(of: region)))
    }

    private static func berths(_ region: Region, _ all: [Evaluation]) -> [RegionBerth] {
        var seen: Set<RegionBerth> = []
        return all.compactMap { $0.berth(of: region) }.filter { seen.insert($0).inserted }
    }

    /// Why no berth of a region can be used beside any partner; nil if one can.
    private static func hopeless(_ region: Region, _ all: [Evaluation], _ request: Request) -> Explanation? {
        var rows: [(RegionBerth, [Fact])] = []
        for berth in berths(region, all) {
            guard let facts = common(region, all.filter { $0.berth(of: region) == berth }) else { return nil }
            rows.append((berth, facts))
        }
        let causes = Cover.smallest(rows).map { Explanation.external(.rejects($0.berths, $0.fact)) }
        return .derived(.noBerth(region), because: [need(region, request)] + causes)
    }

    /// Facts that reject a berth beside its best partner, if it is rejected beside every one.
    private static func common(_ region: Region, _ pairs: [Evaluation]) -> [Fact]? {
        let least = pairs.min { $0.rejections(of: region).count < $1.rejections(of: region).count }
        return least.map { $0.rejections(of: region) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func partners(of region: Region, _ pairs: [Evaluation]) -> [Explanation] {
        var rows: [(RegionBerth, [Fact])] = []
        var conflicts: [Explanation] = []
        for evaluation in pairs {
            guard let partner = evaluation.berth(of: region.other) else { continue }
            let facts = evaluation.rejections(of: region) + evaluation.rejections(of: region.other)
            if facts.isEmpty, let finding = evaluation.conflicts.first {
                conflicts.append(.external(.conflict([partner], finding)))
            } else {
                rows.append((partner, facts))
            }
        }
        return Cover.smallest(rows).map { .external(.rejectsBeside($0.berths, $0.fact)) } + conflicts
    }
}
