import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct ArgumentIsOneWord: DomainCheck {
    let rule = DomainRule(
        "argument-words", "each <qemu:arg> is one argument of QEMU",
        sources: ["libvirt 9.0.0 src/qemu/qemu_command.c qemuBuildCommandLine", "QEMU 7.2 softmmu/vl.c lookup_opt"],
        """
        No shell parts the value: an option and what belongs to it are two <qemu:arg>, and two options with theirs four. QEMU
        takes all of value='-device edu' for the name of an option and refuses it: invalid option.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        var isValue = false
        return domain.written.passthrough.arguments.compactMap { word in
            defer { isValue = !isValue && word.text.hasPrefix("-") && !word.text.contains(where: \.isWhitespace) }
            let words = word.text.split(whereSeparator: \.isWhitespace).map(String.init)
            guard words.first.map({ Self.isOption($0) }) == true || isValue && Self.holdsOption(words) else {
                return nil
            }
            // A value may begin with a dash, and one that is a name or a kernel's arguments may hold anything.
            guard !isValue || Self.holdsOption(words) else { return nil }
            guard words.count > 1 || words.first != word.text else { return nil }
            let arguments = words.map { "<qemu:arg value='\($0)'/>" }.joined()
            return finding(
                "QEMU gets all of '\(word.text.prefix(60))' as one argument and refuses it", at: word.element, "value",
                in: domain, fix: "give each word its own <qemu:arg>: \(arguments)")
        }
    }

    /// `-device`, `--device`
    private static func isOption(_ word: String) -> Bool {
        let name = word.drop { $0 == "-" }
        return word.hasPrefix("-") && name.first?.isLetter == true
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    }

    /// Another of the options that people string together behind a value.
    private static func holdsOption(_ words: [String]) -> Bool {
        words.dropFirst().contains { options.contains(String($0.drop { $0 == "-" })) && $0.hasPrefix("-") }
    }

    private static let options: Set = [
        "device", "object", "chardev", "netdev", "drive", "blockdev", "fw_cfg", "set", "global", "cpu", "machine", "m",
        "debugcon", "mon", "monitor", "serial", "audiodev", "vga", "display", "net", "nic", "trace", "d", "D", "L",
        "bios",
        "smbios", "rtc", "smp", "usb", "usbdevice",
    ]
}
