/// The guest of a plan that released software can carry out: what writers take.
///
/// Placement's `Plan` makes them, and nobody else: a layout test lists who calls the initialiser. Who writes a guest that nobody
/// planned says so: writers take `asItIs:`.
package struct EmittablePlan: Hashable, Sendable {
    /// With everything in it that the plan adds.
    package let topology: GuestTopology

    package init(carryingOut topology: GuestTopology) { self.topology = topology }
}
