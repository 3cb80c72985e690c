import BerthDiagnostics
import BerthLogs
import BerthPCI

extension LogLine {
    static let guestLines: [LogLine] = [
        LogLine(
            "stolen-reserved",
            "[    0.018003] Reserving Intel graphics memory at [mem 0x7c800000-0x7fffffff]",
            [LogCapture("first", .address(0x7c80_0000, .kernel)), LogCapture("last", .address(0x7fff_ffff, .kernel))]),
        LogLine(
            "stolen-reserved-before-4-16",
            "[    0.000000] Reserving Intel graphics memory at 0x00000000cb200000-0x00000000cf1fffff",
            [LogCapture("first", .address(0xcb20_0000, .kernel)), LogCapture("last", .address(0xcf1f_ffff, .kernel))]),
        LogLine(
            "stolen-conflict",
            "i915 0000:00:02.0: [drm] *ERROR* conflict detected with stolen region: [mem 0xbe700000-0xc26fffff]",
            [LogCapture("first", .address(0xbe70_0000, .kernel)), LogCapture("last", .address(0xc26f_ffff, .kernel))]),
        LogLine(
            "stolen-reserved-outside",
            """
            i915 0000:00:02.0: [drm] *ERROR* Stolen reserved area [mem 0x9f700000-0x9f7fffff] outside stolen \
            memory [mem 0xb9e00000-0xbdffffff]
            """,
            [
                LogCapture("first", .address(0x9f70_0000, .kernel)), LogCapture("last", .address(0x9f7f_ffff, .kernel)),
                LogCapture("stolenFirst", .address(0xb9e0_0000, .kernel)),
                LogCapture("stolenLast", .address(0xbdff_ffff, .kernel)),
            ]),
        LogLine(
            "stolen-reservation-odd",
            """
            i915 0000:00:02.0: [drm] *ERROR* inconsistent reservation 0x000000009f700000 + \
            0x0000000000000000; ignoring
            """,
            [LogCapture("base", .address(0x9f70_0000, .kernel)), LogCapture("size", .address(0, .raw))]),
        LogLine(
            "stolen-off-for-iommu",
            "i915 0000:00:02.0: [drm] DMAR active, disabling use of stolen memory",
            []),
        LogLine(
            "stolen-off-for-vgpu",
            "i915 0000:00:02.0: [drm] iGVT-g active, disabling use of stolen memory",
            []),
        LogLine(
            "stolen-size",
            """
            i915 0000:00:02.0: [drm:i915_gem_init_stolen [i915]] Memory reserved for graphics device: 65536K, \
            usable: 64512K
            """,
            [LogCapture("reserved", .number(65536)), LogCapture("usable", .number(64512))]),
        LogLine(
            "stolen-reserved-register",
            "[drm:i915_gem_init_stolen [i915]] GEN6_STOLEN_RESERVED = 0x000000009f700185",
            [LogCapture("value", .address(0x9f70_0185, .raw))]),
        LogLine(
            "stolen-control-word-invalid",
            "i915 0000:00:02.0: [drm] *ERROR* invalid MTL GGC register setting",
            []),
        LogLine(
            "stolen-xe-none",
            "xe 0000:00:02.0: [drm:xe_ttm_stolen_mgr_init [xe]] No stolen memory support",
            []),
        LogLine(
            "stolen-xe-size",
            """
            xe 0000:00:02.0: [drm:xe_ttm_stolen_mgr_init [xe]] Initialized stolen memory support with \
            66060288 bytes
            """,
            [LogCapture("size", .size(66060288))]),
        LogLine(
            "opregion-address",
            "i915 0000:00:02.0: [drm:intel_opregion_setup [i915]] graphic opregion physical addr: 0xbfffe000",
            [LogCapture("address", .address(0xbfff_e000, .kernel))]),
        LogLine(
            "opregion-missing",
            "i915 0000:00:02.0: [drm:intel_opregion_setup [i915]] ACPI OpRegion not supported!",
            []),
        LogLine(
            "opregion-signature",
            "i915 0000:00:02.0: [drm:intel_opregion_setup [i915]] opregion signature mismatch",
            []),
        LogLine(
            "opregion-version",
            "i915 0000:00:02.0: [drm:intel_opregion_setup [i915]] ACPI OpRegion version 2.1.0",
            [LogCapture("version", .text("2.1.0"))]),
        LogLine(
            "opregion-vbt",
            "[drm:intel_opregion_setup [i915]] Found valid VBT in ACPI OpRegion (Mailbox #4)",
            [LogCapture("place", .text("Mailbox #4"))]),
        LogLine(
            "opregion-vbt-invalid",
            "[drm:intel_opregion_setup [i915]] Invalid VBT in ACPI OpRegion (RVDA)",
            [LogCapture("place", .text("RVDA"))]),
        LogLine(
            "vbt-missing",
            "i915 0000:00:02.0: [drm] Failed to find VBIOS tables (VBT)",
            []),
        LogLine(
            "display-there",
            "pci 0000:00:02.0: [8086:a7a0] type 00 class 0x030000 PCIe Root Complex Integrated Endpoint",
            [LogCapture("device", .address(0xa7a0, .raw))]),
        LogLine(
            "display-identified",
            """
            xe 0000:00:02.0: [drm] Found meteorlake (device ID 7d55) integrated display version 14.00 stepping C0
            """,
            [
                LogCapture("platform", .text("meteorlake")), LogCapture("device", .address(0x7d55, .raw)),
                LogCapture("version", .text("14.00")),
            ]),
        LogLine(
            "rom-unreadable",
            "i915 0000:00:02.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xffff",
            [LogCapture("found", .address(0xffff, .raw))]),
        LogLine(
            "iommu-active",
            "i915 0000:00:02.0: [drm] VT-d active for gfx access",
            []),
        LogLine(
            "driver-ready",
            "[drm] Initialized i915 1.6.0 for 0000:00:02.0 on minor 0",
            [
                LogCapture("version", .text("1.6.0")),
                LogCapture("device", .function(PCIAddress(bus: 0x00, devfn: 0x02 << 3 | 0))),
            ]),
        LogLine(
            "registers-all-ones",
            "i915 0000:00:02.0: [drm] *ERROR* Device is non-operational; MMIO access returns 0xFFFFFFFF!",
            []),
        LogLine(
            "gpu-wedged",
            "i915 0000:00:02.0: [drm] *ERROR* GT0: Failed to initialize GPU, declaring it wedged!",
            []),
        LogLine(
            "gpu-hang",
            "i915 0000:00:02.0: [drm] GPU HANG: ecode 9:1:85dffffb, in Xorg [1234]",
            [LogCapture("code", .text("9:1:85dffffb,"))]),
        LogLine(
            "guc-failed",
            "i915 0000:00:02.0: [drm] *ERROR* GT0: GuC initialization failed -EIO",
            [LogCapture("error", .text("-EIO"))]),
        LogLine(
            "firmware-missing",
            "i915 0000:00:02.0: [drm] *ERROR* GT0: GuC firmware i915/adlp_guc_70.bin: fetch failed -ENOENT",
            [LogCapture("file", .text("i915/adlp_guc_70.bin")), LogCapture("error", .text("-ENOENT"))]),
        LogLine(
            "flip-timed-out",
            "i915 0000:00:02.0: [drm] *ERROR* [CRTC:51:pipe A] flip_done timed out",
            []),
        LogLine(
            "no-output",
            "i915 0000:00:02.0: [drm] Cannot find any crtc or sizes",
            []),
        LogLine(
            "audio-not-bound",
            "snd_hda_intel 0000:00:05.0: couldn't bind with audio component",
            []),
        LogLine(
            "audio-no-codec",
            "snd_hda_intel 0000:00:05.0: no codecs found!",
            [LogCapture("device", .function(PCIAddress(bus: 0x00, devfn: 0x05 << 3 | 0)))]),
        LogLine(
            "gvt-unsupported",
            "i915 0000:00:02.0: [drm] Unsupported device. GVT-g is disabled",
            []),
        LogLine(
            "gvt-in-guest",
            "i915 0000:00:02.0: [drm] GVT-g is disabled for guest",
            []),
        LogLine(
            "gvt-with-guc",
            "i915 0000:00:02.0: [drm] *ERROR* Graphics virtualization is not yet supported with GuC submission",
            []),
        LogLine(
            "gvt-detected",
            "i915 0000:00:02.0: [drm] Virtual GPU for Intel GVT-g detected.",
            []),
        LogLine(
            "sriov-mode",
            "i915 0000:00:02.0: Running in SR-IOV VF mode",
            [LogCapture("mode", .text("VF"))]),
        LogLine(
            "sriov-enabled",
            "i915 0000:00:02.0: Enabled 7 VFs",
            [LogCapture("count", .number(7))]),
        LogLine(
            "sriov-not-enabled",
            "i915 0000:00:02.0: [drm] *ERROR* Failed to enable 7 VFs (-ENOMEM)",
            [LogCapture("count", .number(7)), LogCapture("error", .text("-ENOMEM"))]),
        LogLine(
            "sriov-still-assigned",
            "i915 0000:00:02.0: Can't disable 7 VFs, 2 are still assigned",
            [LogCapture("count", .number(7)), LogCapture("assigned", .number(2))]),
        LogLine(
            "sriov-reset-late",
            "i915 0000:00:02.0: [drm] *ERROR* GT0: IOV: VF2 FLR didn't complete within 1000 ms",
            [LogCapture("milliseconds", .number(1000))]),
        LogLine(
            "sriov-unavailable",
            "xe 0000:00:02.0: [drm] Support for SR-IOV is not available",
            []),
    ]
}
