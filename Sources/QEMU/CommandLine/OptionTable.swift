/// QEMU's options, as far as they decide whether an argument follows and whether it matters here.
///
/// Source: qemu-options.hx @ QEMU 7.2.
enum OptionTable {
    enum Meaning {
        /// Read by name in `CommandLineReader`.
        case understood
        /// Cannot change the PCI tree or the memory map.
        case harmless
    }

    /// Options that take an argument.
    static let withArgument: [String: Meaning] = {
        var table: [String: Meaning] = [:]
        for name in understoodWithArgument { table[name] = .understood }
        for name in harmlessWithArgument { table[name] = .harmless }
        return table
    }()

    static let flags: [String: Meaning] = {
        var table: [String: Meaning] = [:]
        for name in ["nodefaults", "usb", "enable-kvm"] { table[name] = .understood }
        for name in harmlessFlags { table[name] = .harmless }
        return table
    }()

    private static let understoodWithArgument = [
        "machine", "M", "m", "device", "object", "global", "fw_cfg", "drive", "vga", "nic", "net", "cpu", "bios",
        "pflash",
        "virtfs", "accel", "blockdev", "set", "readconfig", "audiodev", "audio",
    ]

    private static let harmlessWithArgument = [
        "name", "uuid", "qmp", "qmp-pretty", "monitor", "mon", "serial", "parallel", "display", "vnc", "spice", "D",
        "d", "trace",
        "boot", "rtc", "k", "kernel", "initrd", "append", "dtb", "chardev", "netdev", "overcommit",
        "sandbox", "msg",
        "pidfile", "runas", "tpmdev", "debugcon", "gdb", "numa", "mem-path", "smbios", "acpitable",
        "action", "watchdog-action", "add-fd", "incoming", "smp", "icount", "L", "chroot", "hda", "hdb", "hdc", "hdd",
        "cdrom",
        "fda", "fdb", "mtdblock", "sd", "fsdev", "semihosting-config", "option-rom", "prom-env", "compat", "plugin",
        "loadvm",
        "echr", "usbdevice", "perfmap", "jitdump", "tb-size", "g", "writeconfig", "seed",
    ]

    private static let harmlessFlags = [
        "S", "s", "no-user-config", "no-reboot", "no-shutdown", "nographic", "daemonize", "snapshot", "full-screen",
        "mem-prealloc",
        "no-fd-bootchk", "no-hpet", "only-migratable", "win2k-hack", "preconfig", "singlestep", "h", "version",
        "enable-fips",
        "alt-grab", "ctrl-grab", "no-quit", "semihosting", "old-param", "xen-attach",
    ]

    /// `-device` drivers that are not PCI functions: they hang off another bus, or off none.
    static func isOffPCI(_ driver: String) -> Bool {
        let prefixes = [
            "usb-", "scsi-", "ide-", "isa-", "hda-", "tpm-", "nvdimm", "pc-dimm", "ccid-", "nvme-ns", "nvme-subsys",
            "ipmi-bmc", "smbus-", "virtserial", "virtconsole",
        ]
        if prefixes.contains(where: driver.hasPrefix) { return !["usb-ehci", "nec-usb-xhci"].contains(driver) }
        return [
            "pvpanic", "vmcoreinfo", "vmgenid", "floppy", "loader", "guest-loader", "intel-iommu", "amd-iommu", "sb16",
            "adlib", "cs4231a",
            "gus", "ib700", "ramfb", "sd-card", "u2f-emulated", "u2f-passthru", "i8042", "hyperv-testdev", "sga",
        ].contains(driver)
    }
}
