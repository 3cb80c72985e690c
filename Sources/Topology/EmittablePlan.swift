/// The guest of a plan that released software can carry out: what writers take.
///
/// Placement's `Plan` makes them, and nobody else: a layout test lists who calls the initialiser. Who writes a guest that nobody
/// planned says so: writers take `asItIs:`.
package struct EmittablePlan: Hashable, Sendable {
    /// With everything in it that the plan adds.
    package private(set) var topology: GuestTopology

    package init(carryingOut topology: GuestTopology) { self.topology = topology }

    /// Whether a file with Berth's option ROM has to be there.
    package var needsWriterROM: Bool { topology.registerWriterSlot != nil }

    /// The same with the option ROM at another path.
    package func withWriterROM(at path: String) -> EmittablePlan {
        var copy = self
        copy.topology.setWriterFile(path)
        return copy
    }
}
