// Written by Tests/Recorders/device-properties.py; not to be changed by hand.

extension RecordedProperties {
    /// Models (`=`), then kind, releases (`*` for all that have the model) and names of what these models have.
    static let firstTable = """
        = AC97 AMDVI-PCI ES1370 VGA acpi-erst am53c974 ati-vga bochs-display cirrus-vga ctucan_pci cxl-downstream cxl-rp
        = cxl-switch-mailbox-cci cxl-type3 cxl-upstream dc390 e1000 e1000-82544gc e1000-82545em e1000e edu i6300esb
        = i82550 i82551 i82557a i82557b i82557c i82558a i82558b i82559a i82559b i82559c i82559er i82562 i82801
        = i82801b11-bridge ich9-ahci ich9-intel-hda ich9-usb-ehci1 ich9-usb-ehci2 ich9-usb-uhci1 ich9-usb-uhci2
        = ich9-usb-uhci3 ich9-usb-uhci4 ich9-usb-uhci5 ich9-usb-uhci6 igb intel-hda ioh3420 iommu-testdev
        = ivshmem-doorbell ivshmem-plain kvaser_pci lsi53c810 lsi53c895a megasas megasas-gen2 mioe3680_pci mptsas1068
        = ne2k_pci nec-usb-xhci nvme pci-bridge pci-bridge-seat pci-ipmi-bt pci-ipmi-kcs pci-ohci pci-serial
        = pci-serial-2x pci-serial-4x pci-testdev pcie-pci-bridge pcie-root-port pcm3680_pci pcnet piix3-ide
        = piix3-usb-uhci piix4-ide piix4-usb-uhci pvpanic-pci pvrdma pvscsi pxb pxb-cxl pxb-pcie qemu-xhci qxl qxl-vga
        = rocker rtl8139 sdhci-pci secondary-vga tpci200 tulip ufs usb-ehci vfio-pci vfio-pci-igd-lpc-bridge
        = vfio-pci-nohotplug vfio-user-pci vhost-scsi-pci vhost-scsi-pci-non-transitional vhost-scsi-pci-transitional
        = vhost-user-blk-pci vhost-user-blk-pci-non-transitional vhost-user-blk-pci-transitional vhost-user-fs-pci
        = vhost-user-gpio-pci vhost-user-gpu-pci vhost-user-i2c-pci vhost-user-input-pci vhost-user-rng-pci
        = vhost-user-rtc-pci vhost-user-scsi-pci vhost-user-scsi-pci-non-transitional vhost-user-scsi-pci-transitional
        = vhost-user-snd-pci vhost-user-spi-pci vhost-user-test-device-pci vhost-user-vga vhost-user-vsock-pci
        = vhost-user-vsock-pci-non-transitional vhost-vdpa-device-pci vhost-vdpa-device-pci-non-transitional
        = vhost-vdpa-device-pci-transitional vhost-vsock-pci vhost-vsock-pci-non-transitional virtio-9p-pci
        = virtio-9p-pci-non-transitional virtio-9p-pci-transitional virtio-balloon-pci
        = virtio-balloon-pci-non-transitional virtio-balloon-pci-transitional virtio-blk-pci
        = virtio-blk-pci-non-transitional virtio-blk-pci-transitional virtio-crypto-pci virtio-gpu-pci
        = virtio-input-host-pci virtio-iommu-pci virtio-keyboard-pci virtio-mem-pci virtio-mouse-pci
        = virtio-multitouch-pci virtio-net-pci virtio-net-pci-non-transitional virtio-net-pci-transitional
        = virtio-pmem-pci virtio-rng-pci virtio-rng-pci-non-transitional virtio-rng-pci-transitional virtio-rtc-pci
        = virtio-scsi-pci virtio-scsi-pci-non-transitional virtio-scsi-pci-transitional virtio-serial-pci
        = virtio-serial-pci-non-transitional virtio-serial-pci-transitional virtio-sound-pci virtio-tablet-pci
        = virtio-vga vmware-svga vmxnet3 x-pci-proxy-dev x3130-upstream xen-platform xio3130-downstream
        bool * multifunction x-pcie-lnksta-dllla
        number * acpi-index rombar romsize
        text * failover_pair_id romfile
        = AC97 AMDVI-PCI ES1370 VGA acpi-erst am53c974 ati-vga bochs-display cirrus-vga ctucan_pci cxl-downstream cxl-rp
        = cxl-switch-mailbox-cci cxl-type3 cxl-upstream dc390 e1000 e1000-82544gc e1000-82545em e1000e edu i6300esb
        = i82550 i82551 i82557a i82557b i82557c i82558a i82558b i82559a i82559b i82559c i82559er i82562 i82801
        = i82801b11-bridge ich9-ahci ich9-intel-hda ich9-usb-ehci1 ich9-usb-ehci2 ich9-usb-uhci1 ich9-usb-uhci2
        = ich9-usb-uhci3 ich9-usb-uhci4 ich9-usb-uhci5 ich9-usb-uhci6 igb intel-hda ioh3420 ivshmem-doorbell
        = ivshmem-plain kvaser_pci lsi53c810 lsi53c895a megasas megasas-gen2 mioe3680_pci mptsas1068 ne2k_pci
        = nec-usb-xhci nvme pci-bridge pci-bridge-seat pci-ipmi-bt pci-ipmi-kcs pci-ohci pci-serial pci-serial-2x
        = pci-serial-4x pci-testdev pcie-pci-bridge pcie-root-port pcm3680_pci pcnet piix3-ide piix3-usb-uhci piix4-ide
        = piix4-usb-uhci pvpanic-pci pvscsi pxb pxb-cxl pxb-pcie qemu-xhci qxl qxl-vga rocker rtl8139 sdhci-pci
        = secondary-vga tpci200 tulip ufs usb-ehci vfio-pci vfio-pci-igd-lpc-bridge vfio-pci-nohotplug vhost-scsi-pci
        = vhost-scsi-pci-non-transitional vhost-scsi-pci-transitional vhost-user-blk-pci
        = vhost-user-blk-pci-non-transitional vhost-user-blk-pci-transitional vhost-user-fs-pci vhost-user-gpio-pci
        = vhost-user-gpu-pci vhost-user-i2c-pci vhost-user-input-pci vhost-user-rng-pci vhost-user-scsi-pci
        = vhost-user-scsi-pci-non-transitional vhost-user-scsi-pci-transitional vhost-user-snd-pci vhost-user-vga
        = vhost-user-vsock-pci vhost-user-vsock-pci-non-transitional vhost-vdpa-device-pci
        = vhost-vdpa-device-pci-non-transitional vhost-vdpa-device-pci-transitional vhost-vsock-pci
        = vhost-vsock-pci-non-transitional virtio-9p-pci virtio-9p-pci-non-transitional virtio-9p-pci-transitional
        = virtio-balloon-pci virtio-balloon-pci-non-transitional virtio-balloon-pci-transitional virtio-blk-pci
        = virtio-blk-pci-non-transitional virtio-blk-pci-transitional virtio-crypto-pci virtio-gpu-gl-pci virtio-gpu-pci
        = virtio-input-host-pci virtio-iommu-pci virtio-keyboard-pci virtio-mem-pci virtio-mouse-pci
        = virtio-multitouch-pci virtio-net-pci virtio-net-pci-non-transitional virtio-net-pci-transitional
        = virtio-pmem-pci virtio-rng-pci virtio-rng-pci-non-transitional virtio-rng-pci-transitional virtio-scsi-pci
        = virtio-scsi-pci-non-transitional virtio-scsi-pci-transitional virtio-serial-pci
        = virtio-serial-pci-non-transitional virtio-serial-pci-transitional virtio-sound-pci virtio-tablet-pci
        = virtio-vga virtio-vga-gl vmware-svga vmxnet3 x-pci-proxy-dev x3130-upstream xen-platform xio3130-downstream
        text 11.1 sriov-pf
        = AC97 AMDVI-PCI ES1370 VGA acpi-erst am53c974 ati-vga bochs-display cirrus-vga ctucan_pci cxl-downstream cxl-rp
        = cxl-type3 cxl-upstream dc390 e1000 e1000-82544gc e1000-82545em e1000e edu i6300esb i82550 i82551 i82557a
        = i82557b i82557c i82558a i82558b i82559a i82559b i82559c i82559er i82562 i82801 i82801b11-bridge ich9-ahci
        = ich9-intel-hda ich9-usb-ehci1 ich9-usb-ehci2 ich9-usb-uhci1 ich9-usb-uhci2 ich9-usb-uhci3 ich9-usb-uhci4
        = ich9-usb-uhci5 ich9-usb-uhci6 intel-hda ioh3420 ivshmem-doorbell ivshmem-plain kvaser_pci lsi53c810 lsi53c895a
        = megasas megasas-gen2 mioe3680_pci mptsas1068 ne2k_pci nec-usb-xhci nvme pci-bridge pci-bridge-seat pci-ipmi-bt
        = pci-ipmi-kcs pci-ohci pci-serial pci-serial-2x pci-serial-4x pci-testdev pcie-pci-bridge pcie-root-port
        = pcm3680_pci pcnet piix3-ide piix3-usb-uhci piix4-ide piix4-usb-uhci pvpanic-pci pvscsi pxb pxb-cxl pxb-pcie
        = qemu-xhci qxl qxl-vga rocker rtl8139 sdhci-pci secondary-vga tpci200 tulip usb-ehci vfio-pci
        = vfio-pci-igd-lpc-bridge vfio-pci-nohotplug vhost-scsi-pci vhost-scsi-pci-non-transitional
        = vhost-scsi-pci-transitional vhost-user-blk-pci vhost-user-blk-pci-non-transitional
        = vhost-user-blk-pci-transitional vhost-user-fs-pci vhost-user-gpio-pci vhost-user-gpu-pci vhost-user-i2c-pci
        = vhost-user-input-pci vhost-user-rng-pci vhost-user-scsi-pci vhost-user-scsi-pci-non-transitional
        = vhost-user-scsi-pci-transitional vhost-user-vga vhost-user-vsock-pci vhost-user-vsock-pci-non-transitional
        = vhost-vsock-pci vhost-vsock-pci-non-transitional virtio-9p-pci virtio-9p-pci-non-transitional
        = virtio-9p-pci-transitional virtio-balloon-pci virtio-balloon-pci-non-transitional
        = virtio-balloon-pci-transitional virtio-blk-pci virtio-blk-pci-non-transitional virtio-blk-pci-transitional
        = virtio-crypto-pci virtio-gpu-gl-pci virtio-gpu-pci virtio-input-host-pci virtio-iommu-pci virtio-keyboard-pci
        = virtio-mem-pci virtio-mouse-pci virtio-net-pci virtio-net-pci-non-transitional virtio-net-pci-transitional
        = virtio-pmem-pci virtio-rng-pci virtio-rng-pci-non-transitional virtio-rng-pci-transitional virtio-scsi-pci
        = virtio-scsi-pci-non-transitional virtio-scsi-pci-transitional virtio-serial-pci
        = virtio-serial-pci-non-transitional virtio-serial-pci-transitional virtio-tablet-pci virtio-vga virtio-vga-gl
        = vmware-svga vmxnet3 x-pci-proxy-dev x3130-upstream xio3130-downstream
        bool 10.0,11.1 x-pcie-ari-nextfn-1 x-pcie-err-unc-mask x-pcie-ext-tag
        number 10.0,11.1 x-max-bounce-buffer-size
        text 10.0,11.1 busnr
        = AC97 AMDVI-PCI ES1370 VGA acpi-erst am53c974 ati-vga bochs-display cirrus-vga ctucan_pci cxl-downstream cxl-rp
        = cxl-type3 cxl-upstream dc390 e1000 e1000-82544gc e1000-82545em e1000e edu i6300esb i82550 i82551 i82557a
        = i82557b i82557c i82558a i82558b i82559a i82559b i82559c i82559er i82562 i82801 i82801b11-bridge ich9-ahci
        = ich9-intel-hda ich9-usb-ehci1 ich9-usb-ehci2 ich9-usb-uhci1 ich9-usb-uhci2 ich9-usb-uhci3 ich9-usb-uhci4
        = ich9-usb-uhci5 ich9-usb-uhci6 intel-hda ioh3420 ivshmem-doorbell ivshmem-plain kvaser_pci lsi53c810 lsi53c895a
        = megasas megasas-gen2 mioe3680_pci mptsas1068 ne2k_pci nec-usb-xhci nvme pci-bridge pci-bridge-seat pci-ipmi-bt
        = pci-ipmi-kcs pci-ohci pci-serial pci-serial-2x pci-serial-4x pci-testdev pcie-pci-bridge pcie-root-port
        = pcm3680_pci pcnet piix3-ide piix3-usb-uhci piix4-ide piix4-usb-uhci pvpanic-pci pvscsi pxb pxb-cxl pxb-pcie
        = qemu-xhci qxl qxl-vga rocker rtl8139 sdhci-pci secondary-vga tpci200 tulip usb-ehci vfio-pci
        = vfio-pci-igd-lpc-bridge vfio-pci-nohotplug vhost-scsi-pci vhost-scsi-pci-non-transitional
        = vhost-scsi-pci-transitional vhost-user-blk-pci vhost-user-blk-pci-non-transitional
        = vhost-user-blk-pci-transitional vhost-user-fs-pci vhost-user-gpio-pci vhost-user-gpu-pci vhost-user-i2c-pci
        = vhost-user-input-pci vhost-user-rng-pci vhost-user-scsi-pci vhost-user-scsi-pci-non-transitional
        = vhost-user-scsi-pci-transitional vhost-user-vga vhost-user-vsock-pci vhost-user-vsock-pci-non-transitional
        = vhost-vsock-pci vhost-vsock-pci-non-transitional virtio-9p-pci virtio-9p-pci-non-transitional
        = virtio-9p-pci-transitional virtio-balloon-pci virtio-balloon-pci-non-transitional
        = virtio-balloon-pci-transitional virtio-blk-pci virtio-blk-pci-non-transitional virtio-blk-pci-transitional
        = virtio-crypto-pci virtio-gpu-pci virtio-input-host-pci virtio-iommu-pci virtio-keyboard-pci virtio-mem-pci
        = virtio-mouse-pci virtio-net-pci virtio-net-pci-non-transitional virtio-net-pci-transitional virtio-pmem-pci
        = virtio-rng-pci virtio-rng-pci-non-transitional virtio-rng-pci-transitional virtio-scsi-pci
        = virtio-scsi-pci-non-transitional virtio-scsi-pci-transitional virtio-serial-pci
        = virtio-serial-pci-non-transitional virtio-serial-pci-transitional virtio-tablet-pci virtio-vga vmware-svga
        = vmxnet3 x-pci-proxy-dev x3130-upstream xio3130-downstream
        bool 7.2,10.0 x-pcie-extcap-init
        = vhost-scsi vhost-scsi-pci vhost-scsi-pci-non-transitional vhost-scsi-pci-transitional vhost-user-blk
        = vhost-user-blk-pci vhost-user-blk-pci-non-transitional vhost-user-blk-pci-transitional vhost-user-fs-device
        = vhost-user-fs-pci vhost-user-gpio-device vhost-user-gpio-pci vhost-user-gpu vhost-user-gpu-pci
        = vhost-user-i2c-device vhost-user-i2c-pci vhost-user-input vhost-user-input-pci vhost-user-rng
        = vhost-user-rng-pci vhost-user-rtc vhost-user-rtc-pci vhost-user-scsi vhost-user-scsi-pci
        = vhost-user-scsi-pci-non-transitional vhost-user-scsi-pci-transitional vhost-user-snd vhost-user-snd-pci
        = vhost-user-spi-device vhost-user-spi-pci vhost-user-test-device vhost-user-test-device-pci vhost-user-vga
        = vhost-user-vsock-device vhost-user-vsock-pci vhost-user-vsock-pci-non-transitional vhost-vdpa-device
        = vhost-vdpa-device-pci vhost-vdpa-device-pci-non-transitional vhost-vdpa-device-pci-transitional
        = vhost-vsock-device vhost-vsock-pci vhost-vsock-pci-non-transitional virtio-9p-device virtio-9p-pci
        = virtio-9p-pci-non-transitional virtio-9p-pci-transitional virtio-balloon-device virtio-balloon-pci
        = virtio-balloon-pci-non-transitional virtio-balloon-pci-transitional virtio-blk-device virtio-blk-pci
        = virtio-blk-pci-non-transitional virtio-blk-pci-transitional virtio-crypto-device virtio-crypto-pci
        = virtio-gpu-device virtio-gpu-gl-device virtio-gpu-pci virtio-input-host-device virtio-input-host-pci
        = virtio-iommu-device virtio-iommu-pci virtio-keyboard-device virtio-keyboard-pci virtio-mem virtio-mem-pci
        = virtio-mouse-device virtio-mouse-pci virtio-multitouch-device virtio-multitouch-pci virtio-net-device
        = virtio-net-pci virtio-net-pci-non-transitional virtio-net-pci-transitional virtio-pmem virtio-pmem-pci
        = virtio-rng-device virtio-rng-pci virtio-rng-pci-non-transitional virtio-rng-pci-transitional virtio-rtc-device
        = virtio-rtc-pci virtio-scsi-device virtio-scsi-pci virtio-scsi-pci-non-transitional
        = virtio-scsi-pci-transitional virtio-serial-device virtio-serial-pci virtio-serial-pci-non-transitional
        = virtio-serial-pci-transitional virtio-sound-device virtio-sound-pci virtio-tablet-device virtio-tablet-pci
        = virtio-vga
        bool * any_layout event_idx indirect_desc iommu_platform notify_on_empty packed queue_reset use-disabled-flag
        bool * use-started x-disable-legacy-check
        = vhost-scsi vhost-scsi-pci vhost-scsi-pci-non-transitional vhost-scsi-pci-transitional vhost-user-blk
        = vhost-user-blk-pci vhost-user-blk-pci-non-transitional vhost-user-blk-pci-transitional vhost-user-fs-device
        = vhost-user-fs-pci vhost-user-gpio-device vhost-user-gpio-pci vhost-user-gpu vhost-user-gpu-pci
        = vhost-user-i2c-device vhost-user-i2c-pci vhost-user-input vhost-user-input-pci vhost-user-rng
        = vhost-user-rng-pci vhost-user-scsi vhost-user-scsi-pci vhost-user-scsi-pci-non-transitional
        = vhost-user-scsi-pci-transitional vhost-user-vga vhost-user-vsock-device vhost-user-vsock-pci
        = vhost-user-vsock-pci-non-transitional vhost-vsock-device vhost-vsock-pci vhost-vsock-pci-non-transitional
        = virtio-9p-device virtio-9p-pci virtio-9p-pci-non-transitional virtio-9p-pci-transitional virtio-balloon-device
        = virtio-balloon-pci virtio-balloon-pci-non-transitional virtio-balloon-pci-transitional virtio-blk-device
        = virtio-blk-pci virtio-blk-pci-non-transitional virtio-blk-pci-transitional virtio-crypto-device
        = virtio-crypto-pci virtio-gpu-device virtio-gpu-gl-pci virtio-gpu-pci virtio-input-host-device
        = virtio-input-host-pci virtio-iommu-device virtio-iommu-pci virtio-keyboard-device virtio-keyboard-pci
        = virtio-mem virtio-mem-pci virtio-mouse-device virtio-mouse-pci virtio-net-device virtio-net-pci
        = virtio-net-pci-non-transitional virtio-net-pci-transitional virtio-pmem virtio-pmem-pci virtio-rng-device
        = virtio-rng-pci virtio-rng-pci-non-transitional virtio-rng-pci-transitional virtio-scsi-device virtio-scsi-pci
        = virtio-scsi-pci-non-transitional virtio-scsi-pci-transitional virtio-serial-device virtio-serial-pci
        = virtio-serial-pci-non-transitional virtio-serial-pci-transitional virtio-tablet-device virtio-tablet-pci
        = virtio-vga virtio-vga-gl
        bool 10.0,11.1 in_order
        = e1000 e1000-82544gc e1000-82545em e1000e i82550 i82551 i82557a i82557b i82557c i82558a i82558b i82559a i82559b
        = i82559c i82559er i82562 i82801 ide-cd ide-cf ide-hd igb ne2k_isa ne2k_pci nvme nvme-ns pcnet rtl8139
        = scsi-block scsi-cd scsi-generic scsi-hd tulip usb-host usb-net usb-redir usb-storage vfio-pci
        = vfio-pci-nohotplug vfio-user-pci vhost-scsi vhost-scsi-pci vhost-scsi-pci-non-transitional
        = vhost-scsi-pci-transitional vhost-user-blk vhost-user-blk-pci vhost-user-blk-pci-non-transitional
        = vhost-user-blk-pci-transitional vhost-user-fs-device vhost-user-fs-pci vhost-user-scsi vhost-user-scsi-pci
        = vhost-user-scsi-pci-non-transitional vhost-user-scsi-pci-transitional vhost-vdpa-device vhost-vdpa-device-pci
        = vhost-vdpa-device-pci-non-transitional vhost-vdpa-device-pci-transitional virtio-blk-device virtio-blk-pci
        = virtio-blk-pci-non-transitional virtio-blk-pci-transitional virtio-net-device virtio-net-pci
        = virtio-net-pci-non-transitional virtio-net-pci-transitional vmxnet3
        number * bootindex
        = igb vhost-scsi-pci vhost-scsi-pci-non-transitional vhost-scsi-pci-transitional vhost-user-blk-pci
        = vhost-user-blk-pci-non-transitional vhost-user-blk-pci-transitional vhost-user-fs-pci vhost-user-gpio-pci
        = vhost-user-gpu-pci vhost-user-i2c-pci vhost-user-input-pci vhost-user-rng-pci vhost-user-rtc-pci
        = vhost-user-scsi-pci vhost-user-scsi-pci-non-transitional vhost-user-scsi-pci-transitional vhost-user-snd-pci
        = vhost-user-spi-pci vhost-user-test-device-pci vhost-user-vga vhost-user-vsock-pci
        = vhost-user-vsock-pci-non-transitional vhost-vdpa-device-pci vhost-vdpa-device-pci-non-transitional
        = vhost-vdpa-device-pci-transitional vhost-vsock-pci vhost-vsock-pci-non-transitional virtio-9p-pci
        = virtio-9p-pci-non-transitional virtio-9p-pci-transitional virtio-balloon-pci
        = virtio-balloon-pci-non-transitional virtio-balloon-pci-transitional virtio-blk-pci
        = virtio-blk-pci-non-transitional virtio-blk-pci-transitional virtio-crypto-pci virtio-gpu-pci
        = virtio-input-host-pci virtio-iommu-pci virtio-keyboard-pci virtio-mem-pci virtio-mouse-pci
        = virtio-multitouch-pci virtio-net-pci virtio-net-pci-non-transitional virtio-net-pci-transitional
        = virtio-pmem-pci virtio-rng-pci virtio-rng-pci-non-transitional virtio-rng-pci-transitional virtio-rtc-pci
        = virtio-scsi-pci virtio-scsi-pci-non-transitional virtio-scsi-pci-transitional virtio-serial-pci
        = virtio-serial-pci-non-transitional virtio-serial-pci-transitional virtio-sound-pci virtio-tablet-pci
        = virtio-vga
        bool * x-pcie-flr-init
        = vhost-scsi-pci vhost-scsi-pci-non-transitional vhost-scsi-pci-transitional vhost-user-blk-pci
        = vhost-user-blk-pci-non-transitional vhost-user-blk-pci-transitional vhost-user-fs-pci vhost-user-gpio-pci
        = vhost-user-gpu-pci vhost-user-i2c-pci vhost-user-input-pci vhost-user-rng-pci vhost-user-rtc-pci
        = vhost-user-scsi-pci vhost-user-scsi-pci-non-transitional vhost-user-scsi-pci-transitional vhost-user-snd-pci
        = vhost-user-spi-pci vhost-user-test-device-pci vhost-user-vga vhost-user-vsock-pci
        = vhost-user-vsock-pci-non-transitional vhost-vdpa-device-pci vhost-vdpa-device-pci-non-transitional
        = vhost-vdpa-device-pci-transitional vhost-vsock-pci vhost-vsock-pci-non-transitional virtio-9p-pci
        = virtio-9p-pci-non-transitional virtio-9p-pci-transitional virtio-balloon-pci
        = virtio-balloon-pci-non-transitional virtio-balloon-pci-transitional virtio-blk-pci
        = virtio-blk-pci-non-transitional virtio-blk-pci-transitional virtio-crypto-pci virtio-gpu-pci
        = virtio-input-host-pci virtio-iommu-pci virtio-keyboard-pci virtio-mem-pci virtio-mouse-pci
        = virtio-multitouch-pci virtio-net-pci virtio-net-pci-non-transitional virtio-net-pci-transitional
        = virtio-pmem-pci virtio-rng-pci virtio-rng-pci-non-transitional virtio-rng-pci-transitional virtio-rtc-pci
        = virtio-scsi-pci virtio-scsi-pci-non-transitional virtio-scsi-pci-transitional virtio-serial-pci
        = virtio-serial-pci-non-transitional virtio-serial-pci-transitional virtio-sound-pci virtio-tablet-pci
        = virtio-vga
        bool * aer ats modern-pio-notify page-per-vq virtio-pci-bus-master-bug-migration x-ats-page-aligned
        = pvscsi vhost-scsi-pci vhost-scsi-pci-non-transitional vhost-scsi-pci-transitional vhost-user-blk-pci
        = vhost-user-blk-pci-non-transitional vhost-user-blk-pci-transitional vhost-user-fs-pci vhost-user-gpio-pci
        = vhost-user-gpu-pci vhost-user-i2c-pci vhost-user-input-pci vhost-user-rng-pci vhost-user-scsi-pci
        = vhost-user-scsi-pci-non-transitional vhost-user-scsi-pci-transitional vhost-user-vga vhost-user-vsock-pci
        = vhost-user-vsock-pci-non-transitional vhost-vsock-pci vhost-vsock-pci-non-transitional virtio-9p-pci
        = virtio-9p-pci-non-transitional virtio-9p-pci-transitional virtio-balloon-pci
        = virtio-balloon-pci-non-transitional virtio-balloon-pci-transitional virtio-blk-pci
        = virtio-blk-pci-non-transitional virtio-blk-pci-transitional virtio-crypto-pci virtio-gpu-pci
        = virtio-input-host-pci virtio-iommu-pci virtio-keyboard-pci virtio-mem-pci virtio-mouse-pci virtio-net-pci
        = virtio-net-pci-non-transitional virtio-net-pci-transitional virtio-pmem-pci virtio-rng-pci
        = virtio-rng-pci-non-transitional virtio-rng-pci-transitional virtio-scsi-pci virtio-scsi-pci-non-transitional
        = virtio-scsi-pci-transitional virtio-serial-pci virtio-serial-pci-non-transitional
        = virtio-serial-pci-transitional virtio-tablet-pci virtio-vga vmxnet3
        bool 7.2,10.0 x-disable-pcie
        = vhost-scsi-pci vhost-scsi-pci-non-transitional vhost-scsi-pci-transitional vhost-user-blk-pci
        = vhost-user-blk-pci-non-transitional vhost-user-blk-pci-transitional vhost-user-fs-pci vhost-user-gpio-pci
        = vhost-user-gpu-pci vhost-user-i2c-pci vhost-user-input-pci vhost-user-rng-pci vhost-user-scsi-pci
        = vhost-user-scsi-pci-non-transitional vhost-user-scsi-pci-transitional vhost-user-vga vhost-user-vsock-pci
        = vhost-user-vsock-pci-non-transitional vhost-vsock-pci vhost-vsock-pci-non-transitional virtio-9p-pci
        = virtio-9p-pci-non-transitional virtio-9p-pci-transitional virtio-balloon-pci
        = virtio-balloon-pci-non-transitional virtio-balloon-pci-transitional virtio-blk-pci
        = virtio-blk-pci-non-transitional virtio-blk-pci-transitional virtio-crypto-pci virtio-gpu-gl-pci virtio-gpu-pci
        = virtio-input-host-pci virtio-iommu-pci virtio-keyboard-pci virtio-mem-pci virtio-mouse-pci virtio-net-pci
        = virtio-net-pci-non-transitional virtio-net-pci-transitional virtio-pmem-pci virtio-rng-pci
        = virtio-rng-pci-non-transitional virtio-rng-pci-transitional virtio-scsi-pci virtio-scsi-pci-non-transitional
        = virtio-scsi-pci-transitional virtio-serial-pci virtio-serial-pci-non-transitional
        = virtio-serial-pci-transitional virtio-tablet-pci virtio-vga virtio-vga-gl
        bool 10.0,11.1 x-pcie-pm-no-soft-reset
        = vhost-scsi-pci vhost-scsi-pci-non-transitional vhost-scsi-pci-transitional vhost-user-blk-pci
        = vhost-user-blk-pci-non-transitional vhost-user-blk-pci-transitional vhost-user-fs-pci vhost-user-gpio-pci
        = vhost-user-gpu-pci vhost-user-i2c-pci vhost-user-input-pci vhost-user-rng-pci vhost-user-scsi-pci
        = vhost-user-scsi-pci-non-transitional vhost-user-scsi-pci-transitional vhost-user-vga vhost-user-vsock-pci
        = vhost-user-vsock-pci-non-transitional vhost-vsock-pci vhost-vsock-pci-non-transitional virtio-9p-pci
        = virtio-9p-pci-non-transitional virtio-9p-pci-transitional virtio-balloon-pci
        = virtio-balloon-pci-non-transitional virtio-balloon-pci-transitional virtio-blk-pci
        = virtio-blk-pci-non-transitional virtio-blk-pci-transitional virtio-crypto-pci virtio-gpu-pci
        = virtio-input-host-pci virtio-iommu-pci virtio-keyboard-pci virtio-mem-pci virtio-mouse-pci virtio-net-pci
        = virtio-net-pci-non-transitional virtio-net-pci-transitional virtio-pmem-pci virtio-rng-pci
        = virtio-rng-pci-non-transitional virtio-rng-pci-transitional virtio-scsi-pci virtio-scsi-pci-non-transitional
        = virtio-scsi-pci-transitional virtio-serial-pci virtio-serial-pci-non-transitional
        = virtio-serial-pci-transitional virtio-tablet-pci virtio-vga
        bool 7.2,10.0 migrate-extra x-ignore-backend-features x-pcie-deverr-init x-pcie-lnkctl-init x-pcie-pm-init
        = ccid-card-passthru ipmi-bmc-extern isa-debugcon isa-parallel isa-serial ivshmem-doorbell nitro-serial-vsock
        = pci-serial usb-braille usb-redir usb-serial vhost-user-blk vhost-user-blk-pci
        = vhost-user-blk-pci-non-transitional vhost-user-blk-pci-transitional vhost-user-fs-device vhost-user-fs-pci
        = vhost-user-gpio-device vhost-user-gpio-pci vhost-user-gpu vhost-user-gpu-pci vhost-user-i2c-device
        = vhost-user-i2c-pci vhost-user-input vhost-user-input-pci vhost-user-rng vhost-user-rng-pci vhost-user-rtc
        = vhost-user-rtc-pci vhost-user-scsi vhost-user-scsi-pci vhost-user-scsi-pci-non-transitional
        = vhost-user-scsi-pci-transitional vhost-user-snd vhost-user-snd-pci vhost-user-spi-device vhost-user-spi-pci
        = vhost-user-test-device vhost-user-test-device-pci vhost-user-vga vhost-user-vsock-device vhost-user-vsock-pci
        = vhost-user-vsock-pci-non-transitional virtconsole virtserialport xen-console
        text * chardev
        = ivshmem-doorbell vhost-scsi-pci vhost-scsi-pci-non-transitional vhost-scsi-pci-transitional vhost-user-blk-pci
        = vhost-user-blk-pci-non-transitional vhost-user-blk-pci-transitional vhost-user-fs-pci vhost-user-gpu-pci
        = vhost-user-input-pci vhost-user-rng-pci vhost-user-scsi-pci vhost-user-scsi-pci-non-transitional
        = vhost-user-scsi-pci-transitional vhost-user-vga vhost-user-vsock-pci vhost-user-vsock-pci-non-transitional
        = vhost-vsock-pci vhost-vsock-pci-non-transitional virtio-9p-pci virtio-9p-pci-non-transitional
        = virtio-9p-pci-transitional virtio-blk-pci virtio-blk-pci-non-transitional virtio-blk-pci-transitional
        = virtio-crypto-pci virtio-gpu-pci virtio-input-host-pci virtio-keyboard-pci virtio-mouse-pci
        = virtio-multitouch-pci virtio-net-pci virtio-net-pci-non-transitional virtio-net-pci-transitional
        = virtio-rng-pci virtio-rng-pci-non-transitional virtio-rng-pci-transitional virtio-scsi-pci
        = virtio-scsi-pci-non-transitional virtio-scsi-pci-transitional virtio-serial-pci
        = virtio-serial-pci-non-transitional virtio-serial-pci-transitional virtio-sound-pci virtio-tablet-pci
        = virtio-vga
        number * vectors
        = ide-cd ide-cf ide-hd nvme scsi-cd scsi-hd u2f-passthru ufs usb-audio usb-bot usb-braille usb-ccid usb-host
        = usb-hub usb-kbd usb-mouse usb-mtp usb-net usb-redir usb-serial usb-storage usb-tablet usb-uas usb-wacom-tablet
        = virtio-blk-device virtio-blk-pci virtio-blk-pci-non-transitional virtio-blk-pci-transitional
        = virtio-input-host-device virtio-input-host-pci virtio-keyboard-device virtio-keyboard-pci virtio-mouse-device
        = virtio-mouse-pci virtio-multitouch-device virtio-multitouch-pci virtio-tablet-device virtio-tablet-pci
        text * serial
        = e1000 e1000-82544gc e1000-82545em e1000e i82550 i82551 i82557a i82557b i82557c i82558a i82558b i82559a i82559b
        = i82559c i82559er i82562 i82801 igb ne2k_isa ne2k_pci pcnet pvrdma rtl8139 tulip usb-net virtio-net-device
        = virtio-net-pci virtio-net-pci-non-transitional virtio-net-pci-transitional vmxnet3 xen-net-device
        text * netdev
        = e1000 e1000-82544gc e1000-82545em e1000e i82550 i82551 i82557a i82557b i82557c i82558a i82558b i82559a i82559b
        = i82559c i82559er i82562 i82801 igb ne2k_isa ne2k_pci pcnet rtl8139 tulip usb-net virtio-net-device
        = virtio-net-pci virtio-net-pci-non-transitional virtio-net-pci-transitional vmxnet3 xen-net-device
        text * mac
        = vhost-scsi-pci vhost-user-blk-pci vhost-user-gpu-pci vhost-user-input-pci vhost-user-scsi-pci vhost-user-vga
        = vhost-user-vsock-pci vhost-vdpa-device-pci vhost-vsock-pci virtio-9p-pci virtio-balloon-pci virtio-blk-pci
        = virtio-crypto-pci virtio-gpu-pci virtio-input-host-pci virtio-iommu-pci virtio-keyboard-pci virtio-mem-pci
        = virtio-mouse-pci virtio-multitouch-pci virtio-net-pci virtio-pmem-pci virtio-rng-pci virtio-scsi-pci
        = virtio-serial-pci virtio-sound-pci virtio-tablet-pci virtio-vga
        bool * disable-modern
        text * disable-legacy
        = ivshmem-doorbell nvme vhost-user-gpu-pci vhost-user-vga virtio-9p-pci virtio-9p-pci-non-transitional
        = virtio-9p-pci-transitional virtio-blk-pci virtio-blk-pci-non-transitional virtio-blk-pci-transitional
        = virtio-crypto-pci virtio-gpu-pci virtio-net-pci virtio-net-pci-non-transitional virtio-net-pci-transitional
        = virtio-rng-pci virtio-rng-pci-non-transitional virtio-rng-pci-transitional virtio-scsi-pci
        = virtio-scsi-pci-non-transitional virtio-scsi-pci-transitional virtio-serial-pci
        = virtio-serial-pci-non-transitional virtio-serial-pci-transitional virtio-sound-pci virtio-vga
        bool * ioeventfd
        = emmc floppy ide-cd ide-cf ide-hd nvme nvme-ns scsi-block scsi-cd scsi-generic scsi-hd sd-card sd-card-spi
        = ufs-lu usb-storage virtio-blk-device virtio-blk-pci virtio-blk-pci-non-transitional
        = virtio-blk-pci-transitional xen-cdrom xen-disk
        text * drive
        = vhost-user-rtc vhost-user-rtc-pci vhost-user-snd vhost-user-snd-pci vhost-user-spi-device vhost-user-spi-pci
        = vhost-user-test-device vhost-user-test-device-pci vhost-vdpa-device vhost-vdpa-device-pci
        = vhost-vdpa-device-pci-non-transitional vhost-vdpa-device-pci-transitional virtio-gpu-gl-device
        = virtio-multitouch-device virtio-multitouch-pci virtio-rtc-device virtio-rtc-pci virtio-sound-device
        = virtio-sound-pci
        bool * in_order
        = floppy ide-cd ide-cf ide-hd nvme nvme-ns scsi-block scsi-cd scsi-generic scsi-hd usb-storage virtio-blk-device
        = virtio-blk-pci virtio-blk-pci-non-transitional virtio-blk-pci-transitional xen-cdrom xen-disk
        bool * share-rw
        = u2f-passthru usb-audio usb-bot usb-braille usb-ccid usb-host usb-hub usb-kbd usb-mouse usb-mtp usb-net
        = usb-redir usb-serial usb-storage usb-tablet usb-uas usb-wacom-tablet
        bool * attached msos-desc
        text * pcap port
        = cxl-switch-mailbox-cci igb iommu-testdev ufs vfio-user-pci vhost-user-rtc-pci vhost-user-snd-pci
        = vhost-user-spi-pci vhost-user-test-device-pci vhost-vdpa-device-pci vhost-vdpa-device-pci-non-transitional
        = vhost-vdpa-device-pci-transitional virtio-multitouch-pci virtio-rtc-pci virtio-sound-pci xen-platform
        bool * x-pcie-ari-nextfn-1 x-pcie-err-unc-mask x-pcie-ext-tag
        number * x-max-bounce-buffer-size
        text * busnr
        = VGA bochs-display i2c-ddc qxl qxl-vga secondary-vga vfio-pci vfio-pci-nohotplug vhost-user-gpu
        = vhost-user-gpu-pci vhost-user-vga virtio-gpu-device virtio-gpu-gl-device virtio-gpu-pci virtio-vga
        number * xres yres
        = floppy ide-cd ide-cf ide-hd nvme nvme-ns scsi-cd scsi-hd usb-storage virtio-blk-device virtio-blk-pci
        = virtio-blk-pci-non-transitional virtio-blk-pci-transitional xen-cdrom xen-disk
        number * discard_granularity logical_block_size min_io_size opt_io_size physical_block_size
        text * account-failed account-invalid backend_defaults write-cache
        """
}
