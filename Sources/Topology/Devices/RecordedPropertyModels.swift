// Written by Tests/Recorders/device-properties.py; not to be changed by hand.

extension RecordedProperties {
    /// The releases that were asked, oldest first.
    static let asked = "7.2 10.0 11.1"

    /// The bus that models are on (`-` for none), the releases that have them (`*` for all), and models; signed numbers and aliases.
    static let modelTable = """
        - * guest-loader hv-syndbg ipmi-bmc-extern ipmi-bmc-sim loader nvdimm nvme-subsys pc-dimm tpm-crb vmcoreinfo
        - * vmgenid
        - 10.0,11.1 vmclock
        - 11.1 sp-mem
        HDA * hda-duplex hda-micro hda-output
        IDE * ide-cd ide-hd
        IDE 10.0,11.1 ide-cf
        ISA * adlib cs4231a gus hyperv-testdev i8042 ib700 isa-applesmc isa-cirrus-vga isa-debug-exit isa-debugcon
        ISA * isa-fdc isa-ide isa-ipmi-bt isa-ipmi-kcs isa-parallel isa-serial isa-vga mc146818rtc ne2k_isa pc-testdev
        ISA * pvpanic sb16 tpm-tis vmmouse
        ISA 7.2 sga
        IndustryPack * ipoctal232
        PCI * AC97 AMDVI-PCI ES1370 VGA acpi-erst am53c974 ati-vga bochs-display cirrus-vga ctucan_pci cxl-downstream
        PCI * cxl-rp cxl-type3 cxl-upstream dc390 e1000 e1000-82544gc e1000-82545em e1000e edu i6300esb i82550 i82551
        PCI * i82557a i82557b i82557c i82558a i82558b i82559a i82559b i82559c i82559er i82562 i82801 i82801b11-bridge
        PCI * ich9-ahci ich9-intel-hda ich9-usb-ehci1 ich9-usb-ehci2 ich9-usb-uhci1 ich9-usb-uhci2 ich9-usb-uhci3
        PCI * ich9-usb-uhci4 ich9-usb-uhci5 ich9-usb-uhci6 intel-hda ioh3420 ivshmem-doorbell ivshmem-plain kvaser_pci
        PCI * lsi53c810 lsi53c895a megasas megasas-gen2 mioe3680_pci mptsas1068 ne2k_pci nec-usb-xhci nvme pci-bridge
        PCI * pci-bridge-seat pci-ipmi-bt pci-ipmi-kcs pci-ohci pci-serial pci-serial-2x pci-serial-4x pci-testdev
        PCI * pcie-pci-bridge pcie-root-port pcm3680_pci pcnet piix3-ide piix3-usb-uhci piix4-ide piix4-usb-uhci
        PCI * pvpanic-pci pvscsi pxb pxb-cxl pxb-pcie qemu-xhci qxl qxl-vga rocker rtl8139 sdhci-pci secondary-vga
        PCI * tpci200 tulip usb-ehci vfio-pci vfio-pci-igd-lpc-bridge vfio-pci-nohotplug vhost-scsi-pci
        PCI * vhost-scsi-pci-non-transitional vhost-scsi-pci-transitional vhost-user-blk-pci
        PCI * vhost-user-blk-pci-non-transitional vhost-user-blk-pci-transitional vhost-user-fs-pci vhost-user-gpio-pci
        PCI * vhost-user-gpu-pci vhost-user-i2c-pci vhost-user-input-pci vhost-user-rng-pci vhost-user-scsi-pci
        PCI * vhost-user-scsi-pci-non-transitional vhost-user-scsi-pci-transitional vhost-user-vga vhost-user-vsock-pci
        PCI * vhost-user-vsock-pci-non-transitional vhost-vsock-pci vhost-vsock-pci-non-transitional virtio-9p-pci
        PCI * virtio-9p-pci-non-transitional virtio-9p-pci-transitional virtio-balloon-pci
        PCI * virtio-balloon-pci-non-transitional virtio-balloon-pci-transitional virtio-blk-pci
        PCI * virtio-blk-pci-non-transitional virtio-blk-pci-transitional virtio-crypto-pci virtio-gpu-gl-pci
        PCI * virtio-gpu-pci virtio-input-host-pci virtio-iommu-pci virtio-keyboard-pci virtio-mem-pci virtio-mouse-pci
        PCI * virtio-net-pci virtio-net-pci-non-transitional virtio-net-pci-transitional virtio-pmem-pci virtio-rng-pci
        PCI * virtio-rng-pci-non-transitional virtio-rng-pci-transitional virtio-scsi-pci
        PCI * virtio-scsi-pci-non-transitional virtio-scsi-pci-transitional virtio-serial-pci
        PCI * virtio-serial-pci-non-transitional virtio-serial-pci-transitional virtio-tablet-pci virtio-vga
        PCI * virtio-vga-gl vmware-svga vmxnet3 x-pci-proxy-dev x3130-upstream xio3130-downstream
        PCI 10.0,11.1 cxl-switch-mailbox-cci igb ufs vhost-user-snd-pci vhost-vdpa-device-pci
        PCI 10.0,11.1 vhost-vdpa-device-pci-non-transitional vhost-vdpa-device-pci-transitional virtio-multitouch-pci
        PCI 10.0,11.1 virtio-sound-pci xen-platform
        PCI 11.1 iommu-testdev vfio-user-pci vhost-user-rtc-pci vhost-user-spi-pci vhost-user-test-device-pci
        PCI 11.1 virtio-rtc-pci
        PCI 7.2 pvrdma
        SCSI * scsi-block scsi-cd scsi-generic scsi-hd
        System * amd-iommu intel-iommu ramfb vmbus-bridge
        System 10.0,11.1 uefi-vars-sysbus uefi-vars-x64
        ccid-bus * ccid-card-emulated ccid-card-passthru
        floppy-bus * floppy
        i2c-bus * i2c-ddc smbus-ipmi
        i2c-bus 10.0,11.1 i2c-echo
        nitro-vsock-bus 11.1 nitro-heartbeat nitro-serial-vsock
        nvme-bus * nvme-ns
        sd-bus * sd-card
        sd-bus 10.0,11.1 sd-card-spi
        sd-bus 11.1 emmc
        ufs-bus 10.0,11.1 ufs-lu
        usb-bus * u2f-passthru usb-audio usb-bot usb-braille usb-ccid usb-host usb-hub usb-kbd usb-mouse usb-mtp usb-net
        usb-bus * usb-redir usb-serial usb-storage usb-tablet usb-uas usb-wacom-tablet
        virtio-bus * vhost-scsi vhost-user-blk vhost-user-fs-device vhost-user-gpio-device vhost-user-gpu
        virtio-bus * vhost-user-i2c-device vhost-user-input vhost-user-rng vhost-user-scsi vhost-user-vsock-device
        virtio-bus * vhost-vsock-device virtio-9p-device virtio-balloon-device virtio-blk-device virtio-crypto-device
        virtio-bus * virtio-gpu-device virtio-input-host-device virtio-iommu-device virtio-keyboard-device virtio-mem
        virtio-bus * virtio-mouse-device virtio-net-device virtio-pmem virtio-rng-device virtio-scsi-device
        virtio-bus * virtio-serial-device virtio-tablet-device
        virtio-bus 10.0,11.1 vhost-user-snd vhost-vdpa-device virtio-gpu-gl-device virtio-multitouch-device
        virtio-bus 10.0,11.1 virtio-sound-device
        virtio-bus 11.1 vhost-user-rtc vhost-user-spi-device vhost-user-test-device virtio-rtc-device
        virtio-serial-bus * virtconsole virtserialport
        vmbus 10.0,11.1 hv-balloon
        xen-bus 10.0,11.1 xen-cdrom xen-console xen-disk xen-net-device
        xen-sysbus 10.0,11.1 xen-backend
        signed 10.0,11.1 idx rombar
        signed 7.2 dev-caps-max-ah dev-caps-max-cq dev-caps-max-mr dev-caps-max-pd dev-caps-max-qp
        signed 7.2 dev-caps-max-qp-init-rd-atom dev-caps-max-srq dev-caps-qp-rd-atom
        signed * base_year bootindex bootindexA bootindexB guest-stats-polling-interval irq label-size scsi_version slot
        signed * speed surfaces x-txburst
        alias * ac97=AC97 ahci=ich9-ahci e1000-82540em=e1000 es1370=ES1370 lsi=lsi53c895a virtio-9p=virtio-9p-pci
        alias * virtio-balloon=virtio-balloon-pci virtio-blk=virtio-blk-pci virtio-gpu-gl=virtio-gpu-gl-pci
        alias * virtio-gpu=virtio-gpu-pci virtio-input-host=virtio-input-host-pci virtio-iommu=virtio-iommu-pci
        alias * virtio-keyboard=virtio-keyboard-pci virtio-mouse=virtio-mouse-pci virtio-net=virtio-net-pci
        alias * virtio-rng=virtio-rng-pci virtio-scsi=virtio-scsi-pci virtio-serial=virtio-serial-pci
        alias * virtio-sound=virtio-sound-pci virtio-tablet=virtio-tablet-pci
        """
}
