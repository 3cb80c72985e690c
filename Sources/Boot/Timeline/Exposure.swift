import BerthDiagnostics
package import BerthPCI
package import BerthTopology

/// Whether a region is there whenever somebody uses it.
package struct Exposure: Hashable, Sendable {
    package enum Level: Hashable, Sendable {
        /// It is always there.
        case never
        /// It vanishes, but nobody uses it yet.
        case onlyBeforeDriverLoads
        /// It vanishes under a user, and comes back.
        case transientWhileInUse(count: Int)
        /// In the end it is not where the register says.
        case broken

        package var name: String {
            switch self {
            case .never: "never"
            case .onlyBeforeDriverLoads: "only before the driver loads"
            case .transientWhileInUse: "transient while in use"
            case .broken: "broken"
            }
        }
    }

    /// A moment at which the region is not where somebody counts on it.
    package struct Gap: Hashable, Sendable {
        package enum Kind: String, Hashable, Sendable, CaseIterable {
            /// The carrier, or a bridge above it, decodes nothing; or its BAR holds ones for a moment.
            case decodeOff = "decode off"
            /// The carrier is somewhere else from now on.
            case moved
            /// The carrier has no address that can be reached.
            case lost
            case registerElsewhere = "register points elsewhere"
        }

        package var kind: Kind
        /// As in `TimelineEvent`.
        package var boot: Int
        package var phase: BootPhase
        /// The carrier or a bridge above it; index into `PCITree.functions`.
        package var function: Int
        package var cause: DecodeCause
        /// Names of the consumers that count on the region in that phase.
        package var users: [String]

        package init(
            kind: Kind, boot: Int = 0, phase: BootPhase, function: Int, cause: DecodeCause, users: [String]
        ) {
            self.kind = kind
            self.boot = boot
            self.phase = phase
            self.function = function
            self.cause = cause
            self.users = users
        }
    }

    package var region: Region
    /// Index into `PCITree.functions`; nil where the region lies in RAM.
    package var carrier: Int?
    package var bar: BARIndex?
    package var level: Level
    /// The events that prove it, in order.
    package var gaps: [Gap]

    package init(region: Region, carrier: Int? = nil, bar: BARIndex? = nil, level: Level, gaps: [Gap] = []) {
        self.region = region
        self.carrier = carrier
        self.bar = bar
        self.level = level
        self.gaps = gaps
    }

    /// The event that hurts first: under a user, else what breaks it, else the first at all.
    package var firstHurtful: Gap? {
        gaps.first { !$0.users.isEmpty } ?? gaps.first { $0.kind != .decodeOff } ?? gaps.first
    }

    /// The same without what the register adds: whether the carrier itself is there.
    package var carrierLevel: Level { Self.level(gaps.filter { $0.kind != .registerElsewhere }, isBroken: isLost) }

    /// Whether the carrier has no address in the end, or another one than the register was given.
    private var isLost: Bool {
        let last = gaps.map(\.boot).max()
        return gaps.contains { $0.kind == .lost || $0.kind == .moved && $0.boot == last }
    }

    private static func level(_ gaps: [Gap], isBroken: Bool) -> Level {
        guard !isBroken else { return .broken }
        let missed = gaps.filter { !$0.users.isEmpty }.count
        return missed > 0 ? .transientWhileInUse(count: missed) : gaps.isEmpty ? .never : .onlyBeforeDriverLoads
    }

    /// Of a region behind a BAR; without `register`, of one whose register will be right.
    package static func of(
        _ region: Region, function: Int, bar: BARIndex, tree: PCITree, guest: GuestOutcome,
        consumers: [RegionConsumer], register: RegisterHistory? = nil
    ) -> Exposure {
        let users = { (phase: BootPhase) in
            consumers.filter {
                $0.region == region && $0.isCertain && $0.access != .register && $0.phases.contains(phase)
            }.map(\.name)
        }
        var gaps: [Gap] = []
        for index in [function] + bridges(above: function, tree) {
            // Firmware's own switching is over before it starts a driver.
            gaps += guest.interruptions[index].filter {
                $0.phase >= .enumeration && ($0.bar == nil || index == function && $0.bar == bar)
            }.map {
                Gap(
                    kind: .decodeOff, boot: $0.boot, phase: $0.phase, function: index, cause: $0.cause,
                    users: users($0.phase))
            }
        }
        gaps += moves(function, bar, guest).map {
            Gap(
                kind: .moved, boot: $0.boot, phase: $0.phase, function: function, cause: $0.cause,
                users: users($0.phase))
        }
        if let cause = loss(function, bar, tree, guest) {
            gaps.append(
                Gap(
                    kind: .lost, boot: guest.lastBoot, phase: .assignment, function: function, cause: cause,
                    users: users(.assignment)))
        }
        if let register, let size = tree.functions[function][bar]?.kind.size.rawValue {
            gaps += elsewhere(register, function: function, bar: bar, size: size, guest: guest, users: users)
        }
        gaps = gaps.enumerated().sorted {
            ($0.element.boot, $0.element.phase, $0.offset) < ($1.element.boot, $1.element.phase, $1.offset)
        }.map(\.element)
        var exposure = Exposure(region: region, carrier: function, bar: bar, level: .never, gaps: gaps)
        exposure.level = level(gaps, isBroken: exposure.isLost || exposure.endsElsewhere(register, bar, guest, tree))
        return exposure
    }

    /// Whether the register is wrong to the end.
    private func endsElsewhere(
        _ register: RegisterHistory?, _ bar: BARIndex, _ guest: GuestOutcome, _ tree: PCITree
    ) -> Bool {
        guard let carrier, case .address(let value)? = register?.value(in: .runtime),
            let address = guest.functions[carrier].addresses[bar], let size = tree.functions[carrier][bar]?.kind.size
        else { return false }
        return value < address || value - address >= size.rawValue
    }

    /// Why there is no way to the carrier in the end.
    private static func loss(
        _ function: Int, _ bar: BARIndex, _ tree: PCITree, _ guest: GuestOutcome
    ) -> DecodeCause? {
        guard let address = guest.functions[function].addresses[bar] else {
            return DecodeCause("\(bar) has no address", source: "the prediction of firmware and guest OS")
        }
        guard !isForwarded(address, function, bar, tree, guest) else { return nil }
        return DecodeCause(
            "a bridge above does not forward \(Hexadecimal.string(address))",
            source: "the prediction of firmware and guest OS")
    }

    /// To another address, after the register was written.
    private static func moves(_ function: Int, _ bar: BARIndex, _ guest: GuestOutcome) -> [TimelineEvent] {
        var settled: UInt64?
        var boot = 0
        return guest.timeline.filter { $0.function == function && $0.bar == bar }.filter { event in
            if event.boot != boot { (settled, boot) = (nil, event.boot) }
            let address: UInt64
            switch event.change {
            case .map(let to), .move(_, let to): address = to
            case .unmap: return false
            }
            guard event.phase > .drivers, let before = settled else {
                settled = address
                return false
            }
            settled = address
            return before != address
        }
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
