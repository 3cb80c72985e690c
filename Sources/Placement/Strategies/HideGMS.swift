import BerthDiagnostics
import BerthIGD
import BerthPCI
import BerthStack
import BerthTopology

/// The guest's control word says that there is no stolen memory.
struct HideGMS: Strategy {
    let id: StrategyID = "hide-size"
    let summary = "the control word shows no stolen memory, so that no driver looks for it"
    let documentation = """
        The VMM clears the size in the control word, and i915 does without stolen memory. crosvm clears the byte \
        at 0x51, which is the size from gen 8 on; on gen 6 and 7 that byte has the size of the GTT and half of \
        the field. QEMU up to 9.1 forces the size to 0 in legacy mode unless x-igd-gms says otherwise; from 10.0 \
        on x-igd-gms=0 stands for the host's value, and nothing hides it.
        """
    let origin = Origin(
        "crosvm, 2019",
        shippedBy: "crosvm; QEMU 2.7 to 9.1 in legacy mode")
    let sources = [
        "google/crosvm devices/src/pci/vfio_pci.rs, commit 5aef64748",
        "QEMU 9.1 hw/vfio/igd.c vfio_probe_igd_bar4_quirk clears GMS",
    ]

    func proposals(for region: Region, in request: Request) -> [Proposal] {
        let needed = request.size(of: region)
        guard region == .stolenMemory, needed > .zero, request.platform?.placesStolenMemory == true else { return [] }
        // 0 is the default of every release, and means "none" in old ones only.
        let isOld = request.topology.qemu.hidesStolenMemoryByDefault
        var berth = RegionBerth(
            region, strategy: id, needed: needed, reserved: .zero, backing: .nothing, .nothing, register: nil,
            missing: isOld ? [] : [MissingPiece(.qemu, "QEMU \(request.topology.qemu) cannot hide the size")])
        berth.needsLegacyMode = true
        return [Proposal(berth, TopologyEdit(igdProperties: [Property("x-igd-gms", .number(0))]))]
    }
}
