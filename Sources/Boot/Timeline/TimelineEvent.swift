package import BerthPCI

/// One moment at which a BAR appears, vanishes, or changes its place.
package struct TimelineEvent: Hashable, Sendable {
    package enum Change: Hashable, Sendable {
        case map(UInt64)
        case unmap(UInt64)
        /// Rewritten while it decodes.
        case move(from: UInt64, to: UInt64)
    }

    /// 0 from power-on to the first reset, then one more with each.
    package var boot: Int
    package var phase: BootPhase
    /// Index into `PCITree.functions`.
    package var function: Int
    package var bar: BARIndex
    package var change: Change
    package var cause: DecodeCause

    package init(
        boot: Int = 0, phase: BootPhase, function: Int, bar: BARIndex, change: Change, cause: DecodeCause
    ) {
        self.boot = boot
        self.phase = phase
        self.function = function
        self.bar = bar
        self.change = change
        self.cause = cause
    }
}

extension [TimelineEvent] {
    /// In the order of boots and their phases; within a phase as they came.
    package func inPhaseOrder() -> [TimelineEvent] {
        enumerated().sorted {
            ($0.element.boot, $0.element.phase, $0.offset) < ($1.element.boot, $1.element.phase, $1.offset)
        }.map(\.element)
    }
}
