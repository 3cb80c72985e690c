import BerthStack
import BerthTopology

/// QEMU's options, as far as they decide whether an argument follows and whether it matters here.
///
/// Source: qemu-options.hx @ QEMU 10.0, and what `-help` lists at 7.2 and 11.1; `id` is Proxmox's
/// (debian/patches/pve of github.com/proxmox/pve-qemu).
enum OptionTable {
    enum Meaning {
        /// Read by name in `CommandLineReader`.
        case understood
        /// Cannot change the PCI tree or the memory map.
        case harmless
    }

    /// Options that take an argument.
    static let withArgument = table(
        understood: """
            machine M m device object global fw_cfg drive vga nic net netdev cpu bios pflash virtfs accel blockdev set
            readconfig audio audiodev usbdevice tpmdev
            """,
        harmless: """
            name uuid qmp qmp-pretty monitor mon serial parallel display vnc spice D d dfilter trace boot rtc k kernel initrd
            append dtb shim chardev overcommit sandbox msg pidfile debugcon gdb numa mem-path smbios
            acpitable action watchdog-action add-fd incoming smp icount L hda hdb hdc hdd cdrom fda fdb mtdblock sd fsdev
            semihosting-config option-rom prom-env compat plugin loadvm echr g seed iscsi run-with xen-domid dump-vmstate
            qtest qtest-log id
            """)

    static let flags = table(
        understood: "nodefaults usb enable-kvm",
        harmless: """
            S s no-user-config no-reboot no-shutdown nographic daemonize snapshot full-screen mem-prealloc no-fd-bootchk
            only-migratable win2k-hack preconfig h help version semihosting old-param xen-attach xen-domid-restrict
            enable-sync-profile perfmap jitdump no-frame
            """)

    private static func table(understood: String, harmless: String) -> [String: Meaning] {
        var table: [String: Meaning] = [:]
        for name in understood.split(whereSeparator: \.isWhitespace) { table[String(name)] = .understood }
        for name in harmless.split(whereSeparator: \.isWhitespace) { table[String(name)] = .harmless }
        return table
    }

    /// Whether an option takes the word behind it; nil for one that no QEMU has or had.
    static func takesArgument(_ name: String) -> Bool? {
        if withArgument[name] != nil { return true }
        if flags[name] != nil { return false }
        return RemovedOption.named(name)?.takesArgument
    }

    /// For messages about names that are none.
    static var names: [String] {
        withArgument.keys.sorted() + flags.keys.sorted() + RemovedOption.all.map(\.name).sorted()
    }
}

/// An option that a release of QEMU took away.
///
/// Source: docs/about/removed-features.rst @ QEMU 10.0.
struct RemovedOption: Hashable, Sendable {
    var name: String
    var takesArgument: Bool
    /// The first release without it.
    var release: QEMURelease
    /// What QEMU's own page says to write; nil where there is nothing.
    var instead: String?

    static func named(_ name: String) -> RemovedOption? { byName[name] }

    private static let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

    private init(_ name: String, _ major: Int, _ minor: Int, argument: Bool = false, _ instead: String? = nil) {
        self.name = name
        takesArgument = argument
        release = QEMURelease(major, minor)
        self.instead = instead
    }

    static let all = [
        RemovedOption("hdachs", 2, 12, argument: true, "-device ide-hd,cyls=,heads=,secs="),
        RemovedOption("no-kvm-pit", 2, 12), RemovedOption("tdf", 2, 12),
        RemovedOption("no-kvm-irqchip", 3, 0, "-machine kernel_irqchip=off"),
        RemovedOption("no-kvm-pit-reinjection", 3, 0, "-global kvm-pit.lost_tick_policy=discard"),
        RemovedOption("balloon", 3, 1, argument: true, "-device virtio-balloon-pci"),
        RemovedOption("bootp", 3, 1, argument: true, "-netdev user,bootp="),
        RemovedOption("redir", 3, 1, argument: true, "-netdev user,hostfwd="),
        RemovedOption("smb", 3, 1, argument: true, "-netdev user,smb="),
        RemovedOption("tftp", 3, 1, argument: true, "-netdev user,tftp="),
        RemovedOption("localtime", 3, 1, "-rtc base=localtime"),
        RemovedOption("nodefconfig", 3, 1, "-no-user-config"),
        RemovedOption("rtc-td-hack", 3, 1, "-rtc driftfix=slew"),
        RemovedOption("startdate", 3, 1, argument: true, "-rtc base="),
        RemovedOption("no-kvm", 5, 2, "-accel tcg"),
        RemovedOption("realtime", 6, 0, argument: true, "-overcommit mem-lock="),
        RemovedOption("show-cursor", 6, 0, "-display with show-cursor=on"),
        RemovedOption("tb-size", 6, 0, argument: true, "-accel tcg,tb-size="),
        RemovedOption("no-quit", 7, 0, "-display with window-close=off"),
        RemovedOption("enable-fips", 7, 1), RemovedOption("writeconfig", 7, 1, argument: true),
        RemovedOption("alt-grab", 7, 1, "-display sdl,grab-mod=lshift-lctrl-lalt"),
        RemovedOption("ctrl-grab", 7, 1, "-display sdl,grab-mod=rctrl"),
        RemovedOption("sdl", 7, 1, "-display sdl"), RemovedOption("curses", 7, 1, "-display curses"),
        RemovedOption("soundhw", 7, 1, argument: true, "-audio model= or -device"),
        RemovedOption("watchdog", 7, 2, argument: true, "-device"),
        RemovedOption("audio-help", 8, 2, "-audiodev help"),
        RemovedOption("no-hpet", 9, 0, "-machine hpet=off"), RemovedOption("no-acpi", 9, 0, "-machine acpi=off"),
        RemovedOption("async-teardown", 9, 0, "-run-with async-teardown=on"),
        RemovedOption("chroot", 9, 0, argument: true, "-run-with chroot="),
        RemovedOption("singlestep", 9, 0, "-accel tcg,one-insn-per-tb=on"),
        RemovedOption("portrait", 9, 2), RemovedOption("rotate", 9, 2, argument: true),
        RemovedOption("runas", 10, 0, argument: true, "-run-with user="),
    ]
}
