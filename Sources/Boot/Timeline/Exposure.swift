import BerthDiagnostics
public import BerthPCI
public import BerthTopology

/// Whether a region is there whenever somebody uses it.
public struct Exposure: Hashable, Sendable {
    public enum Level: Hashable, Sendable {
        /// It is always there.
        case never
        /// It vanishes, but nobody uses it yet.
        case onlyBeforeDriverLoads
        /// It vanishes under a user, and comes back.
        case transientWhileInUse(count: Int)
        /// In the end it is not where the register says.
        case broken

        public var name: String {
            switch self {
            case .never: "never"
            case .onlyBeforeDriverLoads: "only before the driver loads"
            case .transientWhileInUse: "transient while in use"
            case .broken: "broken"
            }
        }
    }

    /// A moment at which the carrier is not there, and who misses it.
    public struct Gap: Hashable, Sendable {
        public var phase: BootPhase
        /// The carrier or a bridge above it; index into `PCITree.functions`.
        public var function: Int
        public var cause: DecodeCause
        /// Names of the consumers that count on the region in that phase.
        public var users: [String]
    }

    public var region: Region
    /// Index into `PCITree.functions`; nil where the region lies in RAM.
    public var carrier: Int?
    public var bar: BARIndex?
    public var level: Level
    /// The events that prove it, in order.
    public var gaps: [Gap]

    public init(region: Region, carrier: Int? = nil, bar: BARIndex? = nil, level: Level, gaps: [Gap] = []) {
        self.region = region
        self.carrier = carrier
        self.bar = bar
        self.level = level
        self.gaps = gaps
    }

    /// The event that hurts first: under a user, else the first at all.
    public var firstHurtful: Gap? { gaps.first { !$0.users.isEmpty } ?? gaps.first }

    /// Of a region behind a BAR.
    public static func of(
        _ region: Region, function: Int, bar: BARIndex, tree: PCITree, guest: GuestOutcome,
        consumers: [RegionConsumer]
    ) -> Exposure {
        let users = { (phase: BootPhase) in
            consumers.filter { $0.region == region && $0.isCertain && $0.phases.contains(phase) }.map(\.name)
        }
        var gaps: [Gap] = []
        for index in [function] + bridges(above: function, tree) {
            // Firmware's own switching is over before it starts a driver.
            gaps += guest.interruptions[index].filter { $0.phase >= .enumeration }.map {
                Gap(phase: $0.phase, function: index, cause: $0.cause, users: users($0.phase))
            }
        }
        gaps = gaps.enumerated().sorted { ($0.element.phase, $0.offset) < ($1.element.phase, $1.offset) }.map(\.element)
        let after = guest.functions[function].addresses[bar]
        let isReachable = after.map { isForwarded($0, function, bar, tree, guest) } ?? false
        let level: Level
        if !isReachable || wasMoved(function, bar, guest) {
            level = .broken
            gaps += guest.timeline.filter { $0.function == function && $0.bar == bar && $0.phase > .assignment }.map {
                Gap(phase: $0.phase, function: function, cause: $0.cause, users: users($0.phase))
            }
        } else {
            let missed = gaps.filter { !$0.users.isEmpty }.count
            level = missed > 0 ? .transientWhileInUse(count: missed) : gaps.isEmpty ? .never : .onlyBeforeDriverLoads
        }
        return Exposure(region: region, carrier: function, bar: bar, level: level, gaps: gaps)
    }

    /// After the register was written, so that it points at nothing.
    private static func wasMoved(_ function: Int, _ bar: BARIndex, _ guest: GuestOutcome) -> Bool {
        let seen = guest.timeline.filter { $0.function == function && $0.bar == bar }.compactMap {
            event -> (BootPhase, UInt64)? in
            switch event.change {
            case .map(let address), .move(_, let address): (event.phase, address)
            case .unmap: nil
            }
        }
        let settled = seen.last { $0.0 <= .drivers }?.1
        return settled.map { address in seen.contains { $0.0 > .drivers && $0.1 != address } } ?? false
    }

    private static func bridges(above function: Int, _ tree: PCITree) -> [Int] {
        var found: [Int] = []
        var bus = tree.functions[function].bus
        while case .bridge(let bridge) = tree.buses[bus].parent {
            found.append(bridge)
            bus = tree.functions[bridge].bus
        }
        return found
    }

    /// Every bridge on the way has it in a window.
    private static func isForwarded(
        _ address: UInt64, _ function: Int, _ bar: BARIndex, _ tree: PCITree, _ guest: GuestOutcome
    ) -> Bool {
        guard let size = tree.functions[function][bar]?.kind.size.rawValue else { return false }
        return bridges(above: function, tree).allSatisfy { bridge in
            guard let registers = guest.functions[bridge].bridge else { return false }
            return [registers.memory, registers.prefetchable].contains {
                $0.base <= address && address &+ (size - 1) <= $0.limit
            }
        }
    }
}
