import BerthIGD
import BerthPCI
import BerthTopology

/// There is no region, so there is no berth to find.
struct NothingToPlace: Strategy {
    let id: StrategyID = "nothing-to-place"
    let summary = "the device has no such region, or nobody in the guest needs it"
    let documentation = """
        From Meteor Lake on stolen memory is part of BAR 2 (at 8 MiB) and there is no BDSM register in \
        configuration space, so nothing has to be placed. A guest may also ask for no OpRegion, and a purpose \
        without a monitor (render) leaves both regions to nobody under Linux: a headless guest is better off without.
        """
    let origin = Origin(
        "Meteor Lake, whose stolen memory is inside BAR 2",
        shippedBy: "QEMU 10.1; crosvm and QEMU for guests without display")
    let sources = [
        "QEMU docs/igd-assign.txt (2026): 'Starting from Meteor Lake ... removed the BDSM register'",
        "Linux drivers/gpu/drm/i915/gem/i915_gem_stolen.c i915_gem_stolen_lmem_setup",
    ]

    func proposals(for region: Region, in request: Request) -> [Proposal] {
        let isIdle = request.isIdle(region)
        guard
            isIdle || request.size(of: region) == .zero
                || region == .stolenMemory && request.platform?.placesStolenMemory == false
        else { return [] }
        let off = PerRegion(
            stolenMemory: isIdle ? [] : GraphicsMode.properties(for: request),
            opRegion: [Property("x-igd-opregion", .bool(false))])
        let berth = RegionBerth(
            region, strategy: id, needed: .zero, reserved: .zero, backing: .nothing, .nothing, register: nil)
        return [Proposal(berth, TopologyEdit(igdProperties: off[region]))]
    }
}
