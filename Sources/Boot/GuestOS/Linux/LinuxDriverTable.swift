/// Which module of Debian's Linux 6.1 asks for which PCI functions: the patterns of its modules.alias that match
/// a device model of QEMU's. Read from the kernel package, not computed.
enum LinuxDriverTable {
    /// One pattern a line: vendor:device, subsystem, class.subclass.interface, module; `*` matches all.
    static let text = """
        10ec:8139 *:* *.*.* 8139too
        *:* *:* 01.06.01 ahci
        8086:2922 *:* *.*.* ahci
        1022:2020 *:* *.*.* am53c974
        1002:* *:* 03.00.00 amdgpu
        *:* *:* 01.01.* ata_generic
        8086:* *:* 01.01.* ata_generic
        8086:7010 *:* *.*.* ata_piix
        8086:7111 *:* *.*.* ata_piix
        1002:5046 *:* *.*.* aty128fb
        1234:1111 *:* *.*.* bochs
        1234:1111 1af4:1100 *.*.* bochs
        1013:00b8 1af4:1100 *.*.* cirrus
        1013:00b8 *:* *.*.* cirrusfb
        8086:1209 *:* 02.00.* e100
        8086:1229 *:* 02.00.* e100
        8086:2449 *:* 02.00.* e100
        8086:100c *:* *.*.* e1000
        8086:100e *:* *.*.* e1000
        8086:100f *:* *.*.* e1000
        8086:10d3 *:* *.*.* e1000e
        *:* *:* 0c.03.20 ehci_pci
        8086:2930 *:* *.*.* i2c_i801
        8086:7113 *:* *.*.* i2c_piix4
        8086:25ab *:* *.*.* i6300esb
        8086:5912 *:* 03.*.* i915
        *:* *:* 0c.07.01 ipmi_si
        *:* *:* 0c.07.02 ipmi_si
        8086:2918 *:* *.*.* lpc_ich
        1000:0060 *:* *.*.* megaraid_sas
        1000:0079 *:* *.*.* megaraid_sas
        1000:0054 *:* *.*.* mptsas
        10ec:8029 *:* *.*.* ne2k_pci
        *:* *:* 01.08.02 nvme
        1b36:0010 *:* *.*.* nvme
        *:* *:* 0c.03.10 ohci_pci
        1022:2000 *:* *.*.* pcnet32
        1b36:0011 *:* *.*.* pvpanic_pci
        1b36:0100 *:* 03.00.* qxl
        1b36:0100 *:* 03.80.* qxl
        *:* *:* 08.05.* sdhci_pci
        1274:5000 *:* *.*.* snd_ens1370
        8086:* *:* 04.03.00 snd_hda_intel
        8086:2668 *:* *.*.* snd_hda_intel
        8086:293e *:* *.*.* snd_hda_intel
        8086:2415 *:* *.*.* snd_intel8x0
        1000:0001 *:* *.*.* sym53c8xx
        1000:0012 *:* *.*.* sym53c8xx
        1011:0019 *:* *.*.* tulip
        *:* *:* 0c.03.00 uhci_hcd
        1af4:* *:* *.*.* virtio_pci
        15ad:07c0 *:* *.*.* vmw_pvscsi
        15ad:0405 *:* *.*.* vmwgfx
        15ad:07b0 *:* *.*.* vmxnet3
        *:* *:* 0c.03.30 xhci_pci
        """
}
