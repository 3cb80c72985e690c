import FoundationEssentials

/// A kernel and what it starts with: busybox, which says what `/proc/iomem` holds, and modules.
struct LinuxImage: Sendable {
    /// Where the kernel and its first file system lie.
    var kernel: String
    var fileSystem: String
    var modules: [String]

    var options: [String] {
        ["-kernel", kernel, "-initrd", fileSystem, "-append", "console=ttyS0 no_timer_check"]
    }

    /// Lines that the guest writes.
    enum Mark {
        static let ready = "GUEST-READY"
        static let done = "GUEST-DONE"
    }

    /// What stands between two marks.
    enum Section: String { case memory = "GUEST-IOMEM", messages = "GUEST-MESSAGES" }

    static func section(_ section: Section, of serial: String) -> [String] {
        let lines = serial.split(whereSeparator: \.isNewline).map(String.init)
        guard let start = lines.firstIndex(of: section.rawValue) else { return [] }
        return lines[(start + 1)...].prefix { !$0.hasPrefix("GUEST-") }.map {
            $0.last == "\r" ? String($0.dropLast()) : $0
        }
    }

    /// Whether a message is about a display or its driver.
    static func isOfDisplay(_ line: String) -> Bool {
        ["i915", "drm", "OpRegion", "opregion", "stolen", ":02.0"].contains { line.contains($0) }
    }

    /// The guest waits between its two parts, so that it is looked at before modules are there.
    static func script(modules: [String]) -> String {
        var lines = [
            "#!/bin/busybox sh", "/bin/busybox --install -s /bin", "export PATH=/bin",
            "mount -t proc p /proc; mount -t sysfs s /sys; mount -t devtmpfs d /dev", "dmesg -n 1",
            "echo; echo \(Section.memory.rawValue); cat /proc/iomem", "echo \(Mark.ready)", "sleep 3",
        ]
        if !modules.isEmpty {
            // A driver may never come back: its messages go to the console while it is at work.
            lines += ["echo \(Section.messages.rawValue)", "dmesg -n 8"]
            lines += modules.map { name in
                name.hasSuffix(".xz") ? "unxz /mod/\(name); insmod /mod/\(name.dropLast(3))" : "insmod /mod/\(name)"
            }
            lines += ["sleep 3", "echo \(Mark.done)"]
        }
        return (lines + ["sleep 100000", ""]).joined(separator: "\n")
    }
}
