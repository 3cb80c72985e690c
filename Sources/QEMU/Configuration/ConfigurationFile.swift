import BerthDiagnostics

/// A file for `-readconfig`.
package struct ConfigurationFile: Hashable, Sendable {
    package var name: String
    package var bytes: [UInt8]

    package init(_ name: String, _ bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

/// The files that a command line's `-readconfig` options can have.
struct ConfigurationFiles {
    private var unused: [ConfigurationFile]
    private(set) var notes: [Finding] = []

    init(_ files: [ConfigurationFile]) { unused = files }

    /// What is to be said once all options are read.
    var findings: [Finding] {
        notes
            + unused.map {
                Finding(
                    .warning, "no -readconfig is left that could mean this file; it is not read",
                    rule: "qemu-configuration", at: SourceLocation(file: $0.name))
            }
    }

    /// The options that stand for a `-readconfig`: of the file that has its name, else of the next one given; of a file of
    /// Proxmox', what it ships. None, and a warning, where there is no such file.
    mutating func words(_ path: CommandWord) throws(InputError) -> [CommandWord] {
        if let index = unused.firstIndex(where: { Self.baseName($0.name) == Self.baseName(path.text) })
            ?? unused.indices.first
        {
            return try ConfigurationText.words(unused.remove(at: index))
        }
        if let known = ProxmoxConfiguration.devices[String(Self.baseName(path.text))] {
            notes.append(
                Finding(
                    .note, "'\(path.text)' is taken as Proxmox ships it; --readconfig FILE reads another",
                    rule: "qemu-configuration", at: path.location, assuming: .shippedConfiguration))
            return known.flatMap { [CommandWord("-device", at: path.location), CommandWord($0, at: path.location)] }
        }
        notes.append(
            Finding(
                .warning,
                "-readconfig '\(path.text)' can bring devices, and it is not read; --readconfig FILE names a copy of it",
                rule: "qemu-configuration", at: path.location))
        return []
    }

    private static func baseName(_ path: String) -> Substring {
        path.split(separator: "/").last ?? Substring(path)
    }
}

/// QEMU's configuration syntax: sections of `key = "value"`.
///
/// Source: `qemu_config_foreach` in util/qemu-config.c @ QEMU 10.0.
enum ConfigurationText {
    /// A section becomes the option that says the same.
    private static let options = [
        "smp-opts": "smp", "boot-opts": "boot", "memory": "m",
    ]

    /// Errors: what is no such file.
    static func words(_ file: ConfigurationFile) throws(InputError) -> [CommandWord] {
        guard file.bytes.count <= ShellWords.sizeLimit, let text = String(validating: file.bytes, as: UTF8.self) else {
            throw InputError(
                "found no text; expected a QEMU configuration with sections such as [device \"igd\"]",
                rule: "qemu-configuration", at: SourceLocation(file: file.name))
        }
        var words: [CommandWord] = []
        var section: (name: String, place: SourceLocation)?
        var pairs: [String] = []
        func close() {
            guard let (name, place) = section, OptionTable.takesArgument(options[name] ?? name) == true else { return }
            words += [
                CommandWord("-\(options[name] ?? name)", at: place),
                CommandWord(pairs.joined(separator: ","), at: place),
            ]
        }
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (number, line) in lines.enumerated() {
            let place = SourceLocation(file: file.name, line: number + 1)
            let line = line.trimmingBlanks
            if line.isEmpty || line.hasPrefix("#") { continue }
            if let heading = heading(line) {
                close()
                section = (heading.name, place)
                pairs = heading.id.map { ["id=\(OptionText.escaped($0))"] } ?? []
            } else if section != nil, let (key, value) = pair(line) {
                pairs.append("\(key)=\(OptionText.escaped(value))")
            } else {
                throw InputError(
                    "found '\(line.prefix(60))'; expected a section such as [device \"igd\"] or a line such as "
                        + "driver = \"vfio-pci\"",
                    rule: "qemu-configuration", at: place)
            }
        }
        close()
        return words
    }

    /// `[device "igd"]`, `[machine]`
    private static func heading(_ line: Substring) -> (name: String, id: String?)? {
        guard line.hasPrefix("["), line.hasSuffix("]") else { return nil }
        let parts = line.dropFirst().dropLast().split(separator: "\"", omittingEmptySubsequences: false)
        let name = String((parts.first ?? "").trimmingBlanks)
        guard !name.isEmpty, parts.count == 1 || parts.count == 3 else { return nil }
        return (name, parts.count == 3 ? String(parts[1]) : nil)
    }

    /// `addr = "02.0"`
    private static func pair(_ line: Substring) -> (key: Substring, value: String)? {
        guard let equals = line.firstIndex(of: "=") else { return nil }
        let key = line[..<equals].trimmingBlanks
        let value = line[line.index(after: equals)...].trimmingBlanks
        guard !key.isEmpty, value.count >= 2, value.hasPrefix("\""), value.hasSuffix("\"") else { return nil }
        return (key, String(value.dropFirst().dropLast()))
    }
}

extension Substring {
    fileprivate var trimmingBlanks: Substring {
        let start = drop { $0 == " " || $0 == "\t" }
        let end = start.lastIndex { $0 != " " && $0 != "\t" }
        return end.map { start[...$0] } ?? ""
    }
}
