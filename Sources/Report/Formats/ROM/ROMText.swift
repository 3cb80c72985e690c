import BerthDiagnostics
import BerthOptionROM
import BerthPCI

/// What is in an option ROM, for people.
package enum ROMText {
    package static func render(_ rom: ROMReport) -> String {
        var layout = TextLayout()
        layout.line("\(rom.size) bytes, \(rom.images.count == 1 ? "1 image" : "\(rom.images.count) images")")
        for (index, entry) in rom.images.enumerated() {
            let image = entry.image
            layout.line(
                "image \(index + 1) at \(Hexadecimal.string(image.offset)), \(image.size), "
                    + "\(identity(image)), class \(image.classCode)")
            layout.field("code", code(image), indent: 2, column: 12)
            if image.code == .bios, !image.addsUp {
                layout.field("checksum", "wrong: SeaBIOS does not run it", indent: 2, column: 12)
            }
            layout.field("contents", contents(entry), indent: 2, column: 12)
            for rule in entry.writer?.rules ?? [] { layout.field("writes", words(rule), indent: 2, column: 12) }
        }
        return layout.text
    }

    static func identity(_ image: ROMImage) -> String {
        "\(Hexadecimal.plain(image.vendor, digits: 4)):\(Hexadecimal.plain(image.device, digits: 4))"
    }

    static func code(_ image: ROMImage) -> String {
        switch image.code {
        case .bios: return "PC BIOS"
        case .uefi(let header):
            let machine = header.architecture ?? "machine \(Hexadecimal.string(header.machine))"
            return "UEFI driver for \(machine)\(header.isCompressed ? ", compressed" : "")"
        case .other(1): return "Open Firmware"
        case .other(2): return "HP PA-RISC"
        case .other(let type): return "code type \(type)"
        }
    }

    private static func contents(_ entry: ROMReport.Image) -> String {
        if !entry.contents.isEmpty { return entry.contents.map(\.rawValue).joined(separator: ", ") }
        return entry.isOpaque ? "compressed in a way that is not UEFI's" : "nothing that is known here"
    }

    /// `00:02.0 0x5c, 4 bytes, from BAR 2 of 00:10.0 (1af4:1110), which may be moved below 4 GiB`
    private static func words(_ rule: WriterTable.Rule) -> String {
        let ids = "\(Hexadecimal.plain(rule.vendor, digits: 4)):\(Hexadecimal.plain(rule.device, digits: 4))"
        var text =
            "\(path(rule.target)) \(Hexadecimal.string(rule.register)), \(rule.width) bytes, from BAR \(rule.bar) of "
        text += "\(path(rule.carrier)) (\(ids))"
        if rule.mayMove { text += ", which may be moved below 4 GiB" }
        if let file = rule.file { text += ", after fw_cfg \(file) is copied there" }
        return text
    }

    static func path(_ path: [UInt8]) -> String {
        path.enumerated().map { PCIAddress(bus: 0, devfn: $0.element) }
            .enumerated().map { $0.offset == 0 ? $0.element.short : $0.element.slotText }.joined(separator: ">")
    }
}
