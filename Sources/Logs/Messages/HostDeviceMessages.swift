import BerthDiagnostics

/// The device on the host: its ROM, its BARs, its reset.
extension LogMessages {
    static let hostDevice: [LogMessage] = [
        LogMessage(
            "rom-header", by: .hostKernel,
            """
            vfio-pci \(function: "device"): Invalid PCI ROM header signature: expecting \(raw: "expected"), \
            got \(raw: "found")
            """,
            releases: "Linux 4.8 to 7.1", .doubtful,
            means: "there is no ROM in the device's ROM BAR: on a host that booted by UEFI the IGD has none to give",
            sees: .noEarlyPicture,
            help: "give the IGD a ROM file (romfile=), or none (rombar=0); the message itself is harmless",
            source: "Linux 7.1 drivers/pci/rom.c pci_rom_header_valid"),
        LogMessage(
            "rom-data", by: .hostKernel,
            """
            vfio-pci \(function: "device"): Invalid PCI ROM data signature: expecting \(raw: "expected"), got \
            \(raw: "found")
            """,
            releases: "Linux 4.8 to 7.1", .doubtful,
            means: "what is in the ROM BAR begins like a ROM and is none",
            sees: .noEarlyPicture,
            help: "give the IGD a ROM file (romfile=), or none (rombar=0)",
            source: "Linux 7.1 drivers/pci/rom.c pci_rom_is_image"),
        LogMessage(
            "bar-not-reserved", by: .hostKernel,
            """
            vfio-pci \(function: "device"): BAR \(number: "bar"): can't reserve [mem \
            \(host: "first")-\(host: "last")
            """,
            releases: "Linux 2.6 to 7.1", .trouble,
            means: "a driver of the host still owns this BAR, a framebuffer as a rule: vfio-pci cannot map it",
            sees: .slow,
            help: "video=efifb:off or initcall_blacklist=sysfb_init on the host's kernel command line",
            source: "Linux 7.1 drivers/pci/pci.c __pci_request_region"),
        LogMessage(
            "reset-recovery", by: .hostKernel,
            "vfio_bar_restore: reset recovery - restoring BARs",
            releases: "Linux 3.6 to 7.1", .doubtful,
            means: "the device lost its BARs, because it was reset or slept behind the guest's back",
            sees: .cannotRestart,
            help: "disable_idle_d3=1 for vfio-pci on the host",
            source: "Linux 7.1 drivers/vfio/pci/vfio_pci_config.c vfio_bar_restore"),
        LogMessage(
            "reset-not-ready", by: .hostKernel,
            "not ready \(number: "milliseconds")ms after \(word: "reset"); giving up",
            releases: "Linux 4.13 to 7.1", .trouble,
            means: "the device did not come back from its reset",
            sees: .cannotRestart,
            help: "reboot the host; a device that does this cannot be given to a guest twice",
            source: "Linux 7.1 drivers/pci/pci.c pci_dev_wait"),
        LogMessage(
            "reset-pending", by: .hostKernel,
            "timed out waiting for pending transaction; performing \(text: "kind")function level reset anyway",
            releases: "Linux 3.16 to 7.1", .doubtful,
            means: "the device was still at work when it was reset",
            sees: .cannotRestart,
            help: "shut the guest down before its device is taken away",
            source: "Linux 7.1 drivers/pci/pci.c pcie_flr"),
        LogMessage(
            "device-wanted", by: .hostKernel,
            "vfio-pci \(function: "device"): No device request channel registered, blocked until released by user",
            releases: "Linux 4.0 to 7.1", .trouble,
            means: "somebody wants the device back while a guest has it, and waits",
            sees: .hostFreezes,
            help: "end the guest before the device is given back to the host's driver",
            source: "Linux 7.1 drivers/vfio/pci/vfio_pci_core.c vfio_pci_core_request"),
        LogMessage(
            "vga-decodes", by: .hostKernel,
            """
            vfio-pci \(function: "device"): vgaarb: VGA decodes changed: \
            olddecodes=\(word: "before"),decodes=\(word: "after"):
            """,
            releases: "Linux 5.16 to 7.1", .fine,
            means: """
                vfio-pci turned the old VGA ranges of the device off (disable_vga=1) or another display took them
                """,
            source: "Linux 7.1 drivers/pci/vgaarb.c vga_arbiter_check_bridge_sharing"),
        LogMessage(
            "physical-function-bound", by: .hostKernel,
            "Cannot bind to PF with SR-IOV enabled",
            releases: "Linux 5.7 to 7.1", .trouble,
            means: """
                virtual functions of the device are there; vfio-pci does not take the device away from under them
                """,
            sees: .refusesToStart,
            help: "write 0 to sriov_numvfs of 0000:00:02.0 first, or give the guest a virtual function",
            source: "Linux 7.1 drivers/vfio/pci/vfio_pci_core.c vfio_pci_core_register_device"),
    ]
}
