import BerthDiagnostics

/// GVT-g and SR-IOV: shares of the device, on the host and in guests.
extension LogMessages {
    static let sharedGraphics: [LogMessage] = [
        LogMessage(
            "gvt-unsupported", by: .kernel,
            "Unsupported device. GVT-g is disabled",
            releases: "Linux 4.10 to 7.1", .trouble,
            means: "GVT-g is for gen 8 and 9 only",
            sees: .refusesToStart,
            help: "give the guest the whole device, or a virtual function from gen 12 on",
            source: "Linux 7.1 drivers/gpu/drm/i915/intel_gvt.c intel_gvt_init_device"),
        LogMessage(
            "gvt-in-guest", by: .kernel,
            "GVT-g is disabled for guest",
            releases: "Linux 4.10 to 7.1", .fine,
            means: "a guest makes no mediated devices of its own",
            source: "Linux 7.1 drivers/gpu/drm/i915/intel_gvt.c intel_gvt_init_device"),
        LogMessage(
            "gvt-with-guc", by: .kernel,
            "Graphics virtualization is not yet supported with GuC submission",
            releases: "Linux 4.18 to 7.1", .trouble,
            means: "GVT-g and GuC submission exclude each other",
            sees: .refusesToStart,
            help: "i915.enable_guc=0 on the host's kernel command line",
            source: "Linux 7.1 drivers/gpu/drm/i915/intel_gvt.c intel_gvt_init_device"),
        LogMessage(
            "gvt-detected", by: .kernel,
            "Virtual GPU for Intel GVT-g detected.",
            releases: "Linux 4.0 to 7.1", .fine,
            means: "the guest has a mediated device, with neither stolen memory nor an OpRegion of its own",
            source: "Linux 7.1 drivers/gpu/drm/i915/i915_vgpu.c intel_vgpu_detect"),
        LogMessage(
            "sriov-mode", by: .kernel,
            "Running in SR-IOV \(word: "mode") mode",
            releases: "i915-sriov-dkms; Linux 6.8 to 7.1 (xe)", .fine,
            means: """
                PF: the host makes virtual functions; VF: the guest has one, with neither stolen memory nor an \
                OpRegion of its own
                """,
            source: """
                i915-sriov-dkms 2026.05.06 drivers/gpu/drm/i915/i915_driver.c i915_driver_probe; Linux 7.1 \
                drivers/gpu/drm/xe/xe_sriov.c xe_sriov_probe_early
                """),
        LogMessage(
            "sriov-enabled", by: .hostKernel,
            "Enabled \(number: "count") VFs",
            releases: "i915-sriov-dkms", .fine,
            means: "the host has so many virtual functions",
            source: "i915-sriov-dkms 2026.05.06 drivers/gpu/drm/i915/i915_sriov.c i915_sriov_pf_enable_vfs"),
        LogMessage(
            "sriov-not-enabled", by: .hostKernel,
            "Failed to enable \(number: "count") VFs (\(text: "error"))",
            releases: "i915-sriov-dkms", .trouble,
            means: "the host could not make the virtual functions",
            sees: .refusesToStart,
            help: """
                i915.enable_guc=3 and i915.max_vfs=7 on the host; bus numbers and BAR space in its firmware \
                (Above 4G Decoding)
                """,
            source: "i915-sriov-dkms 2026.05.06 drivers/gpu/drm/i915/i915_sriov.c i915_sriov_pf_enable_vfs"),
        LogMessage(
            "sriov-still-assigned", by: .hostKernel,
            "Can't disable \(number: "count") VFs, \(number: "assigned") are still assigned",
            releases: "i915-sriov-dkms", .trouble,
            means: "guests still have virtual functions",
            sees: .cannotRestart,
            help: "end these guests first",
            source: "i915-sriov-dkms 2026.05.06 drivers/gpu/drm/i915/i915_sriov.c i915_sriov_pf_disable_vfs"),
        LogMessage(
            "sriov-reset-late", by: .hostKernel,
            "FLR didn't complete within \(number: "milliseconds") ms",
            releases: "i915-sriov-dkms", .trouble,
            means: "a virtual function was not reset in time",
            sees: .cannotRestart,
            help: "reboot the host",
            source: "i915-sriov-dkms 2026.05.06 drivers/gpu/drm/i915/i915_sriov.c pf_wait_vfs_flr"),
        LogMessage(
            "sriov-unavailable", by: .kernel,
            "Support for SR-IOV is not available",
            releases: "Linux 6.17 to 7.1 (xe)", .doubtful,
            means: "xe makes no virtual functions on this device",
            sees: .refusesToStart,
            help: "a kernel that does, or i915-sriov-dkms",
            source: "Linux 7.1 drivers/gpu/drm/xe/xe_sriov.c xe_sriov_probe_early"),
    ]
}
