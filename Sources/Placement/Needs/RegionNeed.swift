package import BerthBoot
package import BerthTopology

/// What a guest loses without a region, for the purpose that it has.
package enum RegionNeed: String, Hashable, Sendable, CaseIterable, Comparable {
    /// Nobody uses it, or not for this purpose.
    case idle
    /// Somebody does, and goes on without: a loss.
    case wanted
    /// Somebody does harm or stops without it.
    case needed

    private var rank: Int { self == .idle ? 0 : self == .wanted ? 1 : 2 }
    package static func < (a: RegionNeed, b: RegionNeed) -> Bool { a.rank < b.rank }

    /// From those who use the region.
    package static func of(_ region: Region, _ consumers: [RegionConsumer], _ purpose: Purpose) -> RegionNeed {
        consumers.lazy.filter { $0.region == region && $0.access != .register }.map { need($0, purpose) }.max() ?? .idle
    }

    /// A driver that a ROM brings or that stops runs whatever the guest is for; what only makes a picture is nothing to a guest
    /// without a monitor.
    private static func need(_ consumer: RegionConsumer, _ purpose: Purpose) -> RegionNeed {
        if consumer.isVital { return .needed }
        return purpose == .render ? .idle : .wanted
    }
}

extension GuestTopology {
    /// What becomes of it without each region.
    package var regionNeeds: PerRegion<RegionNeed> {
        let consumers = RegionConsumers.of(self)
        return PerRegion { RegionNeed.of($0, consumers, use) }
    }
}
