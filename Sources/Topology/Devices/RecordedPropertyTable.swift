// Written by Tests/Recorders/device-properties.py; not to be changed by hand.

extension RecordedProperties {
    /// The releases that were asked, oldest first.
    static let asked = "7.2 10.0 11.1"

    /// Model (`*` for the others together), kind, releases, and names.
    static let table = """
        * bool - aer any_layout atomic.dn ats autonegotiation big-endian-framebuffer blitter blob boot-bypass bypass_iommu
        * bool - conditional-intr-mapping config-wce controls csum ctratt.mem ctrl_guest_offloads ctrl_mac_addr ctrl_rx
        * bool - ctrl_rx_extra ctrl_vlan ctrl_vq dbcs deflate-on-oom disable-acs disable-modern discard drm_native_context
        * bool - dynamic-memslots edid emergency-write event_idx extra_mac_registers failover force-pcie-endcap
        * bool - free-page-hint free-page-reporting global-vmstate gso guest_announce guest_csum guest_ecn guest_hwcursor
        * bool - guest_rsc_ext guest_tso4 guest_tso6 guest_tunnel guest_tunnel_csum guest_ufo guest_uso4 guest_uso6 hash
        * bool - hdm-db hdm_for_passthrough host_ecn host_tso4 host_tso6 host_tunnel host_tunnel_csum host_ufo host_uso
        * bool - hotplug in_order indirect_desc inflight-migration init-vet ioeventfd iommu_platform legacy-cmb mcq
        * bool - migratable migrate-extra migrate-timadj migrate_tso_props mitigation mmio modern-pio-notify mq mrg_rxbuf
        * bool - msix-exclusive-bar multifunction notify_on_empty ocp old_msi_addr packed page-per-vq page-poison
        * bool - param_change power_controller_present prealloc qemu-4-0-config-size qemu-extended-regs queue_reset
        * bool - report-discard-granularity request-merging rss scsi seg-max-adjust seg_max_adjust share-rw shpc
        * bool - skip-get-vring-base-on-force-shutdown stats status superspeed-ports-first t10_pi use-disabled-flag
        * bool - use-intel-id use-started use_jbod venus virtio-pci-bus-master-bug-migration wakeup wheel-axis
        * bool - worker_per_virtqueue write-zeroes x-256b-flit x-ats-page-aligned x-disable-legacy-check x-disable-pcie
        * bool - x-do-not-expose-native-hotplug-cap x-early-migration x-enable-wce-if-config-wce x-ignore-backend-features
        * bool - x-migrate-msix x-mtu-bypass-backend x-native-hotplug x-no-posted-writes x-old-msi-offsets
        * bool - x-old-pci-configuration x-pci-express-writeable-slt-bug x-pcie-ari-nextfn-1 x-pcie-deverr-init
        * bool - x-pcie-err-unc-mask x-pcie-ext-tag x-pcie-extcap-init x-pcie-flr-init x-pcie-lnkctl-init
        * bool - x-pcie-lnksta-dllla x-pcie-pm-init x-pcie-pm-no-soft-reset x-send-queued zoned.auto_transition
        * number - acpi-index aer_log_max aer_max_queued aerl atomic.awun atomic.awupf aw-bits bandwidth baudbase
        * number - block-size boot_tpgt bootindex bus-reserve bus_nr capareg chassis chassis_nr chmaps class cmb_size_mb
        * number - cmd_per_lun cmdlog config_size cyls debug dev-caps-max-ah dev-caps-max-cq dev-caps-max-mr
        * number - dev-caps-max-mr-size dev-caps-max-pd dev-caps-max-qp dev-caps-max-qp-init-rd-atom dev-caps-max-srq
        * number - dev-caps-qp-rd-atom disable_vnet_hdr discard_granularity dma_mask endianness events firstport guest-cid
        * number - guest-stats-polling-interval guestdebug head heads host_mtu hostmem ibport intrs io-reserve jacks lcyls
        * number - len-ports len-reserved-regions lheads logical_block_size lsecs max-bytes max-discard-sectors
        * number - max-write-zeroes-sectors max_cmds max_hostmem max_ioqpairs max_outputs max_ports max_sectors max_sge
        * number - maxcurr maxframes mcq-maxq mdts mem-reserve memaddr min_io_size mqes msix_qsize node num-dc-regions
        * number - num-ports num-queues num-request-queues num_queues num_vqs numa_node nutmrs nutrs opt_io_size p2 p3
        * number - period physical_block_size port pref32-reserve pref64-reserve prog_if queue-size ram_size ram_size_mb
        * number - record_size refresh_rate requested-size revision rombar romsize rsc_interval rx_queue_size sas_address
        * number - sd-spec-version secs size slot slots smart_critical_warning sn spdm_port speed sriov_max_vfs
        * number - sriov_max_vi_per_vf sriov_max_vq_per_vf sriov_vi_flexible sriov_vq_flexible subsys_ven surfaces
        * number - switch_id tx_queue_size uhs use_msg vectors vendor vgamem vgamem_mb virtio-id virtqueue_size vq_size
        * number - vram64_size_mb vram_size vram_size_mb vsl wb-max-size wb-min-size x-device-id x-linear-aper-size
        * number - x-max-bounce-buffer-size x-msg-timeout x-pci-class-code x-pci-device-id x-pci-sub-device-id
        * number - x-pci-sub-vendor-id x-pci-vendor-id x-pixman x-scanout-vmstate-version x-txburst x-txtimer xmax xres
        * number - ymax yres zoned.zasl
        * text - account-failed account-invalid audiodev backend_defaults bmc busnr canbus canbus0 canbus1 cdat chardev
        * text - chardev1 chardev2 chardev3 chardev4 cryptodev disable-legacy display drive duplex evdev failover_pair_id
        * text - fd firmware-version fp_start_macaddr fsdev granule hash-ipv4 hash-ipv6 hash-ipv6ex hash-tcp4 hash-tcp6
        * text - hash-tcp6ex hash-udp4 hash-udp6 hash-udp6ex hba_serial host ibdev iothread iothread-vq-mapping isa-irq[0]
        * text - isa-irq[1] lsa mac mad-chardev master masterbus memdev model mount_tag msi msix name netdev outputs
        * text - persistent-memdev pmrdev primary-bus rerror rng romfile seqpacket serial socket spdm_trans sriov-pf tag
        * text - target tx unplugged-inaccessible vhostdev vhostfd volatile-dc-memdev volatile-memdev werror world
        * text - write-cache wwpn x-speed x-width
        ivshmem-plain bool 10.0,11.1 x-pcie-ari-nextfn-1 x-pcie-err-unc-mask x-pcie-ext-tag
        ivshmem-plain bool 7.2,10.0 x-pcie-extcap-init
        ivshmem-plain bool 7.2,10.0,11.1 multifunction x-pcie-lnksta-dllla
        ivshmem-plain number 10.0,11.1 x-max-bounce-buffer-size
        ivshmem-plain number 7.2,10.0,11.1 acpi-index rombar romsize
        ivshmem-plain text 10.0,11.1 busnr
        ivshmem-plain text 11.1 sriov-pf
        ivshmem-plain text 7.2,10.0,11.1 failover_pair_id master memdev romfile
        pci-testdev bool 10.0,11.1 x-pcie-ari-nextfn-1 x-pcie-err-unc-mask x-pcie-ext-tag
        pci-testdev bool 11.1 membar-backed
        pci-testdev bool 7.2,10.0 x-pcie-extcap-init
        pci-testdev bool 7.2,10.0,11.1 multifunction x-pcie-lnksta-dllla
        pci-testdev number 10.0,11.1 x-max-bounce-buffer-size
        pci-testdev number 7.2,10.0,11.1 acpi-index membar rombar romsize
        pci-testdev text 10.0,11.1 busnr
        pci-testdev text 11.1 sriov-pf
        pci-testdev text 7.2,10.0,11.1 failover_pair_id romfile
        vfio-pci bool 10.0,11.1 migration-events skip-vsc-check x-igd-lpc x-pcie-ari-nextfn-1 x-pcie-err-unc-mask
        vfio-pci bool 10.0,11.1 x-pcie-ext-tag
        vfio-pci bool 7.2 x-enable-migration
        vfio-pci bool 7.2,10.0 x-pcie-extcap-init
        vfio-pci bool 7.2,10.0,11.1 multifunction x-balloon-allowed x-igd-opregion x-no-geforce-quirks x-no-kvm-intx
        vfio-pci bool 7.2,10.0,11.1 x-no-kvm-ioeventfd x-no-kvm-msi x-no-kvm-msix x-no-mmap x-no-vfio-ioeventfd
        vfio-pci bool 7.2,10.0,11.1 x-pcie-lnksta-dllla x-req x-vga
        vfio-pci number 10.0,11.1 x-max-bounce-buffer-size
        vfio-pci number 11.1 x-migration-max-queued-buffers-size x-pci-class-code x-vpasid-cap-offset
        vfio-pci number 7.2,10.0,11.1 acpi-index bootindex rombar romsize x-igd-gms x-intx-mmap-timeout-ms
        vfio-pci number 7.2,10.0,11.1 x-nv-gpudirect-clique x-pci-device-id x-pci-sub-device-id x-pci-sub-vendor-id
        vfio-pci number 7.2,10.0,11.1 x-pci-vendor-id xres yres
        vfio-pci text 10.0,11.1 busnr enable-migration fd iommufd vf-token x-device-dirty-page-tracking x-igd-legacy-mode
        vfio-pci text 10.0,11.1 x-migration-multifd-transfer
        vfio-pci text 11.1 ats sriov-pf x-migration-load-config-after-iter
        vfio-pci text 7.2,10.0,11.1 display failover_pair_id host romfile sysfsdev x-msix-relocation
        vfio-pci text 7.2,10.0,11.1 x-pre-copy-dirty-page-tracking
        vfio-pci-nohotplug bool 10.0,11.1 migration-events skip-vsc-check x-igd-lpc x-pcie-ari-nextfn-1 x-pcie-err-unc-mask
        vfio-pci-nohotplug bool 10.0,11.1 x-pcie-ext-tag
        vfio-pci-nohotplug bool 11.1 use-legacy-x86-rom
        vfio-pci-nohotplug bool 7.2 x-enable-migration
        vfio-pci-nohotplug bool 7.2,10.0 x-pcie-extcap-init
        vfio-pci-nohotplug bool 7.2,10.0,11.1 multifunction ramfb x-balloon-allowed x-igd-opregion x-no-geforce-quirks
        vfio-pci-nohotplug bool 7.2,10.0,11.1 x-no-kvm-intx x-no-kvm-ioeventfd x-no-kvm-msi x-no-kvm-msix x-no-mmap
        vfio-pci-nohotplug bool 7.2,10.0,11.1 x-no-vfio-ioeventfd x-pcie-lnksta-dllla x-req x-vga
        vfio-pci-nohotplug number 10.0,11.1 x-max-bounce-buffer-size
        vfio-pci-nohotplug number 11.1 x-migration-max-queued-buffers-size x-pci-class-code x-vpasid-cap-offset
        vfio-pci-nohotplug number 7.2,10.0,11.1 acpi-index bootindex rombar romsize x-igd-gms x-intx-mmap-timeout-ms
        vfio-pci-nohotplug number 7.2,10.0,11.1 x-nv-gpudirect-clique x-pci-device-id x-pci-sub-device-id
        vfio-pci-nohotplug number 7.2,10.0,11.1 x-pci-sub-vendor-id x-pci-vendor-id xres yres
        vfio-pci-nohotplug text 10.0,11.1 busnr enable-migration fd iommufd vf-token x-device-dirty-page-tracking
        vfio-pci-nohotplug text 10.0,11.1 x-igd-legacy-mode x-migration-multifd-transfer x-ramfb-migrate
        vfio-pci-nohotplug text 11.1 ats sriov-pf x-migration-load-config-after-iter
        vfio-pci-nohotplug text 7.2,10.0,11.1 display failover_pair_id host romfile sysfsdev x-msix-relocation
        vfio-pci-nohotplug text 7.2,10.0,11.1 x-pre-copy-dirty-page-tracking
        """
}
