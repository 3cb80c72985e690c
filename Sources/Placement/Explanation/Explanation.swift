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
        /// The guest itself cannot start in this company.
        case conflict([RegionBerth], Finding)
    }

    package enum Conclusion: Hashable, Sendable {
        case noPlan
        /// No berth of the region can be used.
        case noBerth(Region)
        /// This berth can be used, but with no berth of the other region.
        case noCompany(RegionBerth)
    }

    /// What the tree rests on, from left to right.
    package var premises: [Premise] {
        switch self {
        case .external(let premise): [premise]
        case .derived(_, let causes): causes.flatMap(\.premises)
        }
    }
}

extension PlanningResult {
    /// The smallest set of facts that leaves no plan; nil if there is one, or if nobody knows.
    ///
    /// Of the regions for which every berth is rejected in every company, the one that needs fewer facts. Where none is
    /// like that, every berth of stolen memory that could be used is followed into every company.
    package var explanation: Explanation? {
        guard best == nil, isProven else { return nil }
        let all = evaluations
        let alone = Region.allCases.compactMap { hopeless($0, all) }
        if let smallest = alone.min(by: { $0.premises.count < $1.premises.count }) {
            return .derived(.noPlan, because: [smallest])
        }
        let region = Region.stolenMemory
        var causes: [Explanation] = [need(region)]
        var rejected: [(RegionBerth, [Fact])] = []
        for berth in berths(region, all) {
            let companies = all.filter { $0.berth(of: region) == berth }
            if let facts = common(region, companies) {
                rejected.append((berth, facts))
            } else {
                causes.append(.derived(.noCompany(berth), because: Self.company(of: region, companies)))
            }
        }
        causes += Cover.smallest(rejected).map { .external(.rejects($0.berths, $0.fact)) }
        return .derived(.noPlan, because: causes)
    }

    private func need(_ region: Region) -> Explanation { .external(.needs(region, request.size(of: region))) }

    private func berths(_ region: Region, _ all: [Evaluation]) -> [RegionBerth] {
        var seen: Set<RegionBerth> = []
        return all.compactMap { $0.berth(of: region) }.filter { seen.insert($0).inserted }
    }

    /// Why no berth of a region can be used in any company; nil if one can.
    private func hopeless(_ region: Region, _ all: [Evaluation]) -> Explanation? {
        var rows: [(RegionBerth, [Fact])] = []
        for berth in berths(region, all) {
            guard let facts = common(region, all.filter { $0.berth(of: region) == berth }) else { return nil }
            rows.append((berth, facts))
        }
        let causes = Cover.smallest(rows).map { Explanation.external(.rejects($0.berths, $0.fact)) }
        return .derived(.noBerth(region), because: [need(region)] + causes)
    }

    /// Facts that reject a berth in its best company, if it is rejected in every one.
    private func common(_ region: Region, _ companies: [Evaluation]) -> [Fact]? {
        let least = companies.min { $0.rejections(of: region).count < $1.rejections(of: region).count }
        return least.map { $0.rejections(of: region) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func company(of region: Region, _ companies: [Evaluation]) -> [Explanation] {
        let other: Region = region == .stolenMemory ? .opRegion : .stolenMemory
        var rows: [(RegionBerth, [Fact])] = []
        var conflicts: [Explanation] = []
        for evaluation in companies {
            guard let partner = evaluation.berth(of: other) else { continue }
            let facts = evaluation.rejections(of: region) + evaluation.rejections(of: other)
            if facts.isEmpty, let finding = evaluation.conflicts.first {
                conflicts.append(.external(.conflict([partner], finding)))
            } else {
                rows.append((partner, facts))
            }
        }
        return Cover.smallest(rows).map { .external(.rejectsBeside($0.berths, $0.fact)) } + conflicts
    }
}
