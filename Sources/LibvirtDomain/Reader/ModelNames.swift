package import BerthStack

/// The names that libvirt's enumerations have, and from which release on.
///
/// Source: the `VIR_ENUM_IMPL` tables of src/conf/domain_conf.c @ 9.0.0 and 11.3.0; the entries of NEWS.rst that are named.
package enum ModelNames {
    /// NEWS.rst @ 11.5.0: "qemu: Add support for NVMe disks".
    static let controllers =
        ([
            "ide", "fdc", "scsi", "sata", "virtio-serial", "ccid", "usb", "pci", "xenbus", "isa",
        ] as LibvirtNames).adding("nvme", for: .since(11, 5))

    static func models(ofController type: String) -> [String] {
        switch type {
        case "pci": pci
        case "usb": usb
        case "scsi": scsi
        case "ide": ["piix3", "piix4", "ich6"]
        case "virtio-serial": virtio
        default: []
        }
    }

    static let pci = [
        "pci-root", "pcie-root", "pci-bridge", "dmi-to-pci-bridge", "pcie-to-pci-bridge", "pcie-root-port",
        "pcie-switch-upstream-port", "pcie-switch-downstream-port", "pci-expander-bus", "pcie-expander-bus",
    ]
    static let pciModelNames = [
        "none", "pci-bridge", "i82801b11-bridge", "ioh3420", "x3130-upstream", "xio3130-downstream", "pxb", "pxb-pcie",
        "pcie-root-port", "spapr-pci-host-bridge", "pcie-pci-bridge",
    ]
    static let usb = [
        "piix3-uhci", "piix4-uhci", "ehci", "ich9-ehci1", "ich9-uhci1", "ich9-uhci2", "ich9-uhci3", "vt82c686b-uhci",
        "pci-ohci", "nec-xhci", "qusb1", "qusb2", "qemu-xhci", "none",
    ]
    static let scsi = [
        "auto", "buslogic", "lsilogic", "lsisas1068", "vmpvscsi", "ibmvscsi", "virtio-scsi", "lsisas1078",
        "virtio-transitional", "virtio-non-transitional", "ncr53c90", "dc390", "am53c974",
    ]
    /// NEWS.rst @ 11.5.0: "qemu: Properly emulate USB cdrom device".
    static let disks = (["default", "virtio", "virtio-transitional", "virtio-non-transitional"] as LibvirtNames)
        .adding("usb-storage", "usb-bot", for: .since(11, 5))
    static let rng: LibvirtNames = ["virtio", "virtio-transitional", "virtio-non-transitional"]
    package static let virtio = ["virtio", "virtio-transitional", "virtio-non-transitional"]
    /// NEWS.rst @ 11.5.0: "qemu: Add support for NVMe disks".
    static let diskBuses = (["ide", "fdc", "scsi", "virtio", "xen", "usb", "uml", "sata", "sd"] as LibvirtNames)
        .adding("nvme", for: .since(11, 5))
    /// NEWS.rst @ 9.3.0: "qemu: Introduce support for igb network interface model".
    package static let interfaces =
        ([
            "netfront", "rtl8139", "virtio", "e1000", "e1000e", "virtio-transitional", "virtio-non-transitional",
            "usb-net",
            "spapr-vlan", "lan9118", "scm91c111", "vlance", "vmxnet", "vmxnet2", "vmxnet3", "Am79C970A", "Am79C973",
            "82540EM", "82545EM", "82543GC",
        ] as LibvirtNames).adding("igb", for: .since(9, 3))
    /// NEWS.rst @ 10.4.0: "qemu: Support for virtio sound model".
    static let sound = (["sb16", "es1370", "pcspk", "ac97", "ich6", "ich9", "usb", "ich7"] as LibvirtNames)
        .adding("virtio", for: .since(10, 4))
    static let video = [
        "default", "vga", "cirrus", "vmvga", "xen", "vbox", "qxl", "parallels", "virtio", "gop", "none", "bochs",
        "ramfb",
    ]
    static let balloon = ["virtio", "xen", "none", "virtio-transitional", "virtio-non-transitional"]
    /// NEWS.rst @ 9.1.0: "QEMU: iTCO watchdog made operational".
    static let watchdog = (["i6300esb", "ib700", "diag288"] as LibvirtNames).adding("itco", for: .since(9, 1))
    /// NEWS.rst @ 10.2.0: "qemu: Support for driver type mtp in <filesystem/> devices".
    static let filesystemDrivers =
        ([
            "default", "path", "handle", "loop", "nbd", "ploop", "virtiofs",
        ] as LibvirtNames).adding("mtp", for: .since(10, 2))
    static let shmem = ["ivshmem", "ivshmem-plain", "ivshmem-doorbell"]
    static let inputs = ["mouse", "tablet", "keyboard", "passthrough", "evdev"]
    static let inputBuses = ["ps2", "usb", "xen", "parallels", "virtio", "none"]
    static let serialTargets = [
        "none", "isa-serial", "usb-serial", "pci-serial", "spapr-vio-serial", "system-serial", "sclp-serial",
        "isa-debug",
    ]
    static let channelTargets = ["none", "guestfwd", "virtio", "xen"]
    static let consoleTargets = ["none", "serial", "xen", "uml", "virtio", "lxc", "openvz", "sclp", "sclplm"]
    /// NEWS.rst @ 11.5.0: "qemu: add support for AMD IOMMU device".
    static let iommu = (["intel", "smmuv3", "virtio"] as LibvirtNames).adding("amd", for: .since(11, 5))
    /// NEWS.rst @ 9.1.0: "qemu: added support for pvpanic-pci device".
    static let panic = (["isa", "pseries", "hyperv", "s390"] as LibvirtNames).adding("pvpanic", for: .since(9, 1))
    static let memory = ["dimm", "nvdimm", "virtio-pmem", "virtio-mem", "sgx-epc"]
    static let hostDevices = ["usb", "pci", "scsi", "scsi_host", "mdev"]
    static let mediated = ["vfio-pci", "vfio-ccw", "vfio-ap"]
    static let vhostSCSI = ["default", "virtio", "virtio-transitional", "virtio-non-transitional"]
}
