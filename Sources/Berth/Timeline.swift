public import BerthBoot
import BerthPCI
import BerthTopology

/// Every moment at which a BAR of a guest comes, goes or moves, in the order of boots and their phases.
public struct Timeline: Hashable, Sendable {
    /// In the order of boots and their phases; within a phase function by function, each in the order of time.
    public let events: [Event]

    init(_ outcome: BootOutcome) {
        events = outcome.guest.timeline.inPhaseOrder().map { Event($0, outcome) }
    }
}

extension Timeline {
    /// One moment at which a BAR appears, vanishes, or changes its place.
    public struct Event: Hashable, Sendable {
        /// What becomes of the BAR; addresses are guest physical ones, or ports of an I/O BAR.
        public enum Change: Hashable, Sendable {
            /// It decodes from now on.
            case appears(at: UInt64)
            /// It decodes no longer.
            case vanishes(from: UInt64)
            /// It is rewritten while it decodes.
            case moves(from: UInt64, to: UInt64)
        }

        /// 0 from power-on to the first reset, then one more with each.
        public let boot: Int
        /// Where in the life of the guest it happens.
        public let phase: BootPhase
        /// The id of the device, or a name for a function of the chipset.
        public let device: String
        /// `01:00.0`, with the number that the firmware gives the bus; behind a bridge without one, the bus by name.
        public let place: String
        /// 0 to 5; nil for the ROM.
        public let bar: Int?
        /// What becomes of the BAR.
        public let change: Change
        /// Why, as a clause: `sizes BAR 3`.
        public let cause: String
        /// Where that is written: `file@version function`.
        public let source: String

        init(_ event: BerthBoot.TimelineEvent, _ outcome: BootOutcome) {
            boot = event.boot
            phase = event.phase
            device = outcome.tree.functions[event.function].name
            place = outcome.place(of: event.function)
            bar = if case .bar(let number) = event.bar { number } else { nil }
            change =
                switch event.change {
                case .map(let address): .appears(at: address)
                case .unmap(let address): .vanishes(from: address)
                case .move(let from, let to): .moves(from: from, to: to)
                }
            cause = event.cause.description
            source = event.cause.source
        }
    }
}
