import BerthDiagnostics

/// Legacy mode, and why QEMU refuses it, in the words of each era.
extension LogMessages {
    static let legacyMode: [LogMessage] = [
        LogMessage(
            "legacy-on", by: .qemu,
            "IGD legacy mode enabled, use x-igd-legacy-mode=off to disable it if unwanted.",
            releases: "QEMU 10.0 to 11.1", .fine,
            means: "QEMU sets everything up for a video BIOS",
            source: "QEMU 10.0 hw/vfio/igd.c vfio_pci_igd_config_quirk"),
        LogMessage(
            "legacy-off", by: .qemu,
            "IGD legacy mode disabled",
            releases: "QEMU 10.0 to 11.1", .trouble,
            means: """
                the legacy mode that QEMU chose failed, and what it had set up is incomplete; the reason is in \
                the line before
                """,
            sees: .filesMissing,
            help: "x-igd-legacy-mode=off, or what the line before asks for",
            source: "QEMU 10.0 hw/vfio/igd.c vfio_pci_igd_config_quirk"),
        LogMessage(
            "legacy-bridge-slot", by: .qemu,
            "IGD device \(function: "device") cannot support legacy mode due to existing devices at address 1f.0",
            releases: "QEMU 2.7 to 9.2", .trouble,
            means: """
                something is at 00:1f.0, where the bridge with the host's ids has to be: a q35 machine, or a \
                bridge on pc
                """,
            sees: .noEarlyPicture,
            help: "machine pc with 00:1f.0 free, or QEMU 10.0",
            source: "QEMU 7.2 hw/vfio/igd.c vfio_probe_igd_bar4_quirk"),
        LogMessage(
            "legacy-unknown-device", by: .qemu,
            "IGD device \(function: "device") is unsupported in legacy mode, try SandyBridge or newer",
            releases: "QEMU 2.7 to 10.0", .trouble,
            means: """
                QEMU does not know the device; newer parts are unknown to older releases, and 9.2 lost some that \
                9.1 had
                """,
            sees: .filesMissing,
            help: "QEMU 10.1",
            source: "QEMU 7.2 hw/vfio/igd.c vfio_probe_igd_bar4_quirk; 10.0 vfio_pci_igd_config_quirk"),
        LogMessage(
            "legacy-no-rom", by: .qemu,
            "IGD device \(function: "device") has no ROM, legacy mode disabled",
            releases: "QEMU 2.7 to 9.2", .trouble,
            means: "there is neither a ROM BAR nor a ROM file",
            sees: .noEarlyPicture,
            help: "romfile= with a video BIOS, or no rombar=0",
            source: "QEMU 7.2 hw/vfio/igd.c vfio_probe_igd_bar4_quirk"),
        LogMessage(
            "legacy-no-rom-10", by: .qemu,
            "Device has no ROM",
            releases: "QEMU 10.0 to 11.1", .trouble,
            means: "there is neither a ROM BAR nor a ROM file",
            sees: .noEarlyPicture,
            help: "romfile= with a video BIOS, or x-igd-legacy-mode=off",
            source: "QEMU 10.0 hw/vfio/igd.c vfio_pci_igd_config_quirk"),
        LogMessage(
            "legacy-hotplug", by: .qemu,
            "IGD device \(function: "device") hotplugged, ROM disabled, legacy mode disabled",
            releases: "QEMU 2.7 to 9.2", .trouble,
            means: "the IGD was plugged in later",
            sees: .filesMissing,
            help: "give the guest the IGD from its start",
            source: "QEMU 7.2 hw/vfio/igd.c vfio_probe_igd_bar4_quirk"),
        LogMessage(
            "legacy-no-kernel-region", by: .qemu,
            "IGD device \(function: "device") does not support \(text: "region") access,legacy mode disabled",
            releases: "QEMU 2.7 to 9.2", .trouble,
            means: "the host's kernel does not show its OpRegion, host bridge or LPC bridge",
            sees: .filesMissing,
            help: "a host kernel with CONFIG_VFIO_PCI_IGD, and the IGD as primary display of the host",
            source: "QEMU 7.2 hw/vfio/igd.c vfio_probe_igd_bar4_quirk"),
        LogMessage(
            "legacy-no-vga", by: .qemu,
            "IGD device \(function: "device") failed to enable VGA access, legacy mode disabled",
            releases: "QEMU 2.7 to 9.2", .trouble,
            means: """
                the host does not give the old VGA ranges away: vfio-pci has disable_vga=1, or the kernel no \
                CONFIG_VFIO_PCI_VGA
                """,
            sees: .noEarlyPicture,
            help: "no disable_vga=1 for vfio-pci on the host",
            source: "QEMU 7.2 hw/vfio/igd.c vfio_probe_igd_bar4_quirk"),
        LogMessage(
            "legacy-no-vga-10", by: .qemu,
            "Unable to enable VGA access",
            releases: "QEMU 10.0 to 11.1", .trouble,
            means: """
                the host does not give the old VGA ranges away: vfio-pci has disable_vga=1, or the kernel no \
                CONFIG_VFIO_PCI_VGA
                """,
            sees: .noEarlyPicture,
            help: "no disable_vga=1 for vfio-pci on the host, or x-igd-legacy-mode=off",
            source: "QEMU 10.0 hw/vfio/igd.c vfio_pci_igd_config_quirk"),
        LogMessage(
            "legacy-bridge-failed", by: .qemu,
            "IGD device \(function: "device") failed to create LPC bridge, legacy mode disabled",
            releases: "QEMU 2.7 to 9.2", .trouble,
            means: "the bridge with the host's ids could not be made",
            sees: .filesMissing,
            help: "see the line before",
            source: "QEMU 7.2 hw/vfio/igd.c vfio_probe_igd_bar4_quirk"),
        LogMessage(
            "legacy-host-bridge-failed", by: .qemu,
            "IGD device \(function: "device") failed to modify host bridge, legacy mode disabled",
            releases: "QEMU 2.7 to 9.2", .trouble,
            means: "the host bridge did not take the host's ids",
            sees: .filesMissing,
            help: "see the line before",
            source: "QEMU 7.2 hw/vfio/igd.c vfio_probe_igd_bar4_quirk"),
        LogMessage(
            "legacy-wrong-place-10", by: .qemu,
            "Machine is not i440fx or assigned BDF is not 00:02.0",
            releases: "QEMU 10.0", .trouble,
            means: "x-igd-legacy-mode=on, on another machine or in another slot",
            sees: .refusesToStart,
            help: "machine pc and the IGD at 00:02.0, or x-igd-legacy-mode=off",
            source: "QEMU 10.0 hw/vfio/igd.c vfio_pci_igd_config_quirk"),
        LogMessage(
            "legacy-wrong-place", by: .qemu,
            """
            Machine is not i440fx, assigned BDF is not 00:02.0, or device \(raw: "device") (gen \
            \(number: "generation")) doesn't support legacy mode
            """,
            releases: "QEMU 10.1 to 11.1", .trouble,
            means: "x-igd-legacy-mode=on, on another machine, in another slot or on a device of gen 11 and later",
            sees: .refusesToStart,
            help: "machine pc and the IGD at 00:02.0, or x-igd-legacy-mode=off",
            source: "QEMU 10.2 hw/vfio/igd.c vfio_pci_igd_config_quirk"),
    ]
}
