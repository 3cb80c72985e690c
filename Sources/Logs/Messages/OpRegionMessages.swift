import BerthDiagnostics

/// What a kernel says of the OpRegion and of the table of outputs (VBT) in it.
extension LogMessages {
    static let opRegion: [LogMessage] = [
        LogMessage(
            "opregion-address", by: .kernel,
            "graphic opregion physical addr: \(kernel: "address")",
            releases: "Linux 2.6.28 to 7.1, with drm.debug", .fine,
            means: "ASLS as i915 read it; 0 means that no firmware placed an OpRegion",
            source: "Linux 7.1 drivers/gpu/drm/i915/display/intel_opregion.c intel_opregion_setup"),
        LogMessage(
            "opregion-missing", by: .kernel,
            "ACPI OpRegion not supported!",
            releases: "Linux 3.x to 7.1, with drm.debug", .doubtful,
            means: "ASLS is 0: nobody placed an OpRegion",
            sees: .guessedOutputs,
            help: "x-igd-opregion=on, and firmware or a ROM that places it: SeaBIOS, or VfioIgdPkg under OVMF",
            source: "Linux 7.1 drivers/gpu/drm/i915/display/intel_opregion.c intel_opregion_setup"),
        LogMessage(
            "opregion-signature", by: .kernel,
            "opregion signature mismatch",
            releases: "Linux 2.6.28 to 7.1, with drm.debug", .trouble,
            means: """
                ASLS points at memory that is no OpRegion: at the host's address, or at memory that was used for \
                something else
                """,
            sees: .guessedOutputs,
            help: "firmware or a ROM that places a copy and writes its address",
            source: "Linux 7.1 drivers/gpu/drm/i915/display/intel_opregion.c intel_opregion_setup"),
        LogMessage(
            "opregion-version", by: .kernel,
            "ACPI OpRegion version \(word: "version")",
            releases: "Linux 4.20 to 7.1, with drm.debug", .fine,
            means: "i915 found an OpRegion",
            source: "Linux 7.1 drivers/gpu/drm/i915/display/intel_opregion.c intel_opregion_setup"),
        LogMessage(
            "opregion-vbt", by: .kernel,
            "Found valid VBT in ACPI OpRegion (\(text: "place"))",
            releases: "Linux 4.5 to 7.1, with drm.debug", .fine,
            means: "i915 found the table of outputs",
            source: "Linux 7.1 drivers/gpu/drm/i915/display/intel_opregion.c intel_opregion_setup"),
        LogMessage(
            "opregion-vbt-invalid", by: .kernel,
            "Invalid VBT in ACPI OpRegion (\(text: "place"))",
            releases: "Linux 4.5 to 7.1, with drm.debug", .trouble,
            means: """
                the table of outputs is damaged, or lies at an address that means nothing in the guest (RVDA of \
                OpRegion 2.0)
                """,
            sees: .guessedOutputs,
            help: "QEMU and a ROM that know an extended VBT",
            source: "Linux 7.1 drivers/gpu/drm/i915/display/intel_opregion.c intel_opregion_setup"),
        LogMessage(
            "vbt-missing", by: .kernel,
            "Failed to find VBIOS tables (VBT)",
            releases: "Linux 3.x to 7.1", .doubtful,
            means: "i915 found no table of outputs and guesses them",
            sees: .guessedOutputs,
            help: "an OpRegion in the guest",
            source: "Linux 7.1 drivers/gpu/drm/i915/display/intel_bios.c intel_bios_init"),
    ]
}
