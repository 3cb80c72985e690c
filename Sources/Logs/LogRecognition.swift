/// What a text is, and whose.
enum LogRecognition {
    /// Lines of a kernel's log that say whose it is. A new boot begins with nothing known.
    ///
    /// Source: Linux init/version.c (linux_banner), drivers/firmware/dmi_scan.c dmi_scan_machine ("DMI: "),
    /// arch/x86/kernel/cpu/hypervisor.c init_hypervisor_platform ("Hypervisor detected: ").
    static let marks: [(pattern: LogPattern, machine: LogMachine?)] = [
        ("] Linux version \(word: "release")", nil), ("kernel: Linux version \(word: "release")", nil),
        ("DMI: QEMU ", .guest), ("Hypervisor detected: ", .guest), ("DMI: Red Hat KVM", .guest), ("DMI: ", .host),
        ("vfio-pci \(function: "device"): ", .host), ("VFIO - User Level meta-driver", .host),
    ]

    /// What it is that was taken for a log, and what was expected; nil for a log, known lines in it or not.
    static func otherThanLog(_ head: [UInt8], zeros: Int, _ reading: LogReading) -> String? {
        let expected = "expected a log: dmesg, journalctl, QEMU's, libvirt's, SeaBIOS' or OVMF's"
        if reading.lines == 0 { return "the file is empty; \(expected)" }
        if zeros > 0, zeros >= reading.lines { return "these are \(zeros) zero bytes and no text; \(expected)" }
        guard reading.known == 0 else { return nil }
        let text = String(decoding: head, as: UTF8.self)
        let start = text.drop { $0.isWhitespace || $0 == "\u{feff}" }
        if start.hasPrefix("<domain") || start.hasPrefix("<?xml") || start.contains("<domain ") && start.first == "<" {
            return "this is a libvirt domain (XML); give it as INPUT; \(expected)"
        }
        if start.first == "<" { return "this is XML; \(expected)" }
        if start.first == "{" { return "this is JSON; \(expected)" }
        let lines = start.split(separator: "\n", maxSplits: 40).map { $0.drop { $0 == " " } }
        if lines.contains(where: { $0.hasPrefix("hostpci") || $0.hasPrefix("scsihw:") || $0.hasPrefix("vmgenid:") }) {
            return "this is a Proxmox VM file; give it as INPUT; \(expected)"
        }
        if lines.contains(where: { isPCIHeading($0) }) {
            return "this is a dump of lspci; give it as --host; \(expected)"
        }
        if lines.contains(where: { $0.hasPrefix("machine:") || $0.hasPrefix("igd:") }) {
            return "this is a topology file; give it as INPUT; \(expected)"
        }
        return nil
    }

    /// `00:02.0 VGA compatible controller: ...`
    private static func isPCIHeading(_ line: Substring) -> Bool {
        let bytes = Array(line.utf8.prefix(8))
        guard bytes.count == 8, bytes[2] == 0x3a, bytes[5] == 0x2e, bytes[7] == 0x20 else { return false }
        let digits: [UInt8] = [bytes[0], bytes[1], bytes[3], bytes[4], bytes[6]]
        return digits.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
