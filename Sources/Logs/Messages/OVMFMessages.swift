import BerthDiagnostics

/// OVMF and the drivers of a ROM, by isa-debugcon at port 0x402.
extension LogMessages {
    static let ovmf: [LogMessage] = [
        LogMessage(
            "ovmf-opregion", by: .ovmf,
            ": OpRegion @ \(guest: "address") size \(size: "size") version \(word: "version")",
            releases: "VfioIgdPkg 2025 and later", .fine,
            means: "the ROM placed the OpRegion and wrote ASLS",
            source: "VfioIgdPkg 067328d IgdAssignmentDxe/IgdAssignment.c SetupOpRegion"),
        LogMessage(
            "ovmf-opregion-i915ovmf", by: .ovmf,
            ": OpRegion @ \(guest: "address") size \(size: "size") in \(number: "pages") pages",
            releases: "i915ovmfPkg", .fine,
            means: "the ROM placed the OpRegion and wrote ASLS",
            source: "i915ovmfPkg IgdAssignment.c SetupOpRegion"),
        LogMessage(
            "ovmf-opregion-failed", by: .ovmf,
            "failed to allocate OpRegion: \(text: "status")",
            releases: "VfioIgdPkg, i915ovmfPkg", .trouble,
            means: "there was no room below 4 GiB for the OpRegion",
            sees: .guessedOutputs,
            help: "more RAM below 4 GiB",
            source: "VfioIgdPkg 067328d IgdAssignmentDxe/IgdAssignment.c SetupOpRegion"),
        LogMessage(
            "ovmf-stolen", by: .ovmf,
            ": stolen memory @ \(guest: "address"), size \(number: "size") MB",
            releases: "VfioIgdPkg 2025 and later", .fine,
            means: "the ROM reserved stolen memory and wrote BDSM",
            source: "VfioIgdPkg 067328d IgdAssignmentDxe/IgdAssignment.c SetupStolenMemory"),
        LogMessage(
            "ovmf-stolen-failed", by: .ovmf,
            "failed to allocate stolen memory: \(text: "status")",
            releases: "VfioIgdPkg 2025 and later", .trouble,
            means: "there was no room below 4 GiB for stolen memory",
            sees: .garbledScreen,
            help: "more RAM below 4 GiB, or a smaller x-igd-gms",
            source: "VfioIgdPkg 067328d IgdAssignmentDxe/IgdAssignment.c SetupStolenMemory"),
        LogMessage(
            "ovmf-stolen-failed-old", by: .ovmf,
            "failed to allocate BDSM: \(text: "status")",
            releases: "IgdAssignmentDxe before VfioIgdPkg", .trouble,
            means: "stolen memory was not reserved: the control word says 0, or there was no room below 4 GiB",
            sees: .garbledScreen,
            help: "x-igd-gms=2 up to QEMU 9.1; more RAM below 4 GiB",
            source: "https://github.com/gangqizai/igd/issues/20"),
        LogMessage(
            "ovmf-stolen-not-written", by: .ovmf,
            "failed to write \(text: "register") address: \(text: "status")",
            releases: "VfioIgdPkg, i915ovmfPkg", .trouble,
            means: "a register of the IGD does not take what the ROM writes",
            sees: .garbledScreen,
            help: "QEMU 10.0, which emulates BDSM on every machine",
            source: "VfioIgdPkg 067328d IgdAssignmentDxe/IgdAssignment.c SetupOpRegion, SetupStolenMemory"),
        LogMessage(
            "ovmf-opregion-empty", by: .ovmf,
            "etc/igd-opregion: zero size",
            releases: "VfioIgdPkg, i915ovmfPkg", .trouble,
            means: "QEMU's file with the OpRegion is empty",
            sees: .guessedOutputs,
            help: "see QEMU's log: the kernel has no OpRegion for the device",
            source: "VfioIgdPkg 067328d IgdAssignmentDxe/IgdAssignment.c IgdAssignmentEntry"),
        LogMessage(
            "ovmf-unknown-device", by: .ovmf,
            "GetIgdPrivateData: \(text: "status")",
            releases: "VfioIgdPkg 2025 and later", .trouble,
            means: "the ROM does not know the device and places nothing",
            sees: .noEarlyPicture,
            help: "a newer VfioIgdPkg",
            source: "VfioIgdPkg 067328d IgdAssignmentDxe/IgdAssignment.c PciIoNotify"),
        LogMessage(
            "ovmf-out-of-resources", by: .ovmf,
            "Base/Length/Alignment = \(guest: "base")/\(size: "length")/\(raw: "alignment") - Out Of Resource!",
            releases: "edk2 2017 to 202608", .trouble,
            means: "the BARs do not fit into the window of the root bridge; devices are left without",
            sees: .firmwareStops,
            help: "a larger window (opt/ovmf/X-PciMmio64Mb), fewer or smaller BARs",
            source: "edk2-stable202608 MdeModulePkg/Bus/Pci/PciHostBridgeDxe/PciHostBridge.c NotifyPhase"),
        LogMessage(
            "ovmf-allocated", by: .ovmf,
            "HostBridge->NotifyPhase(AllocateResources) - \(text: "status")",
            releases: "edk2 2011 to 202608", .fine,
            means: "whether all BARs got an address",
            source: "edk2-stable202608 MdeModulePkg/Bus/Pci/PciBusDxe/PciLib.c PciHostBridgeResourceAllocator"),
        LogMessage(
            "ovmf-window-base", by: .ovmf,
            "Pci64 Base \(guest: "address")",
            releases: "edk2-stable202211 to 202608", .fine,
            means: "64-bit BARs begin here",
            source: "edk2-stable202608 OvmfPkg/Library/PlatformInitLib/MemDetect.c PlatformDynamicMmioWindow"),
        LogMessage(
            "ovmf-width", by: .ovmf,
            "PhysBits: \(number: "bits"), \(text: "more")Valid: \(word: "valid")",
            releases: "edk2-stable202211 to 202608", .fine,
            means: "so many bits of addresses does OVMF believe the processor has",
            source: "edk2-stable202608 OvmfPkg/Library/PlatformInitLib/MemDetect.c PlatformAddressWidthFromCpuid"),
    ]
}
