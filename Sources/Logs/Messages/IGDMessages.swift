import BerthDiagnostics

/// What QEMU says of an IGD, from 10.0 on and whatever the mode.
extension LogMessages {
    static let igdInQEMU: [LogMessage] = [
        LogMessage(
            "opregion-detected", by: .qemu,
            "OpRegion detected on Intel display \(raw: "device").",
            releases: "QEMU 10.1 to 11.1", .fine,
            means: "QEMU takes the device for an IGD and has its OpRegion", identifies: "device",
            source: "QEMU 10.2 hw/vfio/igd.c vfio_pci_igd_config_quirk"),
        LogMessage(
            "opregion-hotplug", by: .qemu,
            "IGD device detected, but OpRegion is not supported on hotplugged device.",
            releases: "QEMU 10.1 to 11.1", .trouble,
            means: "an IGD that is plugged in later gets neither OpRegion nor stolen memory",
            sees: .filesMissing,
            help: "give the guest the IGD from its start",
            source: "QEMU 10.2 hw/vfio/igd.c vfio_pci_igd_opregion_detect"),
        LogMessage(
            "opregion-hotplug-before-10-1", by: .qemu,
            "IGD OpRegion is not supported on hotplugged device",
            releases: "QEMU 9.2 to 10.0", .trouble,
            means: "an IGD that is plugged in later gets neither OpRegion nor stolen memory",
            sees: .refusesToStart,
            help: "give the guest the IGD from its start",
            source: "QEMU 10.0 hw/vfio/igd.c vfio_pci_igd_setup_opregion"),
        LogMessage(
            "opregion-hotplug-before-9-2", by: .qemu,
            "cannot support IGD OpRegion feature on hotplugged device",
            releases: "QEMU 2.7 to 9.1", .trouble,
            means: "x-igd-opregion=on, and the IGD is plugged in later",
            sees: .refusesToStart,
            help: "give the guest the IGD from its start",
            source: "QEMU 7.2 hw/vfio/pci.c vfio_realize"),
        LogMessage(
            "opregion-refused-by-kernel", by: .qemu,
            "does not support requested IGD OpRegion feature: \(text: "reason")",
            releases: "QEMU 2.8 to 9.2", .trouble,
            means: """
                x-igd-opregion=on, and the host's kernel has no OpRegion for the device: it is not the host's \
                primary display, or its firmware set none
                """,
            sees: .refusesToStart,
            help: "make the IGD the primary display in the host's firmware, or take x-igd-opregion=on away",
            source: "QEMU 7.2 hw/vfio/pci.c vfio_realize"),
        LogMessage(
            "opregion-not-there", by: .qemu,
            "Device does not supports IGD OpRegion feature: \(text: "reason")",
            releases: "QEMU 9.2 to 10.0", .trouble,
            means: "the host's kernel has no OpRegion for the device",
            sees: .refusesToStart,
            help: "make the IGD the primary display in the host's firmware, or take x-igd-opregion=on away",
            source: "QEMU 10.0 hw/vfio/igd.c vfio_pci_igd_setup_opregion"),
        LogMessage(
            "opregion-not-read", by: .qemu,
            "failed to read IGD OpRegion",
            releases: "QEMU 2.7 to 11.1", .trouble,
            means: "the kernel offers an OpRegion and does not hand it out",
            sees: .refusesToStart,
            help: "see the host's dmesg of that moment",
            source: "QEMU 10.2 hw/vfio/igd.c vfio_pci_igd_opregion_init"),
        LogMessage(
            "bridge-slot-taken", by: .qemu,
            "Cannot create LPC bridge due to existing device at 1f.0",
            releases: "QEMU 9.2 to 11.1", .trouble,
            means: """
                something is at 00:1f.0, where the bridge with the host's ids has to be; q35 always has its own \
                there
                """,
            sees: .noEarlyPicture,
            help: "machine pc with 00:1f.0 free, or x-igd-lpc=off and x-igd-legacy-mode=off",
            source: "QEMU 10.2 hw/vfio/igd.c vfio_pci_igd_setup_lpc_bridge"),
        LogMessage(
            "bridge-hotplug", by: .qemu,
            "IGD LPC is not supported on hotplugged device",
            releases: "QEMU 9.2 to 11.1", .trouble,
            means: "x-igd-lpc=on, and the IGD is plugged in later",
            sees: .refusesToStart,
            help: "give the guest the IGD from its start",
            source: "QEMU 10.2 hw/vfio/igd.c vfio_pci_igd_setup_lpc_bridge"),
        LogMessage(
            "bridge-without-kernel", by: .qemu,
            "IGD \(text: "bridge") access is not supported by kernel",
            releases: "QEMU 9.2 to 11.1", .trouble,
            means: """
                the host's kernel does not show its LPC or host bridge: it was built without CONFIG_VFIO_PCI_IGD, \
                or the IGD is not 00:02.0
                """,
            sees: .refusesToStart,
            help: "a host kernel with CONFIG_VFIO_PCI_IGD",
            source: "QEMU 10.2 hw/vfio/igd.c vfio_pci_igd_setup_lpc_bridge"),
        LogMessage(
            "size-property-refused", by: .qemu,
            "Parameter 'x-igd-gms' expects \(text: "expected")",
            releases: "QEMU 10.0 to 11.1", .trouble,
            means: "x-igd-gms has a value that stands for no size on this device",
            sees: .refusesToStart,
            help: "a number of 32 MiB steps: 2 for 64 MiB",
            source: "QEMU 10.2 hw/vfio/igd.c vfio_pci_igd_override_gms"),
        LogMessage(
            "size-property-unknown", by: .qemu,
            "x-igd-gms is not supported on this device",
            releases: "QEMU 10.1 to 11.1", .trouble,
            means: "QEMU does not know the generation of the device and cannot say another size",
            sees: .refusesToStart,
            help: "take x-igd-gms away",
            source: "QEMU 10.2 hw/vfio/igd.c vfio_pci_igd_override_gms"),
        LogMessage(
            "size-property-refused-before-10", by: .qemu,
            "Unsupported IGD GMS value \(raw: "value")",
            releases: "QEMU 2.7 to 9.1", .doubtful,
            means: "x-igd-gms has a value above 0x10, and is left out",
            sees: .noStolenMemory,
            help: "x-igd-gms=0x10 at the most",
            source: "QEMU 7.2 hw/vfio/igd.c vfio_probe_igd_bar4_quirk"),
        LogMessage(
            "gtt-before-stolen-memory", by: .qemu,
            "vfio-igd: Guest attempted to program IGD GTT before BIOS reserved stolen memory.",
            releases: "QEMU 2.7 to 9.2", .trouble,
            means: "the video BIOS wrote a page table while BDSM was 0; QEMU ends",
            sees: .hardwareError,
            help: "SeaBIOS, more RAM, or a smaller x-igd-gms, so that stolen memory can be reserved",
            source: "QEMU 7.2 hw/vfio/igd.c vfio_igd_quirk_data_write"),
    ]
}
