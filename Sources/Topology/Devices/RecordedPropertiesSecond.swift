// Written by Tests/Recorders/device-properties.py; not to be changed by hand.

extension RecordedProperties {
    /// Models (`=`), then kind, releases (`*` for all that have the model) and names of what these models have.
    static let secondTable = """
        = vhost-user-blk vhost-user-blk-pci vhost-user-blk-pci-non-transitional vhost-user-blk-pci-transitional
        = vhost-user-fs-device vhost-user-fs-pci vhost-vdpa-device vhost-vdpa-device-pci
        = vhost-vdpa-device-pci-non-transitional vhost-vdpa-device-pci-transitional virtio-blk-device virtio-blk-pci
        = virtio-blk-pci-non-transitional virtio-blk-pci-transitional
        number * queue-size
        = virtio-balloon-device virtio-balloon-pci virtio-balloon-pci-non-transitional virtio-balloon-pci-transitional
        = virtio-blk-device virtio-blk-pci virtio-blk-pci-non-transitional virtio-blk-pci-transitional
        = virtio-scsi-device virtio-scsi-pci virtio-scsi-pci-non-transitional virtio-scsi-pci-transitional xen-cdrom
        = xen-disk
        text * iothread
        = adlib cs4231a gus isa-applesmc isa-debug-exit isa-debugcon isa-fdc isa-ide isa-parallel isa-serial mc146818rtc
        = ne2k_isa sb16
        number * iobase
        = cs4231a gus isa-fdc isa-ide isa-ipmi-bt isa-ipmi-kcs isa-parallel isa-serial mc146818rtc ne2k_isa sb16 tpm-tis
        = vmbus-bridge
        number * irq
        = cxl-downstream cxl-rp ioh3420 pcie-root-port vhost-user-scsi vhost-user-scsi-pci
        = vhost-user-scsi-pci-non-transitional vhost-user-scsi-pci-transitional virtio-scsi-device virtio-scsi-pci
        = virtio-scsi-pci-non-transitional virtio-scsi-pci-transitional xio3130-downstream
        bool * hotplug
        = nvme vhost-scsi vhost-scsi-pci vhost-scsi-pci-non-transitional vhost-scsi-pci-transitional vhost-user-scsi
        = vhost-user-scsi-pci vhost-user-scsi-pci-non-transitional vhost-user-scsi-pci-transitional virtio-scsi-device
        = virtio-scsi-pci virtio-scsi-pci-non-transitional virtio-scsi-pci-transitional
        number * num_queues
        = AC97 ES1370 adlib cs4231a gus hda-duplex hda-micro hda-output sb16 usb-audio virtio-sound-device
        = virtio-sound-pci
        text * audiodev
        = ccid-card-emulated ccid-card-passthru hda-duplex hda-micro hda-output ich9-intel-hda intel-hda qxl qxl-vga
        = usb-audio usb-ccid usb-redir
        number * debug
        = cxl-switch-mailbox-cci igb ufs vhost-user-snd-pci vhost-vdpa-device-pci vhost-vdpa-device-pci-non-transitional
        = vhost-vdpa-device-pci-transitional virtio-gpu-gl-pci virtio-multitouch-pci virtio-sound-pci virtio-vga-gl
        = xen-platform
        bool 10.0 x-pcie-extcap-init
        = usb-kbd usb-tablet vfio-pci vfio-pci-nohotplug virtio-keyboard-device virtio-keyboard-pci virtio-mouse-device
        = virtio-mouse-pci virtio-multitouch-device virtio-multitouch-pci virtio-tablet-device virtio-tablet-pci
        text * display
        = vhost-scsi vhost-scsi-pci vhost-scsi-pci-non-transitional vhost-scsi-pci-transitional vhost-user-scsi
        = vhost-user-scsi-pci vhost-user-scsi-pci-non-transitional vhost-user-scsi-pci-transitional virtio-scsi-device
        = virtio-scsi-pci virtio-scsi-pci-non-transitional virtio-scsi-pci-transitional
        number * cmd_per_lun max_sectors virtqueue_size
        = acpi-erst cxl-type3 hv-balloon ivshmem-plain nvdimm pc-dimm sp-mem virtio-mem virtio-mem-pci virtio-pmem
        = virtio-pmem-pci
        text * memdev
        = cxl-downstream cxl-rp cxl-upstream i82801b11-bridge ioh3420 pci-bridge pci-bridge-seat pcie-pci-bridge
        = pcie-root-port x3130-upstream xio3130-downstream
        bool 10.0,11.1 x-pci-express-writeable-slt-bug
        = ich9-usb-ehci1 ich9-usb-ehci2 ich9-usb-uhci1 ich9-usb-uhci2 ich9-usb-uhci3 ich9-usb-uhci4 ich9-usb-uhci5
        = ich9-usb-uhci6 piix3-usb-uhci piix4-usb-uhci usb-ehci
        number * maxframes
        = ide-cd ide-cf ide-hd scsi-block scsi-cd scsi-hd usb-storage virtio-blk-device virtio-blk-pci
        = virtio-blk-pci-non-transitional virtio-blk-pci-transitional
        text * rerror werror
        = VGA bochs-display secondary-vga vhost-user-gpu vhost-user-gpu-pci vhost-user-vga virtio-gpu-device
        = virtio-gpu-gl-device virtio-gpu-pci virtio-vga
        bool * edid
        = ccid-card-emulated ccid-card-passthru cxl-downstream cxl-rp ioh3420 ipoctal232 nvdimm pc-dimm pcie-root-port
        = xio3130-downstream
        number * slot
        = vhost-user-blk-pci vhost-user-blk-pci-non-transitional vhost-user-blk-pci-transitional virtio-blk-pci
        = virtio-blk-pci-non-transitional virtio-blk-pci-transitional virtio-iommu-pci virtio-serial-pci
        = virtio-serial-pci-non-transitional virtio-serial-pci-transitional
        number * class
        = vhost-user-rtc-pci vhost-user-snd-pci vhost-user-spi-pci vhost-user-test-device-pci vhost-vdpa-device-pci
        = vhost-vdpa-device-pci-non-transitional vhost-vdpa-device-pci-transitional virtio-multitouch-pci virtio-rtc-pci
        = virtio-sound-pci
        bool * x-pcie-pm-no-soft-reset
        = VGA ati-vga cirrus-vga isa-cirrus-vga isa-vga qxl qxl-vga secondary-vga vmware-svga
        number * vgamem_mb
        = ich9-intel-hda intel-hda megasas megasas-gen2 mptsas1068 nec-usb-xhci pci-bridge pci-bridge-seat
        = pcie-pci-bridge
        text * msi
        = qxl qxl-vga vhost-user-gpu vhost-user-gpu-pci vhost-user-vga virtio-gpu-device virtio-gpu-gl-device
        = virtio-gpu-pci virtio-vga
        number * max_outputs
        = usb-tablet virtio-keyboard-device virtio-keyboard-pci virtio-mouse-device virtio-mouse-pci
        = virtio-multitouch-device virtio-multitouch-pci virtio-tablet-device virtio-tablet-pci
        number * head
        = ich9-usb-uhci1 ich9-usb-uhci2 ich9-usb-uhci3 ich9-usb-uhci4 ich9-usb-uhci5 ich9-usb-uhci6 piix3-usb-uhci
        = piix4-usb-uhci
        number * bandwidth
        = vhost-scsi vhost-scsi-pci vhost-scsi-pci-non-transitional vhost-scsi-pci-transitional vhost-user-scsi
        = vhost-user-scsi-pci vhost-user-scsi-pci-non-transitional vhost-user-scsi-pci-transitional
        bool * t10_pi
        number * boot_tpgt
        = vhost-scsi vhost-scsi-pci vhost-scsi-pci-non-transitional vhost-scsi-pci-transitional virtio-scsi-device
        = virtio-scsi-pci virtio-scsi-pci-non-transitional virtio-scsi-pci-transitional
        bool * seg_max_adjust
        = vhost-user-blk vhost-user-blk-pci vhost-user-blk-pci-non-transitional vhost-user-blk-pci-transitional
        = virtio-blk-device virtio-blk-pci virtio-blk-pci-non-transitional virtio-blk-pci-transitional
        bool * config-wce discard write-zeroes
        number * num-queues
        = vhost-user-scsi vhost-user-scsi-pci vhost-user-scsi-pci-non-transitional vhost-user-scsi-pci-transitional
        = virtio-scsi-device virtio-scsi-pci virtio-scsi-pci-non-transitional virtio-scsi-pci-transitional
        bool * param_change
        = vhost-user-snd-pci vhost-vdpa-device-pci vhost-vdpa-device-pci-non-transitional
        = vhost-vdpa-device-pci-transitional virtio-gpu-gl-pci virtio-multitouch-pci virtio-sound-pci virtio-vga-gl
        bool 10.0 migrate-extra x-disable-pcie x-ignore-backend-features x-pcie-deverr-init x-pcie-lnkctl-init
        bool 10.0 x-pcie-pm-init
        = cxl-downstream cxl-rp cxl-upstream ioh3420 pcie-root-port x3130-upstream xio3130-downstream
        number * aer_log_max port
        = ich9-usb-uhci1 ich9-usb-uhci2 ich9-usb-uhci3 ich9-usb-uhci4 ich9-usb-uhci5 ich9-usb-uhci6 pci-ohci
        number * firstport
        text * masterbus
        = ide-cf ide-hd scsi-hd virtio-blk-device virtio-blk-pci virtio-blk-pci-non-transitional
        = virtio-blk-pci-transitional
        number * cyls heads lcyls lheads lsecs secs
        = vhost-scsi vhost-scsi-pci vhost-scsi-pci-non-transitional vhost-scsi-pci-transitional vhost-vsock-device
        = vhost-vsock-pci vhost-vsock-pci-non-transitional
        text * vhostfd
        = iommu-testdev vfio-user-pci vhost-user-rtc-pci vhost-user-spi-pci vhost-user-test-device-pci virtio-rtc-pci
        text * sriov-pf
        = nvdimm pc-dimm uefi-vars-sysbus uefi-vars-x64 virtio-mem virtio-mem-pci
        number * size
        = vhost-user-vsock-device vhost-user-vsock-pci vhost-user-vsock-pci-non-transitional vhost-vsock-device
        = vhost-vsock-pci vhost-vsock-pci-non-transitional
        text * seqpacket
        = virtio-balloon-pci virtio-balloon-pci-non-transitional virtio-balloon-pci-transitional virtio-gpu-gl-pci
        = virtio-mem-pci virtio-vga-gl
        bool 10.0,11.1 ioeventfd
        number 10.0,11.1 vectors
        = VGA bochs-display secondary-vga vhost-user-vga virtio-vga
        bool * big-endian-framebuffer
        = VGA cirrus-vga qxl qxl-vga vmware-svga
        bool 7.2,10.0 global-vmstate
        = cxl-downstream cxl-rp ioh3420 pcie-root-port xio3130-downstream
        bool 10.0,11.1 x-do-not-expose-native-hotplug-cap
        bool 7.2 x-native-hotplug
        number * chassis
        = ide-cd ide-cf ide-hd scsi-cd scsi-hd
        number * wwn
        text * ver
        = isa-ipmi-bt isa-ipmi-kcs pci-ipmi-bt pci-ipmi-kcs smbus-ipmi
        text * bmc
        = nvdimm pc-dimm sp-mem virtio-mem virtio-mem-pci
        number * node
        = scsi-block scsi-cd scsi-generic scsi-hd ufs-lu
        number * lun
        = virtio-gpu-device virtio-gpu-gl-pci virtio-gpu-pci virtio-vga virtio-vga-gl
        number 10.0,11.1 hostmem x-scanout-vmstate-version
        = VGA bochs-display i2c-ddc secondary-vga
        number * refresh_rate xmax ymax
        = ati-vga ide-cd ide-cf ide-hd
        text * model
        = cs4231a gus isa-fdc sb16
        number * dma
        = cxl-downstream cxl-rp cxl-type3 cxl-upstream
        bool 11.1 x-256b-flit
        text 10.0,11.1 x-speed x-width
        = cxl-rp ioh3420 pcie-root-port xio3130-downstream
        bool * power_controller_present
        = cxl-rp pci-bridge pci-bridge-seat pcie-root-port
        number * bus-reserve io-reserve mem-reserve pref32-reserve pref64-reserve
        = e1000 e1000-82544gc e1000-82545em e1000e
        bool * init-vet
        = floppy ide-cd ide-cf ide-hd
        number * unit
        = nec-usb-xhci qemu-xhci vfio-pci vfio-pci-nohotplug
        text * host
        = scsi-block scsi-cd scsi-generic scsi-hd
        number * channel scsi-id
        = vhost-scsi vhost-scsi-pci vhost-scsi-pci-non-transitional vhost-scsi-pci-transitional
        bool * migratable
        bool 10.0,11.1 worker_per_virtqueue
        bool 11.1 hotplug
        text * wwpn
        = vhost-user-blk vhost-user-blk-pci vhost-user-blk-pci-non-transitional vhost-user-blk-pci-transitional
        bool 11.1 inflight-migration seg-max-adjust skip-get-vring-base-on-force-shutdown
        = vhost-vdpa-device vhost-vdpa-device-pci vhost-vdpa-device-pci-non-transitional
        = vhost-vdpa-device-pci-transitional
        text * vhostdev
        = virtio-9p-device virtio-9p-pci virtio-9p-pci-non-transitional virtio-9p-pci-transitional
        text * fsdev mount_tag
        = virtio-balloon-device virtio-balloon-pci virtio-balloon-pci-non-transitional virtio-balloon-pci-transitional
        bool * deflate-on-oom free-page-hint free-page-reporting page-poison
        bool 7.2,10.0 qemu-4-0-config-size
        number * guest-stats-polling-interval
        = virtio-blk-device virtio-blk-pci virtio-blk-pci-non-transitional virtio-blk-pci-transitional
        bool * report-discard-granularity request-merging seg-max-adjust x-enable-wce-if-config-wce
        bool 7.2 scsi
        number * max-discard-sectors max-write-zeroes-sectors
        = virtio-gpu-device virtio-gpu-gl-device virtio-gpu-pci virtio-vga
        bool * blob
        number * max_hostmem
        = virtio-mem virtio-mem-pci virtio-pmem virtio-pmem-pci
        number * memaddr
        = virtio-mouse-device virtio-mouse-pci virtio-tablet-device virtio-tablet-pci
        bool 7.2,10.0 wheel-axis
        = virtio-net-device virtio-net-pci virtio-net-pci-non-transitional virtio-net-pci-transitional
        bool * csum ctrl_guest_offloads ctrl_mac_addr ctrl_rx ctrl_rx_extra ctrl_vlan ctrl_vq failover gso
        bool * guest_announce guest_csum guest_ecn guest_rsc_ext guest_tso4 guest_tso6 guest_ufo hash host_ecn host_tso4
        bool * host_tso6 host_ufo mq mrg_rxbuf rss status
        bool 10.0,11.1 guest_uso4 guest_uso6 host_uso
        bool 11.1 guest_tunnel guest_tunnel_csum host_tunnel host_tunnel_csum
        bool 7.2,10.0 x-mtu-bypass-backend
        number * host_mtu rsc_interval rx_queue_size speed tx_queue_size x-txburst x-txtimer
        text * duplex tx
        text 11.1 hash-ipv4 hash-ipv6 hash-ipv6ex hash-tcp4 hash-tcp6 hash-tcp6ex hash-udp4 hash-udp6 hash-udp6ex
        = virtio-rng-device virtio-rng-pci virtio-rng-pci-non-transitional virtio-rng-pci-transitional
        number * max-bytes period
        text * rng
        = virtio-serial-device virtio-serial-pci virtio-serial-pci-non-transitional virtio-serial-pci-transitional
        bool 7.2,10.0 emergency-write
        number * max_ports
        = xen-cdrom xen-console xen-disk xen-net-device
        number * frontend-id
        = ctucan_pci mioe3680_pci pcm3680_pci
        text * canbus0 canbus1
        = cxl-rp ioh3420 pcie-root-port
        bool 7.2,10.0 disable-acs
        = e1000 e1000-82544gc e1000-82545em
        bool * migrate_tso_props
        bool 7.2 autonegotiation mitigation
        bool 7.2,10.0 extra_mac_registers
        = hda-duplex hda-micro hda-output
        bool * mixer
        bool 7.2,10.0 use-timer
        number * cad
        = i2c-ddc i2c-echo smbus-ipmi
        number * address
        = ide-hd scsi-block scsi-hd
        number * rotation_rate
        = ipoctal232 pci-serial-2x pci-serial-4x
        text * chardev1 chardev2
        = isa-ipmi-bt isa-ipmi-kcs pvpanic
        number * ioport
        = megasas megasas-gen2 mptsas1068
        number * sas_address
        = megasas megasas-gen2 nec-usb-xhci
        text * msix
        = nec-usb-xhci qemu-xhci usb-redir
        bool * streams
        = pci-serial pci-serial-2x pci-serial-4x
        number 7.2,10.0 prog_if
        = pxb pxb-cxl pxb-pcie
        bool * bypass_iommu
        number * bus_nr numa_node
        = rocker virtconsole virtserialport
        text * name
        = scsi-block scsi-cd scsi-hd
        number * max_io_size scsi_version
        = usb-kbd usb-mouse usb-tablet
        number * usb_version
        = vfio-pci vfio-pci-nohotplug vfio-user-pci
        number * x-pci-device-id x-pci-sub-device-id x-pci-sub-vendor-id x-pci-vendor-id
        = vhost-vsock-device vhost-vsock-pci vhost-vsock-pci-non-transitional
        number * guest-cid
        = virtio-gpu-gl-device virtio-gpu-gl-pci virtio-vga-gl
        bool 11.1 drm_native_context
        = VGA secondary-vga
        bool * qemu-extended-regs
        = adlib gus
        number * freq
        = amd-iommu intel-iommu
        bool * device-iotlb
        bool 7.2,10.0 pt
        text * intremap
        = cirrus-vga isa-cirrus-vga
        bool * blitter
        = cxl-type3 cxl-upstream
        text * cdat
        = ich9-intel-hda intel-hda
        bool * old_msi_addr
        = ide-cd ide-hd
        bool 10.0,11.1 win2k-install-hack
        = ide-cf ide-hd
        text * bios-chs-trans
        = intel-iommu sb16
        number * version
        = ipmi-bmc-extern ipmi-bmc-sim
        number * slave_addr
        = ipmi-bmc-sim vmgenid
        text * guid
        = ipoctal232 pci-serial-4x
        text * chardev3 chardev4
        = isa-parallel isa-serial
        number * index
        = isa-serial pci-serial
        bool * wakeup
        number * baudbase
        = ivshmem-doorbell ivshmem-plain
        text * master
        = megasas megasas-gen2
        bool * use_jbod
        number * max_cmds max_sge
        text * hba_serial
        = nec-usb-xhci qemu-xhci
        bool 10.0,11.1 conditional-intr-mapping
        number * p2 p3
        = nvdimm nvme-ns
        text * uuid
        = pci-bridge pci-bridge-seat
        bool * shpc
        number * chassis_nr
        = piix3-ide piix4-ide
        text 10.0,11.1 isa-irq[0] isa-irq[1]
        = pvpanic pvpanic-pci
        number * events
        = qxl qxl-vga
        number * cmdlog guestdebug ram_size ram_size_mb revision surfaces vram64_size_mb vram_size vram_size_mb
        = ramfb vfio-pci-nohotplug
        bool 11.1 use-legacy-x86-rom
        = scsi-block scsi-generic
        number * io_timeout
        = scsi-block scsi-hd
        number * max_unmap_size
        = scsi-cd scsi-hd
        bool * quirk_mode_page_vendor_specific_apple
        bool 10.0,11.1 migrate-emulated-scsi-request
        bool 11.1 quirk_mode_page_set_block_size
        number * port_index port_wwn
        text * device_id product vendor
        = scsi-hd usb-storage
        bool * removable
        = sd-card sd-card-spi
        number * spec_version
        = tpm-crb tpm-tis
        bool 7.2,10.0 ppi
        text * tpmdev
        """
}
