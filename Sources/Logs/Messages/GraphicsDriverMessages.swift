import BerthDiagnostics

/// What else i915, xe and the sound driver say in the guest.
extension LogMessages {
    static let driverState: [LogMessage] = [
        LogMessage(
            "display-there", by: .kernel,
            "[8086:\(raw: "device")] type 00 class 0x03",
            releases: "Linux 4.x to 7.2", .fine,
            means: "an Intel display is on the bus", identifies: "device",
            source: "Linux 7.1 drivers/pci/probe.c pci_setup_device"),
        LogMessage(
            "display-identified", by: .kernel,
            "Found \(text: "platform") (device ID \(raw: "device")) \(.anything)display version \(word: "version")",
            releases: "Linux 6.10 to 7.2", .fine,
            means: "i915 or xe takes the display for this platform", identifies: "device",
            source: "Linux 7.1 drivers/gpu/drm/i915/display/intel_display_device.c intel_display_device_probe"),
        LogMessage(
            "rom-unreadable", by: .kernel,
            "Invalid PCI ROM header signature: expecting 0xaa55, got \(raw: "found")",
            releases: "Linux 4.x to 7.2", .fine,
            means: "a device has no option ROM that can be read; an IGD's would be the last place to look for a VBT",
            source: "Linux 7.1 drivers/pci/rom.c pci_get_rom_size"),
        LogMessage(
            "iommu-active", by: .kernel,
            "VT-d active for gfx access",
            releases: "Linux 4.x to 7.1", .fine,
            means: "i915 takes an IOMMU for granted, as it does in every guest",
            source: "Linux 7.1 drivers/gpu/drm/i915/gt/intel_ggtt.c i915_ggtt_probe_hw"),
        LogMessage(
            "driver-ready", by: .kernel,
            "[drm] Initialized i915 \(word: "version") for \(function: "device") on minor",
            releases: "Linux 4.x to 7.1", .fine,
            means: "i915 runs",
            source: "Linux 7.1 drivers/gpu/drm/drm_drv.c drm_dev_register"),
        LogMessage(
            "registers-all-ones", by: .kernel,
            "Device is non-operational; MMIO access returns 0xFFFFFFFF!",
            releases: "Linux 6.2 to 7.1", .trouble,
            means: "the device does not answer: it sleeps, was not reset, or its BAR is not where the guest thinks",
            sees: .blackScreen,
            help: "reboot the host; disable_idle_d3=1 for vfio-pci",
            source: "Linux 7.1 drivers/gpu/drm/i915/intel_uncore.c sanity_check_mmio_access"),
        LogMessage(
            "gpu-wedged", by: .kernel,
            "Failed to initialize GPU, declaring it wedged!",
            releases: "Linux 3.x to 7.1", .trouble,
            means: "the GPU does not execute: a picture without acceleration at the most",
            sees: .garbledScreen,
            help: "see the lines before: firmware of GuC, or a device that was not reset",
            source: "Linux 7.1 drivers/gpu/drm/i915/gt/intel_gt_pm.c intel_gt_resume"),
        LogMessage(
            "gpu-hang", by: .kernel,
            "GPU HANG: ecode \(word: "code")",
            releases: "Linux 3.x to 7.1", .trouble,
            means: "the GPU hangs",
            sees: .garbledScreen,
            help: "see whether the host's dmesg has DMAR faults at that moment",
            source: "Linux 7.1 drivers/gpu/drm/i915/i915_gpu_error.c error_msg"),
        LogMessage(
            "guc-failed", by: .kernel,
            "GuC initialization failed \(word: "error")",
            releases: "Linux 4.x to 7.1", .trouble,
            means: "the microcontroller of the GPU did not start",
            sees: .blackScreen,
            help: "the guest's linux-firmware; in a guest with a virtual function the same driver on the host",
            source: "Linux 7.1 drivers/gpu/drm/i915/gt/uc/intel_uc.c __uc_init_hw"),
        LogMessage(
            "firmware-missing", by: .kernel,
            "firmware \(word: "file"): fetch failed \(word: "error")",
            releases: "Linux 5.x to 7.1", .trouble,
            means: "the guest does not have the firmware of the GPU",
            sees: .blackScreen,
            help: "install linux-firmware in the guest",
            source: "Linux 7.1 drivers/gpu/drm/i915/gt/uc/intel_uc_fw.c intel_uc_fw_fetch"),
        LogMessage(
            "flip-timed-out", by: .kernel,
            "flip_done timed out",
            releases: "Linux 4.12 to 7.1", .trouble,
            means: "a picture was handed to the display and never shown",
            sees: .blackScreen,
            help: "see whether the host's dmesg has DMAR faults; interrupts of the device may be lost",
            source: "Linux 7.1 drivers/gpu/drm/drm_atomic_helper.c drm_atomic_helper_wait_for_flip_done"),
        LogMessage(
            "no-output", by: .kernel,
            "Cannot find any crtc or sizes",
            releases: "Linux 3.x to 7.1", .doubtful,
            means: "the driver sees no monitor",
            sees: .blackScreen,
            help: "a monitor that is on and plugged in; an OpRegion, so that the driver knows the outputs",
            source: "Linux 7.1 drivers/gpu/drm/drm_fb_helper.c drm_fb_helper_single_fb_probe"),
        LogMessage(
            "audio-not-bound", by: .kernel,
            "couldn't bind with audio component",
            releases: "Linux 4.x to 7.1", .trouble,
            means: "the sound device finds no display driver for HDMI and DisplayPort",
            sees: .noAudio,
            help: "give the guest 00:1f.3 beside the IGD, and load i915 before snd_hda_intel",
            source: "Linux 7.1 sound/hda/core/i915.c snd_hdac_i915_init"),
        LogMessage(
            "audio-no-codec", by: .kernel,
            "snd_hda_intel \(function: "device"): no codecs found!",
            releases: "Linux 3.x to 7.1", .trouble,
            means: "nothing answers on the sound device: that of the host was not given, or was not reset",
            sees: .noAudio,
            help: "give the guest 00:1f.3 beside the IGD",
            source: "Linux 7.1 sound/hda/controllers/intel.c azx_probe_continue"),
    ]
}
