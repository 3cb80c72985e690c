import BerthDiagnostics

/// What a kernel says of stolen memory: of the host in its log, of the guest in the guest's.
extension LogMessages {
    static let stolenMemory: [LogMessage] = [
        LogMessage(
            "stolen-reserved", by: .kernel,
            "Reserving Intel graphics memory at [mem \(kernel: "first")-\(kernel: "last")]",
            releases: "Linux 4.16 to 7.1", .fine,
            means: "the kernel took stolen memory out of its RAM: BDSM and the control word say that it is there",
            keeps: .graphics,
            source: "Linux 7.1 arch/x86/kernel/early-quirks.c intel_graphics_stolen"),
        LogMessage(
            "stolen-reserved-before-4-16", by: .kernel,
            "Reserving Intel graphics memory at \(kernel: "first")-\(kernel: "last")",
            releases: "Linux 3.12 to 4.15", .fine,
            means: "the kernel took stolen memory out of its RAM: BDSM and the control word say that it is there",
            keeps: .graphics,
            source: "Linux 4.9 arch/x86/kernel/early-quirks.c intel_graphics_stolen"),
        LogMessage(
            "stolen-conflict", by: .kernel,
            "conflict detected with stolen region: [mem \(kernel: "first")-\(kernel: "last")",
            releases: "Linux 3.13 to 7.1", .trouble,
            means: "stolen memory lies where the kernel has something else: i915 goes without it",
            sees: .noStolenMemory,
            help: "see what is at the address: a BAR, or RAM that no firmware reserved",
            source: "Linux 7.1 drivers/gpu/drm/i915/gem/i915_gem_stolen.c request_smem_stolen"),
        LogMessage(
            "stolen-reserved-outside", by: .kernel,
            """
            Stolen reserved area [mem \(kernel: "first")-\(kernel: "last")] outside stolen memory [mem \
            \(kernel: "stolenFirst")-\(kernel: "stolenLast")
            """,
            releases: "Linux 4.3 to 7.1", .doubtful,
            means: """
                a register that nobody emulates shows the host's reserved part, which lies outside of the guest's \
                stolen memory: i915 goes without it
                """,
            sees: .noStolenMemory,
            help: "nothing for a picture; guest RAM at the host's base (host-base-ram) makes both agree",
            source: "Linux 7.1 drivers/gpu/drm/i915/gem/i915_gem_stolen.c init_reserved_stolen"),
        LogMessage(
            "stolen-reservation-odd", by: .kernel,
            "inconsistent reservation \(kernel: "base") + \(raw: "size"); ignoring",
            releases: "Linux 5.8 to 7.1", .doubtful,
            means: "the register of the reserved part holds nonsense; i915 takes it for none",
            source: "Linux 7.1 drivers/gpu/drm/i915/gem/i915_gem_stolen.c init_reserved_stolen"),
        LogMessage(
            "stolen-off-for-iommu", by: .kernel,
            "DMAR active, disabling use of stolen memory",
            releases: "Linux 3.11 to 7.1", .doubtful,
            means: "up to gen 7 i915 does without stolen memory where an IOMMU is at work, and in every guest",
            sees: .noStolenMemory,
            help: "nothing: no placement changes that",
            source: "Linux 7.1 drivers/gpu/drm/i915/gem/i915_gem_stolen.c i915_gem_init_stolen"),
        LogMessage(
            "stolen-off-for-vgpu", by: .kernel,
            "iGVT-g active, disabling use of stolen memory",
            releases: "Linux 4.4 to 7.1", .fine,
            means: "a mediated device has no stolen memory",
            source: "Linux 7.1 drivers/gpu/drm/i915/gem/i915_gem_stolen.c i915_gem_init_stolen"),
        LogMessage(
            "stolen-size", by: .kernel,
            "Memory reserved for graphics device: \(number: "reserved")K, usable: \(number: "usable")K",
            releases: "Linux 3.19 to 7.1, with drm.debug", .fine,
            means: "i915 has stolen memory and uses it",
            source: "Linux 7.1 drivers/gpu/drm/i915/gem/i915_gem_stolen.c i915_gem_init_stolen"),
        LogMessage(
            "stolen-reserved-register", by: .kernel,
            "GEN6_STOLEN_RESERVED = \(raw: "value")",
            releases: "Linux 4.12 to 7.1, with drm.debug", .fine,
            means: "the register of the reserved part as i915 read it: the host's, because nobody emulates it",
            source: "Linux 7.1 drivers/gpu/drm/i915/gem/i915_gem_stolen.c icl_get_stolen_reserved"),
        LogMessage(
            "stolen-control-word-invalid", by: .kernel,
            "invalid MTL GGC register setting",
            releases: "Linux 6.1 to 7.1", .trouble,
            means: "from Meteor Lake on the control word lies behind BAR 0, and what stands there is no size",
            sees: .noStolenMemory,
            help: "a ROM that sets it, or QEMU without an override of it",
            source: "Linux 7.1 drivers/gpu/drm/i915/gem/i915_gem_stolen.c i915_gem_stolen_lmem_setup"),
        LogMessage(
            "stolen-xe-none", by: .kernel,
            "No stolen memory support",
            releases: "Linux 6.8 to 7.1, with drm.debug", .doubtful,
            means: "xe found no stolen memory",
            sees: .noStolenMemory,
            help: "nothing for a picture",
            source: "Linux 7.1 drivers/gpu/drm/xe/xe_ttm_stolen_mgr.c xe_ttm_stolen_mgr_init"),
        LogMessage(
            "stolen-xe-size", by: .kernel,
            "Initialized stolen memory support with \(size: "size") bytes",
            releases: "Linux 6.8 to 7.1, with drm.debug", .fine,
            means: "xe has stolen memory and uses it",
            source: "Linux 7.1 drivers/gpu/drm/xe/xe_ttm_stolen_mgr.c xe_ttm_stolen_mgr_init"),
    ]
}
