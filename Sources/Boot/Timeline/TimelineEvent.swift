public import BerthPCI

/// One moment at which a BAR appears, vanishes, or changes its place.
public struct TimelineEvent: Hashable, Sendable {
    public enum Change: Hashable, Sendable {
        case map(UInt64)
        case unmap(UInt64)
        /// Rewritten while it decodes.
        case move(from: UInt64, to: UInt64)
    }

    public var phase: BootPhase
    /// Index into `PCITree.functions`.
    public var function: Int
    public var bar: BARIndex
    public var change: Change
    public var cause: DecodeCause

    public init(phase: BootPhase, function: Int, bar: BARIndex, change: Change, cause: DecodeCause) {
        self.phase = phase
        self.function = function
        self.bar = bar
        self.change = change
        self.cause = cause
    }
}

extension [TimelineEvent] {
    /// In the order of the phases; within a phase as they came.
    public func inPhaseOrder() -> [TimelineEvent] {
        enumerated().sorted { ($0.element.phase, $0.offset) < ($1.element.phase, $1.offset) }.map(\.element)
    }
}
