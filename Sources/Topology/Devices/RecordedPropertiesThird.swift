// Written by Tests/Recorders/device-properties.py; not to be changed by hand.

extension RecordedProperties {
    /// Models (`=`), then kind, releases (`*` for all that have the model) and names of what these models have.
    static let thirdTable = """
        = uefi-vars-sysbus uefi-vars-x64
        bool * disable-custom-mode force-secure-boot use-pio
        text * jsonfile
        text 11.1 pcapfile
        = usb-host usb-redir
        bool * suppress-remote-wake
        = vfio-pci vfio-pci-nohotplug
        bool * x-balloon-allowed x-igd-opregion x-no-geforce-quirks x-no-kvm-intx x-no-kvm-ioeventfd x-no-kvm-msi
        bool * x-no-kvm-msix x-no-mmap x-no-vfio-ioeventfd x-req x-vga
        bool 10.0,11.1 migration-events skip-vsc-check x-igd-lpc
        bool 7.2 x-enable-migration
        number * x-igd-gms x-intx-mmap-timeout-ms x-nv-gpudirect-clique
        number 11.1 x-migration-max-queued-buffers-size x-pci-class-code x-vpasid-cap-offset
        text * sysfsdev x-msix-relocation x-pre-copy-dirty-page-tracking
        text 10.0,11.1 enable-migration fd iommufd vf-token x-device-dirty-page-tracking x-igd-legacy-mode
        text 10.0,11.1 x-migration-multifd-transfer
        text 11.1 ats x-migration-load-config-after-iter
        = vhost-user-fs-device vhost-user-fs-pci
        number * num-request-queues
        text * tag
        = vhost-user-input vhost-user-input-pci
        text 7.2 serial
        = vhost-user-snd vhost-user-snd-pci
        bool * controls
        = vhost-user-test-device vhost-user-test-device-pci
        number * config_size num_vqs virtio-id vq_size
        = virtconsole virtserialport
        number * nr
        = virtio-crypto-device virtio-crypto-pci
        text * cryptodev
        = virtio-gpu-gl-pci virtio-vga-gl
        bool 10.0,11.1 aer any_layout ats blob disable-modern edid event_idx indirect_desc iommu_platform
        bool 10.0,11.1 modern-pio-notify multifunction notify_on_empty packed page-per-vq queue_reset stats
        bool 10.0,11.1 use-disabled-flag use-started venus virtio-pci-bus-master-bug-migration x-ats-page-aligned
        bool 10.0,11.1 x-disable-legacy-check x-pcie-flr-init x-pcie-lnksta-dllla
        number 10.0,11.1 acpi-index max_hostmem max_outputs rombar romsize xres yres
        text 10.0,11.1 disable-legacy failover_pair_id romfile
        = virtio-input-host-device virtio-input-host-pci
        text * evdev
        = virtio-iommu-device virtio-iommu-pci
        bool * boot-bypass
        number 10.0,11.1 aw-bits
        text * primary-bus
        text 10.0,11.1 granule
        = virtio-mem virtio-mem-pci
        bool * prealloc
        bool 10.0,11.1 dynamic-memslots x-early-migration
        number * block-size requested-size
        text * unplugged-inaccessible
        = virtio-sound-device virtio-sound-pci
        number * chmaps jacks streams
        = xen-cdrom xen-disk
        number * max-ring-page-order
        text * vdev
        = xen-console xen-net-device
        number * idx
        = VGA
        bool * mmio
        = acpi-erst
        number * record_size
        = amd-iommu
        bool 10.0,11.1 xtsup
        bool 11.1 dma-remap dma-translation
        text 11.1 pci-id
        = ati-vga
        bool * guest_hwcursor
        number * x-device-id x-pixman
        number 11.1 refresh_rate x-linear-aper-size xmax xres ymax yres
        = bochs-display
        number * vgamem
        = ccid-card-emulated
        text * backend cert1 cert2 cert3 db
        = cxl-switch-mailbox-cci
        text * target
        = cxl-type3
        bool 11.1 hdm-db
        number * sn
        number 10.0,11.1 num-dc-regions
        text * lsa
        text 10.0,11.1 persistent-memdev volatile-dc-memdev volatile-memdev
        = cxl-upstream
        number 10.0,11.1 sn
        = e1000e
        bool 10.0,11.1 migrate-timadj
        number * disable_vnet_hdr subsys subsys_ven
        = edu
        number * dma_mask
        = emmc
        number * boot-config boot-partition-size rpmb-partition-size
        text * auth-key
        = floppy
        text * drive-type
        = guest-loader
        text * bootargs initrd kernel
        = hv-balloon
        bool * status-report
        text * instanceid
        = hv-syndbg
        bool * use_hcalls
        number * host_port
        text * host_ip
        = i8042
        bool * extended-state kbd-throttle
        number * kbd-irq mouse-irq
        text * a20[0] unnamed-gpio-out[0] unnamed-gpio-out[1]
        = ide-cf
        bool * win2k-install-hack
        = intel-iommu
        bool * caching-mode dma-translation snoop-control
        bool 10.0 x-flts
        bool 10.0,11.1 fs1gp stale-tm
        bool 11.1 fsts scalable-mode svm
        bool 7.2,10.0 dma-drain x-buggy-eim x-pasid-mode x-scalable-mode
        number * aw-bits
        number 11.1 pasid-bits
        text * eim
        = ipmi-bmc-sim
        number * device_id device_rev fruareasize fwrev1 fwrev2 ipmi_version mfg_id product_id
        number 11.1 lan.channel lan.ipsrc
        text * frudatafile sdrfile
        text 11.1 lan.defgw_ipaddr lan.defgw_macaddr lan.ipaddr lan.macaddr lan.netmask
        = ipoctal232
        text * chardev0 chardev5 chardev6 chardev7
        = isa-applesmc
        text * osk
        = isa-cirrus-vga
        bool 11.1 global-vmstate
        = isa-debug-exit
        number * iosize
        = isa-debugcon
        number * readback
        = isa-fdc
        number * bootindexA bootindexB
        text * fallback fdtypeA fdtypeB
        = isa-ide
        number * iobase2
        = kvaser_pci
        text * canbus
        = loader
        bool * data-be force-raw
        number * cpu-num data data-len
        text * file
        = mc146818rtc
        number * base_year
        text * lost_tick_policy
        = nec-usb-xhci
        bool 7.2 force-pcie-endcap superspeed-ports-first
        number * intrs slots
        = nvdimm
        bool * unarmed
        number * label-size
        = nvme
        bool * msix-exclusive-bar use-intel-id zoned.auto_transition
        bool 10.0,11.1 atomic.dn ctratt.mem dbcs ocp
        bool 11.1 legacy-cmb
        number * aer_max_queued aerl cmb_size_mb max_ioqpairs mdts msix_qsize smart_critical_warning sriov_max_vfs
        number * sriov_max_vi_per_vf sriov_max_vq_per_vf sriov_vi_flexible sriov_vq_flexible vsl zoned.zasl
        number 10.0,11.1 atomic.awun atomic.awupf mqes spdm_port
        text * pmrdev subsys
        text 11.1 firmware-version model spdm_trans
        = nvme-ns
        bool * detached eui64-default shared zoned zoned.cross_read
        number * eui64 mcl ms mset msrc mssrl nsid pi pif pil zoned.descr_ext_size zoned.max_active zoned.max_open
        number * zoned.numzrwa zoned.zone_capacity zoned.zone_size zoned.zrwafg zoned.zrwas
        number 11.1 atomic.nabo atomic.nabsn atomic.nabspf atomic.nawun atomic.nawupf
        text 10.0,11.1 fdp.ruhs nguid
        = nvme-subsys
        bool 10.0,11.1 fdp
        number 10.0,11.1 fdp.nrg fdp.nruh fdp.runs
        text * nqn
        = pci-ohci
        number * num-ports
        = pci-testdev
        bool 11.1 membar-backed
        number * membar
        = pcie-root-port
        bool 7.2,10.0 x-migrate-msix
        text * x-speed x-width
        = pvrdma
        bool * x-pcie-extcap-init
        number * dev-caps-max-ah dev-caps-max-cq dev-caps-max-mr dev-caps-max-mr-size dev-caps-max-pd dev-caps-max-qp
        number * dev-caps-max-qp-init-rd-atom dev-caps-max-srq dev-caps-qp-rd-atom ibport
        text * ibdev mad-chardev
        = pvscsi
        bool 7.2,10.0 x-old-pci-configuration
        number * use_msg
        = pxb-cxl
        bool 10.0,11.1 hdm_for_passthrough
        = qemu-xhci
        text 10.0,11.1 msi msix
        = ramfb
        bool 10.0,11.1 x-migrate
        = rocker
        number * switch_id
        number 7.2 len-ports
        text * fp_start_macaddr world
        = sb16
        number * dma16
        = scsi-block
        bool 11.1 migrate-pr
        = scsi-cd
        bool * quirk_mode_page_apple_vendor quirk_mode_page_truncated quirk_mode_sense_rom_use_dbd
        = scsi-hd
        bool * dpofua
        = sd-card
        bool 7.2 spi
        = sdhci-pci
        number * capareg maxcurr sd-spec-version uhs
        number 10.0 endianness
        number 7.2,10.0 vendor
        = tpm-crb
        bool 11.1 cap-chunk x-allow-chunk-migration
        = u2f-passthru
        text * hidraw
        = ufs
        bool * mcq
        number * mcq-maxq nutmrs nutrs
        number 11.1 wb-max-size wb-min-size
        = usb-audio
        bool * multi
        number * buffer
        = usb-host
        bool * guest-reset guest-resets-all pipeline
        number * hostaddr hostbus isobsize isobufs loglevel productid vendorid
        text * hostdevice hostport
        = usb-hub
        bool * port-power
        number * ports
        = usb-mtp
        bool * readonly
        text * desc rootdir
        = usb-redir
        text * filter
        = usb-serial
        bool * always-plugged
        = usb-storage
        bool * commandlog
        = usb-uas
        number * log-scsi-req
        = vfio-pci-nohotplug
        bool * ramfb
        text 10.0,11.1 x-ramfb-migrate
        = vfio-user-pci
        bool * x-no-posted-writes x-send-queued
        number * x-msg-timeout x-pci-class-code
        = virtio-gpu-gl-device
        bool * stats venus
        number * hostmem x-scanout-vmstate-version
        = virtio-iommu-pci
        number 7.2 len-reserved-regions
        = virtio-vga-gl
        bool 10.0,11.1 big-endian-framebuffer
        = vmmouse
        text * i8042
        = vmxnet3
        bool 7.2,10.0 x-old-msi-offsets
        = x-pci-proxy-dev
        text * fd
        """
}
