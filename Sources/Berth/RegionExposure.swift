public import BerthBoot
import BerthPCI
public import BerthTopology

/// Whether a region is there whenever somebody uses it.
public struct RegionExposure: Hashable, Sendable {
    /// How bad it is, the best first.
    public enum Level: Hashable, Sendable {
        /// The region is always there.
        case never
        /// It vanishes, but nobody uses it yet.
        case onlyBeforeDriverLoads
        /// It vanishes under a user this many times, and comes back.
        case transientWhileInUse(count: Int)
        /// In the end it is not where the register says.
        case broken
    }

    /// A moment at which the region is not where somebody counts on it.
    public struct Gap: Hashable, Sendable {
        /// What happens: `decode off`, `moved`, `lost`, `register points elsewhere`.
        public let kind: String
        /// 0 from power-on to the first reset, then one more with each.
        public let boot: Int
        /// Where in the life of the guest it happens.
        public let phase: BootPhase
        /// Where the carrier is, or the bridge above it to which it happens.
        public let place: String
        /// Why, as a clause.
        public let cause: String
        /// Where that is written.
        public let source: String
        /// Who counts on the region then; empty where nobody does.
        public let users: [String]

        init(_ gap: Exposure.Gap, _ outcome: BootOutcome) {
            kind = gap.kind.rawValue
            boot = gap.boot
            phase = gap.phase
            place = outcome.place(of: gap.function)
            cause = gap.cause.description
            source = gap.cause.source
            users = gap.users
        }
    }

    /// The region in question.
    public let region: Region
    /// Where the function is behind whose BAR it lies; nil where it lies in RAM.
    public let carrier: String?
    /// The number of that BAR.
    public let bar: Int?
    /// How bad it is.
    public let level: Level
    /// The events that prove it, in the order of time.
    public let gaps: [Gap]

    init(_ exposure: Exposure, _ outcome: BootOutcome) {
        region = exposure.region
        carrier = exposure.carrier.map { outcome.place(of: $0) }
        bar = if case .bar(let number)? = exposure.bar { number } else { nil }
        level =
            switch exposure.level {
            case .never: .never
            case .onlyBeforeDriverLoads: .onlyBeforeDriverLoads
            case .transientWhileInUse(let count): .transientWhileInUse(count: count)
            case .broken: .broken
            }
        gaps = exposure.gaps.map { Gap($0, outcome) }
    }
}
