import BerthDiagnostics
import BerthPCI
package import BerthStack
import Synchronization

/// All device models we know, by QEMU's name, and which release shows them how.
package enum DeviceCatalogue {
    /// What each name stands for in the newest release that has it, sorted by name.
    package static let models: [DeviceModel] = names.compactMap { rows(of: $0).last }

    /// What a release has, sorted by name.
    package static func models(of release: QEMURelease) -> [DeviceModel] {
        names.compactMap { name in rows(of: name).first { $0.releases.contains(release) } }
    }

    private static var names: [String] { lines.keys.map { String($0) }.sorted() }

    /// Lines of the tables by their first word: a guest has few of all models, so that a line is read when its name is asked for.
    private static let lines: [Substring: [Substring]] = Dictionary(
        grouping: [RecordedModels.table, RecordedModels.bySource].flatMap { pieces($0[...], "\n") },
        by: { line in Substring(line.utf8.prefix { $0 != UInt8(ascii: " ") }) })

    private static let known = Mutex<[String: [DeviceModel]]>([:])

    /// Rows of one name, oldest first; none for a name that nothing has.
    private static func rows(of name: String) -> [DeviceModel] {
        if let rows = known.withLock({ $0[name] }) { return rows }
        let rows = (lines[name[...]] ?? []).compactMap(row).sorted {
            ($0.releases.first ?? QEMURelease(0, 0)) < ($1.releases.first ?? QEMURelease(0, 0))
        }
        // Names come from outside: what is not there is not kept.
        if !rows.isEmpty { known.withLock { $0[name] = rows } }
        return rows
    }

    /// Models that have no recording.
    package static let namesBySource: [String] = pieces(RecordedModels.bySource[...], "\n").compactMap(row).map(\.name)

    /// Other names QEMU gives the same model (`qdev_alias_table` in system/qdev-monitor.c @ QEMU 10.0, x86 rows).
    private static let aliases = [
        "ac97": "AC97", "ahci": "ich9-ahci", "e1000-82540em": "e1000", "es1370": "ES1370", "lsi": "lsi53c895a",
        "virtio-balloon": "virtio-balloon-pci", "virtio-blk": "virtio-blk-pci", "virtio-gpu": "virtio-gpu-pci",
        "virtio-gpu-gl": "virtio-gpu-gl-pci", "virtio-input-host": "virtio-input-host-pci",
        "virtio-sound": "virtio-sound-pci",
        "virtio-keyboard": "virtio-keyboard-pci", "virtio-mouse": "virtio-mouse-pci", "virtio-net": "virtio-net-pci",
        "virtio-rng": "virtio-rng-pci", "virtio-scsi": "virtio-scsi-pci", "virtio-serial": "virtio-serial-pci",
        "virtio-tablet": "virtio-tablet-pci", "virtio-9p": "virtio-9p-pci", "virtio-iommu": "virtio-iommu-pci",
    ]

    /// As the newest release that has it shows it.
    package static func model(named name: String) -> DeviceModel? { rows(of: aliases[name] ?? name).last }

    /// As a release shows it; nil if it does not have it.
    package static func model(named name: String, of release: QEMURelease) -> DeviceModel? {
        rows(of: aliases[name] ?? name).first { $0.releases.contains(release) }
    }

    /// `; did you mean 'x'?`, or the empty string.
    package static func hint(for name: String) -> String { NearestName.hint(name, among: models.map(\.name)) }

    /// One line of the recorded table; nil for a line that does not follow its form.
    static func row(_ line: Substring) -> DeviceModel? {
        let fields = pieces(line, " ")
        guard fields.count >= 10, let id = pair(fields[1]), let code = UInt32(fields[3], radix: 16),
            let revision = UInt8(fields[4], radix: 16), let header = UInt8(fields[5]).flatMap(HeaderType.init),
            let pin = UInt8(fields[6])
        else { return nil }
        let isLimited = fields.last?.hasPrefix("@") == true
        let registers = (isLimited ? fields[9...].dropLast() : fields[9...]).filter { $0 != "-" }
        let bars = registers.compactMap(bar)
        let releases = isLimited ? fields.last.flatMap { ReleaseSpan($0.dropFirst()) } : ReleaseSpan()
        guard bars.count == registers.count, let releases else { return nil }
        var model = DeviceModel(
            name: String(fields[0]), vendor: id.0, device: id.1,
            subsystem: pair(fields[2]).map { .init(vendor: $0.0, device: $0.1) },
            classCode: ClassCode(rawValue: code), revision: revision, header: header, interruptPin: pin,
            portType: UInt8(fields[7]).flatMap(ExpressPortType.init),
            capabilities: pieces(fields[8], ",").compactMap { UInt8($0, radix: 16) }, bars: bars)
        model.releases = releases
        return model
    }

    /// Byte by byte: every start of the tool reads the table.
    private static func pieces(_ text: Substring, _ separator: Unicode.Scalar) -> [Substring] {
        text.utf8.split(separator: UInt8(ascii: separator)).map { Substring($0) }
    }

    /// `64K`, `256`
    private static func size(_ text: Substring) -> ByteCount? {
        let units: [(suffix: UInt8, shift: UInt64)] = [(0x4b, 10), (0x4d, 20), (0x47, 30)]
        let unit = units.first { $0.suffix == text.utf8.last }
        return UInt64(unit == nil ? text : text.dropLast()).map { ByteCount($0 << (unit?.shift ?? 0)) }
    }

    private static func pair(_ text: Substring) -> (UInt16, UInt16)? {
        let parts = pieces(text, ":")
        guard parts.count == 2, let a = UInt16(parts[0], radix: 16), let b = UInt16(parts[1], radix: 16) else {
            return nil
        }
        return (a, b)
    }

    private static func bar(_ text: Substring) -> BAR? {
        let parts = pieces(text, ":")
        guard let last = parts.last, let size = size(last) else { return nil }
        if parts.count == 2 { return parts[0] == "rom" ? .rom(size: size) : nil }
        guard parts.count == 3, let index = Int(parts[0]) else { return nil }
        let kind: BARKind
        switch parts[1] {
        case "io": kind = .io(size: size)
        case "mem32": kind = .memory32(size: size, prefetchable: false)
        case "mem32p": kind = .memory32(size: size, prefetchable: true)
        case "mem64": kind = .memory64(size: size, prefetchable: false)
        case "mem64p": kind = .memory64(size: size, prefetchable: true)
        default: return nil
        }
        return BAR(.bar(index), kind)
    }
}
