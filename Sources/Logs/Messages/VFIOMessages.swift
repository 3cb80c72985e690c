import BerthDiagnostics

/// What QEMU says of the device and of vfio.
extension LogMessages {
    static let vfioInQEMU: [LogMessage] = [
        LogMessage(
            "dma-map-failed", by: .qemu,
            """
            vfio_container_dma_map(\(text: "container"), \(guest: "address"), \(size: "size"), \
            \(text: "memory")) = \(number: "error") (
            """,
            releases: "QEMU 9.0 to 11.1", .trouble,
            means: """
                the IOMMU does not map this range: -22 for an address above its width, -14 for memory that is not \
                there any more
                """,
            sees: .dmaMappingFails,
            help: "-cpu host,host-phys-bits-limit=39 where the address is above the IOMMU's width",
            source: "QEMU 10.2 hw/vfio/listener.c vfio_container_region_add"),
        LogMessage(
            "dma-map-failed-before-9", by: .qemu,
            """
            vfio_dma_map(\(text: "container"), \(guest: "address"), \(size: "size"), \(text: "memory")) = \
            \(number: "error") (
            """,
            releases: "QEMU 1.3 to 8.2", .trouble,
            means: """
                the IOMMU does not map this range: -22 for an address above its width, -14 for memory that is not \
                there any more
                """,
            sees: .dmaMappingFails,
            help: "-cpu host,host-phys-bits-limit=39 where the address is above the IOMMU's width",
            source: "QEMU 8.2 hw/vfio/common.c vfio_listener_region_add"),
        LogMessage(
            "dma-map-ends", by: .qemu,
            "vfio: DMA mapping failed, unable to continue",
            releases: "QEMU 1.3 to 11.1", .trouble,
            means: "QEMU ends: RAM of the guest's could not be mapped for the device",
            sees: .hardwareError,
            help: "see the line before: an address above 39 bits wants host-phys-bits-limit=39",
            source: "QEMU 10.2 hw/vfio/listener.c vfio_container_region_add"),
        LogMessage(
            "dma-map-refused", by: .qemu,
            "VFIO_MAP_DMA failed: \(text: "reason")",
            releases: "QEMU 5.0 to 10.0", .trouble,
            means: "the kernel refused to map memory for the device",
            sees: .refusesToStart,
            help: """
                Cannot allocate memory: raise the limit of locked memory; Invalid argument: \
                host-phys-bits-limit=39
                """,
            source: "QEMU 8.2 hw/vfio/container.c vfio_dma_map"),
        LogMessage(
            "no-peer-to-peer", by: .qemu,
            "PCI peer-to-peer transactions on BARs are not supported",
            releases: "QEMU 7.1 to 11.1", .fine,
            means: """
                a BAR of an assigned device is not mapped for other devices; nothing is lost but DMA between them
                """,
            source: "QEMU 10.2 hw/vfio/listener.c vfio_device_error_append"),
        LogMessage(
            "bar-not-mapped", by: .qemu,
            "Failed to mmap \(function: "device") BAR \(text: "bar"). Performance may be slow",
            releases: "QEMU 1.3 to 11.1", .trouble,
            means: "each access to this BAR goes through QEMU, because a driver of the host still owns it",
            sees: .slow,
            help: "video=efifb:off or initcall_blacklist=sysfb_init on the host's kernel command line",
            source: "QEMU 7.2 hw/vfio/pci.c vfio_bar_register"),
        LogMessage(
            "rom-not-read", by: .qemu,
            "vfio-pci: Cannot read device rom at \(function: "device")",
            releases: "QEMU 1.3 to 11.1", .doubtful,
            means: "the device has no ROM that could be read",
            sees: .noEarlyPicture,
            help: "give the IGD a ROM file (romfile=), or none (rombar=0)",
            source: "QEMU 7.2 hw/vfio/pci.c vfio_pci_load_rom"),
        LogMessage(
            "group-not-viable", by: .qemu,
            "group \(number: "group") is not viable",
            releases: "QEMU 1.3 to 11.1", .trouble,
            means: "another device of the same IOMMU group belongs to a driver of the host",
            sees: .refusesToStart,
            help: "bind every device of the group to vfio-pci",
            source: "QEMU 10.2 hw/vfio/container-legacy.c vfio_group_get"),
        LogMessage(
            "group-busy", by: .qemu,
            "error getting device from group \(number: "group"): \(text: "reason")",
            releases: "QEMU 2.8 to 11.1", .trouble,
            means: """
                the kernel does not give the device away: somebody has it, or it has to be mapped as the firmware \
                wants
                """,
            sees: .refusesToStart,
            help: "end the other guest; see the host's dmesg of that moment",
            source: "QEMU 10.2 hw/vfio/container-legacy.c vfio_device_get"),
        LogMessage(
            "group-not-opened", by: .qemu,
            "failed to open /dev/vfio/\(number: "group"): \(text: "reason")",
            releases: "QEMU 2.8 to 11.1", .trouble,
            means: """
                the IOMMU group's file cannot be opened: the device is not bound to vfio-pci, or QEMU's user may \
                not
                """,
            sees: .refusesToStart,
            help: "bind 0000:00:02.0 to vfio-pci on the host",
            source: "QEMU 8.2 hw/vfio/common.c vfio_get_group"),
        LogMessage(
            "group-container", by: .qemu,
            "failed to setup container for group \(number: "group"): \(text: "reason")",
            releases: "QEMU 2.8 to 11.1", .trouble,
            means: "the kernel does not put the group behind the guest's tables",
            sees: .refusesToStart,
            help: "see the host's dmesg: RMRR, interrupt remapping, or the limit of locked memory",
            source: "QEMU 10.2 hw/vfio/container-legacy.c vfio_group_get"),
        LogMessage(
            "no-iommu-group", by: .qemu,
            "no iommu_group found: \(text: "reason")",
            releases: "QEMU 2.8 to 11.1", .trouble,
            means: "the device is behind no IOMMU",
            sees: .refusesToStart,
            help: "turn VT-d on in the host's firmware and intel_iommu=on on its kernel command line",
            source: "QEMU 7.2 hw/vfio/pci.c vfio_realize"),
        LogMessage(
            "no-host-device", by: .qemu,
            "no such host device: \(text: "reason")",
            releases: "QEMU 2.8 to 11.1", .trouble,
            means: "the host has no such device",
            sees: .refusesToStart,
            help: "look for the device with lspci; virtual functions are made anew at each boot",
            source: "QEMU 7.2 hw/vfio/pci.c vfio_realize"),
        LogMessage(
            "reset-impossible", by: .qemu,
            "vfio: Cannot reset device \(function: "device"), no available reset mechanism.",
            releases: "QEMU 1.6 to 11.1", .doubtful,
            means: "the device cannot be reset alone: the next start finds it as the last guest left it",
            sees: .cannotRestart,
            help: "reboot the host between two starts where the second one fails",
            source: "QEMU 7.2 hw/vfio/pci.c vfio_pci_hot_reset"),
        LogMessage(
            "reset-group", by: .qemu,
            """
            vfio: Cannot reset device \(function: "device"), depends on group \(number: "group") which is not \
            owned.
            """,
            releases: "QEMU 1.6 to 11.1", .doubtful,
            means: "a reset of the device would reset another one, which is the host's",
            sees: .cannotRestart,
            help: "give the guest the other device, too",
            source: "QEMU 10.2 hw/vfio/container-legacy.c vfio_legacy_pci_hot_reset"),
        LogMessage(
            "stuck-asleep", by: .qemu,
            "vfio: Unable to power on device, stuck in D3",
            releases: "QEMU 1.3 to 11.1", .trouble,
            means: "the device sleeps and does not wake up",
            sees: .cannotRestart,
            help: "disable_idle_d3=1 for vfio-pci on the host, and a reboot of the host",
            source: "QEMU 7.2 hw/vfio/pci.c vfio_pci_pre_reset"),
        LogMessage(
            "slot-taken", by: .qemu,
            """
            PCI: slot \(number: "slot") function \(number: "function") not available for \(word: "device"), \
            in use by \(text: "other")
            """,
            releases: "QEMU 1.0 to 11.1", .trouble,
            means: "two devices are told to be in one slot",
            sees: .refusesToStart,
            help: "move the other one: the IGD belongs at 00:02.0",
            source: "QEMU 7.2 hw/pci/pci.c do_pci_register_device"),
        LogMessage(
            "property-unknown", by: .qemu,
            "Property 'vfio-pci.\(word: "property")' not found",
            releases: "QEMU 2.7 to 11.1", .trouble,
            means: "this release of QEMU does not have the property",
            sees: .refusesToStart,
            help: "x-igd-opregion and x-igd-gms are there since 2.7, x-igd-legacy-mode and x-igd-lpc since 10.0",
            source: "QEMU 7.2 qom/object.c object_property_find_err"),
        LogMessage(
            "file-given-twice", by: .qemu,
            "duplicate fw_cfg file name: \(word: "file")",
            releases: "QEMU 2.4 to 11.1", .trouble,
            means: "a file is given by hand that QEMU makes itself",
            sees: .refusesToStart,
            help: "take the -fw_cfg away",
            source: "QEMU 7.2 hw/nvram/fw_cfg.c fw_cfg_add_file_callback"),
    ]
}
