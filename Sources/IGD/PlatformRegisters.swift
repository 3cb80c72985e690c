/// Where the graphics control word (GGC, in older documents GMCH control) of a platform can be read.
package enum GraphicsControlLocation: Hashable, Sendable {
    /// 16 bits in the configuration space of the host bridge, 00:00.0.
    case hostBridge(offset: Int)
    /// 16 bits in the configuration space of the graphics device itself.
    case device(offset: Int)
    /// 16 bits behind BAR 0; a dump of configuration space does not have it.
    case mmio(offset: UInt64)
}

extension Platform {
    /// Generations 2 to 5 keep the word in the host bridge, so a guest cannot be given a consistent one.
    /// Nil where nothing was established (Wildcat Lake, Nova Lake).
    ///
    /// Source: `arch/x86/kernel/early-quirks.c@torvalds/linux` `gen3_stolen_size`, `gen6_stolen_size`;
    /// `drivers/gpu/drm/i915/gem/i915_gem_stolen.c@torvalds/linux` `mtl_get_gms_size`.
    package var graphicsControl: GraphicsControlLocation? {
        switch (self, generation) {
        case (.wildcatLake, _), (.novaLake, _): nil
        case (_, ...Generation.gen5): .hostBridge(offset: 0x52)
        case (_, ...Generation.gen12): .device(offset: 0x50)
        default: .mmio(offset: 0x10_8040)
        }
    }

    /// How the size of stolen memory is written in the control word; nil where nothing was established.
    ///
    /// Source: `arch/x86/kernel/early-quirks.c@torvalds/linux` `intel_early_ids`;
    /// `IgdAssignmentDxe/IgdPrivate.c@067328df` of tomitamoeko/VfioIgdPkg.
    package var stolenEncoding: StolenMemoryEncoding? {
        switch self {
        case .i830, .i845: .a
        case .cherryview: .chv
        case .wildcatLake, .novaLake: nil
        default:
            switch generation {
            case ...Generation.gen5: .b
            case .gen6, .gen7: .c
            case .gen8: .d
            case .gen9, .gen11, .gen12: .e
            default: .f
            }
        }
    }

    /// The register that holds the base of stolen memory; nil where the device has none: generation 2
    /// computes the base from the size of memory, from Meteor Lake on stolen memory lies inside BAR 2.
    ///
    /// Source: `hw/vfio/igd.c@qemu` 10.0 `vfio_pci_igd_config_quirk`; `docs/igd-assign.txt@qemu` 10.2.
    package var bdsm: BDSMRegister? {
        switch generation {
        case .gen2: nil
        case .gen3, .gen4, .gen5: BDSMRegister(offset: 0x5c, width: .bits32, mirrorOffset: nil)
        case ...Generation.gen9: BDSMRegister(offset: 0x5c, width: .bits32, mirrorOffset: 0x10_80c0)
        case .gen11, .gen12: BDSMRegister(offset: 0xc0, width: .bits64, mirrorOffset: 0x10_80c0)
        default: nil
        }
    }

    /// Whether somebody has to find memory for the stolen region; from Meteor Lake on nobody has to.
    package var placesStolenMemory: Bool { generation < .xeLPG }

    /// The register that holds the address of the OpRegion.
    ///
    /// Nil for generations 2 and 3, where none was seen. A GM965 (generation 4) was seen using it.
    package var asls: ASLSRegister? { generation < .gen4 ? nil : ASLSRegister() }

    /// Whether Intel made a VBIOS for it besides the UEFI driver (GOP); gone with generation 11.
    ///
    /// False below generation 6 too: such parts have one, but it does not work in a guest.
    package var hasLegacyVBIOS: Bool { (Generation.gen6...Generation.gen9).contains(generation) }

    /// Whether passthrough can work at all: generation 6 and later.
    ///
    /// Source: `hw/vfio/igd.c@qemu` `igd_gen`, which knows nothing older. A single QEMU release may take
    /// fewer.
    package var isSupportedForPassthrough: Bool { generation >= .gen6 }
}
