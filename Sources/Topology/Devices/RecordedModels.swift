/// The PCI device models of QEMU 7.2, 10.0 and 11.1, as QMP `query-pci` and configuration space showed them before any
/// firmware ran, each in a conventional slot of the root bus. Recorded, not computed: Tests/Recorders/device-models.py
/// writes the recordings, a test holds each row against them, and another records a sample again.
///
/// A row ends with the releases that show it so, where they are not all: `@10.0-`, `@-9.2`. That igb came with 8.0, ufs and
/// virtio-sound with 8.2, multitouch with 8.1 and iommu-testdev with 11.0 is from QEMU's change logs, vectors of balloon and
/// virtio-mem from `hw_compat_9_2` in hw/core/machine.c, that vhost-vdpa-device came with 8.0 from its change log; what else
/// differs between two recorded releases counts from the later one. Models with a peer had one that says yes to everything;
/// what `vhost-vdpa-device-pci` and `vhost-user-test-device-pci` are, that peer decides.
enum RecordedModels {
    /// One model a line: name, vendor:device, subsystem, class, revision, header type, interrupt pin, PCI
    /// Express port type (`-`: conventional there), capability ids, BARs as index:kind:size.
    static let table = """
        cxl-downstream 19e5:a129 - 060400 00 1 0 6 10,05 0:mem64:64K
        cxl-rp 8086:7075 - 060400 00 1 1 4 10,0d 0:mem64:64K @-9.2
        cxl-rp 8086:7075 - 060400 00 1 1 4 10,05,0d 0:mem64:64K @10.0-
        cxl-upstream 19e5:a128 - 060400 00 1 0 5 10,05 0:mem64:64K
        i82801b11-bridge 8086:244e - 060401 92 1 0 - 0d -
        ioh3420 8086:3420 - 060400 02 1 1 4 10,05,0d -
        pci-bridge 1b36:0001 - 060400 00 1 1 - 05,04,0c 0:mem64:256
        pci-bridge-seat 1b36:000a - 060400 00 1 1 - 05,04,0c 0:mem64:256
        pcie-pci-bridge 1b36:000e - 060400 00 1 1 7 05,01,10,0c 0:mem64:256
        pcie-root-port 1b36:000c - 060400 00 1 1 4 10,11,0d 0:mem32:4K
        vfio-pci-igd-lpc-bridge 0000:0000 1af4:1100 060100 00 0 0 - - -
        x3130-upstream 104c:8232 - 060400 02 1 0 5 10,0d,05 -
        xio3130-downstream 104c:8233 - 060400 01 1 0 6 10,0d,05 -
        ich9-usb-ehci1 8086:293a 1af4:1100 0c0320 03 0 4 - - 0:mem32:4K
        ich9-usb-ehci2 8086:293c 1af4:1100 0c0320 03 0 4 - - 0:mem32:4K
        ich9-usb-uhci1 8086:2934 1af4:1100 0c0300 03 0 1 - - 4:io:32
        ich9-usb-uhci2 8086:2935 1af4:1100 0c0300 03 0 2 - - 4:io:32
        ich9-usb-uhci3 8086:2936 1af4:1100 0c0300 03 0 3 - - 4:io:32
        ich9-usb-uhci4 8086:2937 1af4:1100 0c0300 03 0 1 - - 4:io:32
        ich9-usb-uhci5 8086:2938 1af4:1100 0c0300 03 0 2 - - 4:io:32
        ich9-usb-uhci6 8086:2939 1af4:1100 0c0300 03 0 3 - - 4:io:32
        nec-usb-xhci 1033:0194 1af4:1100 0c0330 03 0 1 9 11,10,05 0:mem64:16K
        pci-ohci 106b:003f 1af4:1100 0c0310 00 0 1 - - 0:mem32:256
        piix3-usb-uhci 8086:7020 1af4:1100 0c0300 01 0 4 - - 4:io:32
        piix4-usb-uhci 8086:7112 1af4:1100 0c0300 01 0 4 - - 4:io:32
        qemu-xhci 1b36:000d 1af4:1100 0c0330 01 0 1 9 11,10 0:mem64:16K
        usb-ehci 8086:24cd 1af4:1100 0c0320 10 0 4 - - 0:mem32:4K
        am53c974 1022:2020 1af4:1100 010000 10 0 1 - - 0:io:128
        dc390 1022:2020 1af4:1100 010000 10 0 1 - - 0:io:128
        ich9-ahci 8086:2922 1af4:1100 010601 02 0 1 - 05,12 4:io:32 5:mem32:4K
        lsi53c810 1000:0001 0000:1000 010000 00 0 1 - - 0:io:256 1:mem32:1K 2:mem32:8K
        lsi53c895a 1000:0012 0000:1000 010000 00 0 1 - - 0:io:256 1:mem32:1K 2:mem32:8K
        megasas 1000:0060 1000:1013 010400 00 0 1 - 11,05 0:mem64:16K 2:io:256 3:mem64:256K
        megasas-gen2 1000:0079 1000:9261 010400 00 0 1 9 10,11,05 0:io:256 1:mem64:16K 3:mem64:256K
        mptsas1068 1000:0054 1000:8000 010000 00 0 1 - 05 0:io:256 1:mem32:16K 2:mem32:64K
        nvme 1b36:0010 1af4:1100 010802 02 0 1 9 11,10,01 0:mem64:16K
        piix3-ide 8086:7010 1af4:1100 010180 00 0 0 - - 4:io:16
        piix4-ide 8086:7111 1af4:1100 010180 00 0 0 - - 4:io:16
        pvscsi 15ad:07c0 15ad:07c0 010000 02 0 1 9 10,05 0:mem32:32K
        sdhci-pci 1b36:0007 1af4:1100 080501 00 0 1 - - 0:mem32:256
        virtio-9p-pci 1af4:1009 1af4:0009 000200 00 0 1 - 11,09,09,09,09,09 0:io:32 1:mem32:4K 4:mem64p:16K
        virtio-blk-pci 1af4:1001 1af4:0002 010000 00 0 1 - 11,09,09,09,09,09 0:io:128 1:mem32:4K 4:mem64p:16K
        virtio-blk-pci-non-transitional 1af4:1042 1af4:1100 010000 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K
        virtio-blk-pci-transitional 1af4:1001 1af4:0002 010000 00 0 1 - 11,09,09,09,09,09 0:io:128 1:mem32:4K 4:mem64p:16K
        virtio-scsi-pci 1af4:1004 1af4:0008 010000 00 0 1 - 11,09,09,09,09,09 0:io:64 1:mem32:4K 4:mem64p:16K
        virtio-scsi-pci-non-transitional 1af4:1048 1af4:1100 010000 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K
        virtio-scsi-pci-transitional 1af4:1004 1af4:0008 010000 00 0 1 - 11,09,09,09,09,09 0:io:64 1:mem32:4K 4:mem64p:16K
        e1000 8086:100e 1af4:1100 020000 03 0 1 - - 0:mem32:128K 1:io:64 rom:256K
        e1000-82544gc 8086:100c 1af4:1100 020000 03 0 1 - - 0:mem32:128K 1:io:64 rom:256K
        e1000-82545em 8086:100f 1af4:1100 020000 03 0 1 - - 0:mem32:128K 1:io:64 rom:256K
        e1000e 8086:10d3 8086:0000 020000 00 0 1 9 01,05,10,11 0:mem32:128K 1:mem32:128K 2:io:32 3:mem32:16K rom:256K
        i82550 8086:1209 1af4:1100 020000 0e 0 1 - 01 0:mem32p:4K 1:io:64 2:mem32:128K rom:128K
        i82551 8086:1209 1af4:1100 020000 0f 0 1 - 01 0:mem32p:4K 1:io:64 2:mem32:128K rom:128K
        i82557a 8086:1229 1af4:1100 020000 01 0 1 - - 0:mem32p:4K 1:io:64 2:mem32:128K rom:128K
        i82557b 8086:1229 1af4:1100 020000 02 0 1 - - 0:mem32p:4K 1:io:64 2:mem32:128K rom:128K
        i82557c 8086:1229 1af4:1100 020000 03 0 1 - - 0:mem32p:4K 1:io:64 2:mem32:128K rom:128K
        i82558a 8086:1229 1af4:1100 020000 04 0 1 - 01 0:mem32p:4K 1:io:64 2:mem32:128K rom:128K
        i82558b 8086:1229 1af4:1100 020000 05 0 1 - 01 0:mem32p:4K 1:io:64 2:mem32:128K rom:128K
        i82559a 8086:1229 1af4:1100 020000 06 0 1 - 01 0:mem32p:4K 1:io:64 2:mem32:128K rom:128K
        i82559b 8086:1229 1af4:1100 020000 07 0 1 - 01 0:mem32p:4K 1:io:64 2:mem32:128K rom:128K
        i82559c 8086:1229 8086:0040 020000 0c 0 1 - 01 0:mem32p:4K 1:io:64 2:mem32:128K rom:128K
        i82559er 8086:1209 1af4:1100 020000 09 0 1 - 01 0:mem32p:4K 1:io:64 2:mem32:128K rom:128K
        i82562 8086:1209 1af4:1100 020000 0e 0 1 - 01 0:mem32p:4K 1:io:64 2:mem32:128K rom:128K
        i82801 8086:2449 1af4:1100 020000 03 0 1 - 01 0:mem32p:4K 1:io:64 2:mem32:128K rom:128K
        ne2k_pci 10ec:8029 1af4:1100 020000 00 0 1 - - 0:io:256 rom:256K
        pcnet 1022:2000 0000:0000 020000 10 0 1 - - 0:io:32 1:mem32:32 rom:256K
        rocker 1b36:0006 1af4:1100 028000 01 0 0 - 11 0:mem32:8K 1:mem32:8K
        rtl8139 10ec:8139 1af4:1100 020000 20 0 1 - - 0:io:256 1:mem32:256 rom:256K
        tulip 1011:0019 103c:104f 020000 00 0 1 - - 0:io:128 1:mem32:128
        virtio-net-pci 1af4:1000 1af4:0001 020000 00 0 1 - 11,09,09,09,09,09 0:io:32 1:mem32:4K 4:mem64p:16K rom:256K
        virtio-net-pci-non-transitional 1af4:1041 1af4:1100 020000 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K rom:256K
        virtio-net-pci-transitional 1af4:1000 1af4:0001 020000 00 0 1 - 11,09,09,09,09,09 0:io:32 1:mem32:4K 4:mem64p:16K rom:256K
        vmxnet3 15ad:07b0 15ad:07b0 020000 01 0 1 9 10,11,05 0:mem32:4K 1:mem32:4K 2:mem32:8K rom:256K
        pci-serial 1b36:0002 1af4:1100 070002 01 0 1 - - 0:io:8
        pci-serial-2x 1b36:0003 1af4:1100 070002 01 0 1 - - 0:io:16
        pci-serial-4x 1b36:0004 1af4:1100 070002 01 0 1 - - 0:io:32
        tpci200 1498:30c8 1498:300a 068000 00 0 1 - - 0:mem32:128 1:io:128 2:mem32:256 3:mem32:1K 4:mem32:32M 5:mem32:16M
        virtio-keyboard-pci 1af4:1052 1af4:1100 090000 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K
        virtio-mouse-pci 1af4:1052 1af4:1100 090200 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K
        virtio-serial-pci 1af4:1003 1af4:0003 078000 00 0 1 - 11,09,09,09,09,09 0:io:64 1:mem32:4K 4:mem64p:16K
        virtio-serial-pci-non-transitional 1af4:1043 1af4:1100 078000 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K
        virtio-serial-pci-transitional 1af4:1003 1af4:0003 078000 00 0 1 - 11,09,09,09,09,09 0:io:64 1:mem32:4K 4:mem64p:16K
        virtio-tablet-pci 1af4:1052 1af4:1100 098000 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K
        ati-vga 1002:5046 1af4:1100 030000 00 0 1 - - 0:mem32p:16M 1:io:256 2:mem32:16K rom:64K @-11.0
        ati-vga 1002:5046 1af4:1100 030000 00 0 1 - - 0:mem32p:64M 1:io:256 2:mem32:16K rom:64K @11.1-
        bochs-display 1234:1111 1af4:1100 038000 02 0 0 9 10 0:mem32p:16M 2:mem32:4K rom:32K
        cirrus-vga 1013:00b8 1af4:1100 030000 00 0 0 - - 0:mem32p:32M 1:mem32:4K rom:64K
        qxl 1b36:0100 1af4:1100 038000 05 0 1 - - 0:mem32:64M 1:mem32:64M 2:mem32:8K 3:io:32
        qxl-vga 1b36:0100 1af4:1100 030000 05 0 1 - - 0:mem32:64M 1:mem32:64M 2:mem32:8K 3:io:32 rom:64K
        secondary-vga 1234:1111 1af4:1100 038000 02 0 0 - - 0:mem32p:16M 2:mem32:4K
        VGA 1234:1111 1af4:1100 030000 02 0 0 - - 0:mem32p:16M 2:mem32:4K rom:64K
        virtio-gpu-pci 1af4:1050 1af4:1100 038000 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K
        virtio-vga 1af4:1050 1af4:1100 030000 01 0 1 - 11,09,09,09,09,09 0:mem32p:8M 2:mem64p:16K 4:mem32:4K rom:64K
        vmware-svga 15ad:0405 15ad:0405 030000 00 0 0 - - 0:io:16 1:mem32p:16M 2:mem32p:64K rom:64K
        AC97 8086:2415 1af4:1100 040100 01 0 1 - - 0:io:1K 1:io:256
        ES1370 1274:5000 4942:4c4c 040100 00 0 1 - - 0:io:256
        ich9-intel-hda 8086:293e 1af4:1100 040300 03 0 1 - 05 0:mem32:16K
        intel-hda 8086:2668 1af4:1100 040300 01 0 1 - 05 0:mem32:16K
        acpi-erst 1b36:0012 1af4:1100 00ff00 00 0 0 - - 0:mem32:16 1:mem32:8K
        AMDVI-PCI 0000:0000 1af4:1100 000000 00 0 0 - - - @-9.2
        AMDVI-PCI 1022:1419 1af4:1100 080600 00 0 0 - 05,08,05,0f - @10.0-
        edu 1234:11e8 1af4:1100 00ff00 10 0 1 - 05 0:mem32:1M
        ivshmem-plain 1af4:1110 1af4:1100 050000 01 0 0 - - 0:mem32:256 2:mem64p:1M
        ivshmem-doorbell 1af4:1110 1af4:1100 050000 01 0 0 - 11 0:mem32:256 1:mem32:4K 2:mem64p:4M
        pci-testdev 1b36:0005 1af4:1100 00ff00 00 0 0 - - 0:mem32:4K 1:io:256
        pvpanic-pci 1b36:0011 1af4:1100 088000 01 0 0 - - 0:mem32:2
        virtio-balloon-pci 1af4:1002 1af4:0005 00ff00 00 0 1 - 09,09,09,09,09 0:io:64 4:mem64p:16K @-9.2
        virtio-balloon-pci 1af4:1002 1af4:0005 00ff00 00 0 1 - 11,09,09,09,09,09 0:io:64 1:mem32:4K 4:mem64p:16K @10.0-
        virtio-balloon-pci-non-transitional 1af4:1045 1af4:1100 00ff00 01 0 1 - 09,09,09,09,09 4:mem64p:16K @-9.2
        virtio-balloon-pci-non-transitional 1af4:1045 1af4:1100 00ff00 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K @10.0-
        virtio-balloon-pci-transitional 1af4:1002 1af4:0005 00ff00 00 0 1 - 09,09,09,09,09 0:io:64 4:mem64p:16K @-9.2
        virtio-balloon-pci-transitional 1af4:1002 1af4:0005 00ff00 00 0 1 - 11,09,09,09,09,09 0:io:64 1:mem32:4K 4:mem64p:16K @10.0-
        virtio-crypto-pci 1af4:1054 1af4:1100 00ff00 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K
        virtio-input-host-pci 1af4:1052 1af4:1100 098000 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K
        virtio-iommu-pci 1af4:1057 1af4:1100 00ff00 01 0 1 - 09,09,09,09,09 4:mem64p:16K
        virtio-rng-pci 1af4:1005 1af4:0004 00ff00 00 0 1 - 11,09,09,09,09,09 0:io:32 1:mem32:4K 4:mem64p:16K
        virtio-rng-pci-non-transitional 1af4:1044 1af4:1100 00ff00 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K
        virtio-rng-pci-transitional 1af4:1005 1af4:0004 00ff00 00 0 1 - 11,09,09,09,09,09 0:io:32 1:mem32:4K 4:mem64p:16K
        i6300esb 8086:25ab 1af4:1100 088000 00 0 0 - - 0:mem32:16
        pci-ipmi-bt 1234:1112 1af4:1100 0c0702 01 0 1 - - 0:io:8
        pci-ipmi-kcs 1234:1112 1af4:1100 0c0701 01 0 1 - - 0:io:8
        ctucan_pci 1760:ff00 1760:ff00 0c0900 00 0 1 - - 0:mem32:32K 1:mem32:64K
        cxl-switch-mailbox-cci 19e5:a123 1af4:1100 0c0b00 00 0 0 0 10 0:mem64:4K @10.0-
        cxl-type3 8086:0d93 1af4:1100 050210 01 0 0 0 11,10 0:mem64:64K 2:mem64:4K 4:mem32:4K
        igb 8086:10c9 1af4:1100 020000 01 0 1 9 01,05,11,10 0:mem32:128K 1:mem32:128K 2:io:32 3:mem64:16K @8.0-
        iommu-testdev 1b36:0005 1af4:1100 00ff00 00 0 0 - - 0:mem32:4K @11.0-
        kvaser_pci 10e8:8406 1af4:1100 ff0000 00 0 1 - - 0:io:128 1:io:128 2:io:8
        mioe3680_pci 13fe:c302 13fe:c302 0c0900 00 0 1 - - 0:io:1K 1:io:1K
        pcm3680_pci 13fe:c002 13fe:c002 0c0900 00 0 1 - - 0:io:256 1:io:256
        ufs 1b36:0013 1af4:1100 010901 00 0 1 - - 0:mem32:8K @8.2-
        vhost-scsi-pci 1af4:1004 1af4:0008 010000 00 0 1 - 11,09,09,09,09,09 0:io:64 1:mem32:4K 4:mem64p:16K
        vhost-scsi-pci-non-transitional 1af4:1048 1af4:1100 010000 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K
        vhost-scsi-pci-transitional 1af4:1004 1af4:0008 010000 00 0 1 - 11,09,09,09,09,09 0:io:64 1:mem32:4K 4:mem64p:16K
        vhost-vsock-pci 1af4:1053 1af4:1100 078000 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K
        vhost-vsock-pci-non-transitional 1af4:1053 1af4:1100 078000 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K
        vhost-vdpa-device-pci 1af4:1001 1af4:0002 010000 00 0 1 - 11,09,09,09,09,09 0:io:128 1:mem32:4K 4:mem64p:16K @8.0-
        vhost-vdpa-device-pci-non-transitional 1af4:1042 1af4:1100 010000 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K @8.0-
        vhost-vdpa-device-pci-transitional 1af4:1001 1af4:0002 010000 00 0 1 - 11,09,09,09,09,09 0:io:128 1:mem32:4K 4:mem64p:16K @8.0-
        vhost-user-blk-pci 1af4:1001 1af4:0002 010000 00 0 1 - 11,09,09,09,09,09 0:io:128 1:mem32:4K 4:mem64p:16K
        vhost-user-blk-pci-non-transitional 1af4:1042 1af4:1100 010000 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K
        vhost-user-blk-pci-transitional 1af4:1001 1af4:0002 010000 00 0 1 - 11,09,09,09,09,09 0:io:128 1:mem32:4K 4:mem64p:16K
        vhost-user-fs-pci 1af4:105a 1af4:1100 018000 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K
        vhost-user-gpio-pci 1af4:1069 1af4:1100 078000 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K
        vhost-user-gpu-pci 1af4:1050 1af4:1100 038000 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K
        vhost-user-i2c-pci 1af4:1062 1af4:1100 078000 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K
        vhost-user-input-pci 1af4:1052 1af4:1100 098000 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K
        vhost-user-rng-pci 1af4:1044 1af4:1100 00ff00 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K
        vhost-user-rtc-pci 1af4:1051 1af4:1100 080300 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K @11.1-
        vhost-user-scsi-pci 1af4:1004 1af4:0008 010000 00 0 1 - 11,09,09,09,09,09 0:io:64 1:mem32:4K 4:mem64p:16K
        vhost-user-scsi-pci-non-transitional 1af4:1048 1af4:1100 010000 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K
        vhost-user-scsi-pci-transitional 1af4:1004 1af4:0008 010000 00 0 1 - 11,09,09,09,09,09 0:io:64 1:mem32:4K 4:mem64p:16K
        vhost-user-snd-pci 1af4:1059 1af4:1100 040100 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K @10.0-
        vhost-user-spi-pci 1af4:106d 1af4:1100 078000 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K @11.1-
        vhost-user-test-device-pci 1af4:1042 1af4:1100 078000 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 2:mem64p:16K @11.1-
        vhost-user-vga 1af4:1050 1af4:1100 030000 01 0 1 - 11,09,09,09,09,09 0:mem32p:8M 2:mem64p:16K 4:mem32:4K rom:64K
        vhost-user-vsock-pci 1af4:1053 1af4:1100 078000 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K
        vhost-user-vsock-pci-non-transitional 1af4:1053 1af4:1100 078000 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K
        virtio-9p-pci-non-transitional 1af4:1049 1af4:1100 000200 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K
        virtio-9p-pci-transitional 1af4:1009 1af4:0009 000200 00 0 1 - 11,09,09,09,09,09 0:io:32 1:mem32:4K 4:mem64p:16K
        virtio-mem-pci 1af4:1058 1af4:1100 00ff00 01 0 1 - 09,09,09,09,09 4:mem64p:16K @-9.2
        virtio-mem-pci 1af4:1058 1af4:1100 00ff00 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K @10.0-
        virtio-multitouch-pci 1af4:1052 1af4:1100 098000 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K @8.1-
        virtio-pmem-pci 1af4:105b 1af4:1100 00ff00 01 0 1 - 09,09,09,09,09 4:mem64p:16K
        virtio-rtc-pci 1af4:1051 1af4:1100 080300 01 0 1 - 09,09,09,09,09 4:mem64p:16K @11.1-
        virtio-sound-pci 1af4:1059 1af4:1100 040100 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K @8.2-
        """

    /// Models that this project could make in no release it recorded: they want OpenGL, an InfiniBand device or Xen.
    ///
    /// Source: hw/display/virtio-gpu-pci-gl.c, virtio-vga-gl.c; hw/rdma/vmw/pvrdma_main.c `init_bars` @ QEMU 7.2, removed in 9.1;
    /// hw/i386/xen/xen_platform.c @ QEMU 10.0, for KVM guests since 8.0.
    static let bySource = """
        virtio-gpu-gl-pci 1af4:1050 1af4:1100 038000 01 0 1 - 11,09,09,09,09,09 1:mem32:4K 4:mem64p:16K
        virtio-vga-gl 1af4:1050 1af4:1100 030000 01 0 1 - 11,09,09,09,09,09 0:mem32p:8M 2:mem64p:16K 4:mem32:4K rom:64K
        pvrdma 15ad:0820 1af4:1100 028000 00 0 1 - 11 0:mem32:16K 1:mem32:256 2:mem32:8M @-9.0
        xen-platform 5853:0001 5853:0001 ff8000 01 0 1 - - 0:io:256 1:mem32p:16M @8.0-
        """
}
