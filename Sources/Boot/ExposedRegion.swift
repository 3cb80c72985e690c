import BerthPCI
package import BerthTopology

extension Observation {
    /// An exposure in numbers and names.
    package struct ExposedRegion: Codable, Hashable, Sendable {
        package var region: String
        /// Where the carrier is; nil for memory that the firmware reserves.
        package var bdf: String?
        package var bar: Int?
        package var exposure: String
        /// How many times it is gone, and how many of them under a user.
        package var gaps: Int
        package var gapsInUse: Int
        /// Of the first event that hurts.
        package var firstPhase: String?
        package var firstCause: String?
        package var firstSource: String?
        package var users: [String]
        /// Everything that proves it, in order.
        package var events: [ExposureEvent]
    }

    /// A moment at which a region is not where somebody counts on it.
    package struct ExposureEvent: Codable, Hashable, Sendable {
        /// `decode off`, `moved`, `lost`, `register points elsewhere`.
        package var kind: String
        package var phase: String
        /// Of the carrier, or of a bridge above it.
        package var place: String
        package var cause: String
        package var source: String
        /// Who counts on the region then; empty where nobody does.
        package var users: [String]

        package init(_ gap: Exposure.Gap, place: String) {
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
    package func place(of function: Int) -> String {
        let row = tree.functions[function]
        return firmware.busNumbers[row.bus].map { PCIAddress(bus: $0, devfn: row.devfn).short } ?? tree.place(of: row)
    }
}

extension Observation {
    /// The prediction of a whole boot, exposures included.
    package init(_ outcome: BootOutcome, topology: GuestTopology) {
        self.init(outcome.guest, after: outcome.firmware, tree: outcome.tree, topology: topology)
        guard outcome.firmware.halted == nil else { return }
        exposure = outcome.exposures.map { ExposedRegion($0, outcome) }
    }
}
