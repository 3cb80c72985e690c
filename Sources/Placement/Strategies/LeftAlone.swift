import BerthIGD
import BerthPCI
import BerthTopology

/// The region is left out although the guest asks for it.
struct LeftAlone: Strategy {
    let id: StrategyID = "left-alone"
    let summary = "nothing is placed and the register stays as it is"
    let documentation = """
        What happens when nobody acts. A video BIOS in a graphics mode then has the GPU write to wherever the \
        GTT points: into memory of the guest, or to addresses the IOMMU refuses. VGA text mode is not affected. \
        A Linux driver goes on without stolen memory, and guesses the outputs without OpRegion; Intel's Windows \
        driver does not start.
        """
    let origin = Origin(
        "SeaBIOS list, 13 February 2016, the starting point")
    let sources = [
        "SeaBIOS list, 13 February 2016: faults or corruption in graphics modes, text mode is fine",
        "Linux drivers/gpu/drm/i915/gem/i915_gem_stolen.c i915_gem_init_stolen",
    ]

    func proposals(for region: Region, in request: Request) -> [Proposal] {
        let needed = request.size(of: region)
        guard needed > .zero, !request.isIdle(region),
            request.platform?.placesStolenMemory != false || region == .opRegion
        else { return [] }
        let off = PerRegion(stolenMemory: [], opRegion: [Property("x-igd-opregion", .bool(false))])
        let berth = RegionBerth(
            region, strategy: id, needed: needed, reserved: .zero, backing: .nothing, .nothing,
            register: request.register(for: region))
        return [Proposal(berth, TopologyEdit(igdProperties: off[region]))]
    }
}
