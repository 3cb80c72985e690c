/// How QEMU's JSON syntax wants the value of a property: a switch, a number or a string.
///
/// Option syntax (`-device x,a=on`) takes everything as text, JSON (`-device {"driver":"x","a":true}`) and
/// libvirt's overrides do not: `Invalid parameter type for 'a', expected: boolean`.
package enum PropertyKind: Hashable, Sendable {
    case bool, number, text

    /// Nil for a property that no device of the catalogue has.
    package static func of(_ name: String) -> PropertyKind? { table[name] }

    private static let table: [String: PropertyKind] = {
        var table: [String: PropertyKind] = [:]
        for (kind, names) in [(PropertyKind.bool, bools), (.number, numbers), (.text, texts)] {
            for name in names.split(whereSeparator: \.isWhitespace) { table[String(name)] = kind }
        }
        return table
    }()

    // The types that `-device MODEL,help` prints at QEMU 7.2 for all models of the catalogue, pxb, pxb-pcie and
    // vfio-pci; bool; all integer and size types; the rest, OnOffAuto and references by id included. The one
    // name with two kinds, subsys, is left out. By hand, from hw/vfio/pci.c @ 10.1: x-igd-lpc, x-igd-legacy-mode and
    // x-pci-class-code.
    private static let bools = """
        aer any_layout ats autonegotiation big-endian-framebuffer blitter blob boot-bypass bypass_iommu
        config-wce csum ctrl_guest_offloads ctrl_mac_addr ctrl_rx ctrl_rx_extra ctrl_vlan ctrl_vq deflate-on-oom
        disable-acs disable-modern discard edid emergency-write event_idx extra_mac_registers failover
        force-pcie-endcap free-page-hint free-page-reporting global-vmstate gso guest_announce guest_csum
        guest_ecn guest_hwcursor guest_rsc_ext guest_tso4 guest_tso6 guest_ufo hash host_ecn host_tso4 host_tso6
        host_ufo hotplug indirect_desc init-vet ioeventfd iommu_platform migrate-extra migrate_tso_props
        mitigation mmio modern-pio-notify mq mrg_rxbuf msix-exclusive-bar notify_on_empty old_msi_addr packed
        page-per-vq page-poison param_change power_controller_present qemu-4-0-config-size qemu-extended-regs
        queue_reset report-discard-granularity request-merging rss scsi seg-max-adjust seg_max_adjust share-rw
        shpc status streams superspeed-ports-first use-disabled-flag use-intel-id use-started use_jbod
        virtio-pci-bus-master-bug-migration wakeup wheel-axis write-zeroes x-ats-page-aligned x-balloon-allowed
        x-disable-legacy-check x-disable-pcie x-enable-migration x-enable-wce-if-config-wce x-igd-lpc
        x-igd-opregion x-ignore-backend-features x-migrate-msix x-mtu-bypass-backend x-native-hotplug
        x-no-geforce-quirks x-no-kvm-intx x-no-kvm-ioeventfd x-no-kvm-msi x-no-kvm-msix x-no-mmap
        x-no-vfio-ioeventfd x-old-msi-offsets x-old-pci-configuration x-pcie-deverr-init x-pcie-extcap-init
        x-pcie-flr-init x-pcie-lnkctl-init x-pcie-lnksta-dllla x-pcie-pm-init x-req x-vga zoned.auto_transition
        """

    private static let numbers = """
        acpi-index aer_log_max aer_max_queued aerl bandwidth baudbase bootindex bus-reserve bus_nr capareg
        chassis chassis_nr class cmb_size_mb cmd_per_lun cmdlog cyls debug disable_vnet_hdr discard_granularity
        dma_mask events firstport guest-stats-polling-interval guestdebug head heads host_mtu intrs io-reserve
        lcyls len-ports len-reserved-regions lheads logical_block_size lsecs max-bytes max-discard-sectors
        max-write-zeroes-sectors max_cmds max_hostmem max_ioqpairs max_outputs max_ports max_sectors max_sge
        maxcurr maxframes mdts mem-reserve membar min_io_size msix_qsize num-ports num-queues num_queues
        numa_node opt_io_size p2 p3 period physical_block_size port pref32-reserve pref64-reserve prog_if
        queue-size ram_size ram_size_mb record_size refresh_rate revision rombar romsize rsc_interval
        rx_queue_size sas_address sd-spec-version secs slot slots smart_critical_warning speed sriov_max_vfs
        sriov_max_vi_per_vf sriov_max_vq_per_vf sriov_vi_flexible sriov_vq_flexible subsys_ven surfaces
        switch_id tx_queue_size uhs use_msg vectors vendor vgamem vgamem_mb virtqueue_size vram64_size_mb
        vram_size vram_size_mb vsl x-device-id x-igd-gms x-intx-mmap-timeout-ms x-pci-class-code x-pci-device-id
        x-pci-sub-device-id x-pci-sub-vendor-id x-pci-vendor-id x-pixman x-txburst x-txtimer xmax xres ymax yres
        zoned.zasl
        """

    private static let texts = """
        account-failed account-invalid audiodev backend_defaults bmc cdat chardev chardev1 chardev2 chardev3
        chardev4 cryptodev disable-legacy display drive duplex failover_pair_id fp_start_macaddr fsdev
        guest-stats hba_serial host iothread mac master masterbus memdev model mount_tag msi msix name netdev
        pmrdev primary-bus rerror rng romfile serial sysfsdev tx werror world write-cache x-igd-legacy-mode
        x-msix-relocation x-nv-gpudirect-clique x-pre-copy-dirty-page-tracking x-speed x-width
        """
}
