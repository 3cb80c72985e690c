import BerthIGD
import BerthPCI
import BerthStack
import BerthTopology

/// Linux's driver of an IGD: i915, or xe from Lunar Lake and Linux 6.8 on.
struct LinuxGraphicsDriver {
    var name: String
    /// Whether the generation lets it; what else can keep it away is in `StolenMemoryUse`.
    var usesStolenMemory: Bool

    /// Nil where this kernel has no driver for the generation.
    init?(_ generation: Generation?, _ version: LinuxRelease) {
        guard let generation else {
            (name, usesStolenMemory) = ("i915", true)
            return
        }
        if generation >= .xe2 {
            guard version.hasXe else { return nil }
            (name, usesStolenMemory) = ("xe", true)
        } else {
            // VT-d is assumed under a hypervisor, and with VT-d stolen memory is off before generation 8.
            (name, usesStolenMemory) = ("i915", generation >= .gen8)
        }
    }

    var stolenMemorySource: String {
        name == "xe"
            ? "drivers/gpu/drm/xe/xe_ttm_stolen_mgr.c@Linux 6.8 xe_ttm_stolen_mgr_init"
            : "drivers/gpu/drm/i915/gem/i915_gem_stolen.c@Linux 6.1 i915_gem_init_stolen"
    }
}

/// Why i915 leaves stolen memory alone although the generation would let it use it.
///
/// Source: drivers/gpu/drm/i915/gem/i915_gem_stolen.c@Linux 6.1 `i915_gem_init_stolen`, `request_smem_stolen`;
/// kernel/resource.c `__request_region`, which goes down into BARs that no driver has claimed.
enum StolenMemoryUse {
    /// The reserved part at the top is read out of a register behind BAR 0, which shows the host's; nil where that agrees.
    ///
    /// Source: drivers/gpu/drm/i915/gem/i915_gem_stolen.c@Linux 6.11 `init_reserved_stolen`: `icl_get_stolen_reserved` from
    /// generation 11 on, before it only where bit 0 is set.
    private static func reservedPart(_ topology: GuestTopology, _ generation: Generation, _ base: UInt64?) -> String? {
        guard let igd = topology.igd, igd.hostStolenBase.map({ $0.rawValue != base }) ?? true else { return nil }
        let condition = generation >= .gen11 ? "" : ", if bit 0 of it is set,"
        return "0x1082C0 behind BAR 0\(condition) shows the host's reserved part, outside of stolen memory"
    }

    /// Nil where it uses it, or where there is no Linux to do so.
    static func reasonAgainst(
        _ topology: GuestTopology, _ tree: PCITree, _ guest: GuestOutcome, base: UInt64?, size: UInt64
    ) -> String? {
        guard case .linux(let version) = topology.guest, let device = topology.igd?.device,
            let platform = Platform.identify(device: device),
            let driver = LinuxGraphicsDriver(platform.generation, version), platform.placesStolenMemory
        else { return nil }
        guard driver.usesStolenMemory else {
            return
                "\(driver.name) assumes VT-d under a hypervisor, and with it does not use stolen memory before generation 8"
        }
        guard let base, base > 0 else {
            // What a driver in a ROM writes comes after the model of the firmware ends.
            return topology.isPlacedByOptionROM
                ? reservedPart(topology, platform.generation, nil) : "\(driver.name) finds BDSM at 0"
        }
        guard size > 0 else { return "\(driver.name) finds no stolen memory in the control word" }
        if let reason = reservedPart(topology, platform.generation, base) { return reason }
        for index in tree.reachable {
            for bar in tree.functions[index].bars where !bar.kind.isIO && bar.index != .rom {
                guard let start = guest.functions[index].addresses[bar.index] else { continue }
                let (end, stolenEnd) = (start &+ bar.kind.size.rawValue, base &+ size)
                guard start < stolenEnd, base < end else { continue }
                if base < start || end < stolenEnd {
                    return
                        "the range leaves \(bar.index) of \(tree.functions[index].name), so \(driver.name) cannot claim it"
                }
                if let owner = LinuxDrivers.drivers(for: tree.functions[index]).first {
                    return "\(owner) has claimed \(bar.index) of \(tree.functions[index].name) before \(driver.name)"
                }
            }
        }
        return nil
    }
}
