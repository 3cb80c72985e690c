import BerthPCI
public import BerthTopology

extension Observation {
    /// An exposure in numbers and names.
    public struct ExposedRegion: Codable, Hashable, Sendable {
        public var region: String
        /// Where the carrier is; nil for memory that the firmware reserves.
        public var bdf: String?
        public var bar: Int?
        public var exposure: String
        /// How many times it is gone, and how many of them under a user.
        public var gaps: Int
        public var gapsInUse: Int
        /// Of the first event that hurts.
        public var firstPhase: String?
        public var firstCause: String?
        public var firstSource: String?
        public var users: [String]
        /// Everything that proves it, in order.
        public var events: [ExposureEvent]
    }

    /// A moment at which a region is not where somebody counts on it.
    public struct ExposureEvent: Codable, Hashable, Sendable {
        /// `decode off`, `moved`, `lost`, `register points elsewhere`.
        public var kind: String
        public var phase: String
        /// Of the carrier, or of a bridge above it.
        public var place: String
        public var cause: String
        public var source: String
        /// Who counts on the region then; empty where nobody does.
        public var users: [String]

        public init(_ gap: Exposure.Gap, place: String) {
            kind = gap.kind.rawValue
            phase = gap.phase.description
            self.place = place
            cause = gap.cause.description
            source = gap.cause.source
            users = gap.users
        }
    }
}

extension Observation.ExposedRegion {
    init(_ exposure: Exposure, _ outcome: BootOutcome) {
        region = exposure.region.rawValue
        bdf = exposure.carrier.map { outcome.place(of: $0) }
        bar = exposure.bar?.position
        self.exposure = exposure.level.name
        gaps = exposure.gaps.count
        gapsInUse = exposure.gaps.filter { !$0.users.isEmpty }.count
        firstPhase = exposure.firstHurtful?.phase.description
        firstCause = exposure.firstHurtful?.cause.description
        firstSource = exposure.firstHurtful?.cause.source
        users = exposure.firstHurtful?.users ?? []
        events = exposure.gaps.map { Observation.ExposureEvent($0, place: outcome.place(of: $0.function)) }
    }
}

extension BootOutcome {
    /// `01:00.0`, with the number the firmware gave the bus; without one, the bus by name.
    public func place(of function: Int) -> String {
        let row = tree.functions[function]
        return firmware.busNumbers[row.bus].map { PCIAddress(bus: $0, devfn: row.devfn).short } ?? tree.place(of: row)
    }
}

extension Observation {
    /// The prediction of a whole boot, exposures included.
    public init(_ outcome: BootOutcome, topology: GuestTopology) {
        self.init(outcome.guest, after: outcome.firmware, tree: outcome.tree, topology: topology)
        guard outcome.firmware.halted == nil else { return }
        exposure = outcome.exposures.map { ExposedRegion($0, outcome) }
    }
}
