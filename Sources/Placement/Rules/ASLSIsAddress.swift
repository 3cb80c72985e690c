import BerthDiagnostics
import BerthTopology

/// No bit of ASLS is free for a flag.
struct ASLSIsAddress: Rule {
    let id: RuleID = "asls-is-address"
    let summary = "all bits of ASLS are address"
    let documentation = """
        The register holds the address of the OpRegion, which need not start on a page: bit 0 is address like any other. \
        i915 maps the raw value and looks for the signature there; one byte off, it finds none.
        """
    let sources = [
        "Linux drivers/gpu/drm/i915/display/intel_opregion.c intel_opregion_setup",
        "qemu-devel, 28 January 2016, Alex Williamson on a flag in bit 0",
    ]

    func judge(_ berth: RegionBerth, in evaluation: Evaluation) -> [Judgement] {
        guard berth.registerFlags != 0 else { return [] }
        return [
            .rejects(
                Fact(
                    id, "with bit 0 set ASLS points one byte behind the OpRegion, where a driver finds no signature",
                    remedy: "no flag: the signature tells a valid address from a wrong one"), .memoryMissing)
        ]
    }
}
