import BerthDiagnostics

/// What a shell would have replaced, and nobody here knows by what.
struct UnresolvedWords {
    private var found: [Finding] = []
    private var idle: [ShellExpansion] = []

    init(_ words: [CommandWord]) {
        var option: String?
        for word in words {
            if let name = option {
                option = nil
                if OptionTable.withArgument[name] == .understood { take(word, of: name) } else { takeIdle(word) }
            } else if word.text.hasPrefix("-") {
                let name = String(word.text.drop { $0 == "-" })
                option = OptionTable.takesArgument(name) == true ? name : nil
            } else if word.unresolved.first?.text == word.text {
                take(word, of: nil)
            }
        }
    }

    /// In the value of an option that is read; nil: where an option could stand.
    private mutating func take(_ word: CommandWord, of option: String?) {
        for expansion in word.unresolved {
            let wanted = Self.wanted(expansion, in: word.text, option)
            let why =
                expansion.kind == .command
                ? "takes a shell to work out" : "is set nowhere here, and only a shell knows it"
            let finding = Finding(
                .warning, "'\(expansion.text)' \(why); write \(wanted) in its place", rule: "shell-variable",
                at: expansion.location)
            if !found.contains(finding) { found.append(finding) }
        }
    }

    /// In the value of an option that decides nothing here.
    private mutating func takeIdle(_ word: CommandWord) {
        for expansion in word.unresolved where !idle.contains(where: { $0.text == expansion.text }) {
            idle.append(expansion)
        }
    }

    /// Where the guest could be read all the same.
    var findings: [Finding] {
        guard let first = idle.first else { return found }
        let names = idle.map { "'\($0.text)'" }.joined(separator: ", ")
        return found + [
            Finding(
                .note, "\(names): a shell's to fill in, and nothing that decides about PCI functions",
                rule: "shell-variable", at: first.location)
        ]
    }

    /// Where it could not: what to write, at every place.
    func blamed(for error: InputError) -> InputError {
        guard !found.isEmpty else { return error }
        return InputError(
            error.kind,
            found.map { finding in
                Finding(.error, finding.message, rule: finding.rule, at: finding.location)
            })
    }

    private static func wanted(_ expansion: ShellExpansion, in text: String, _ option: String?) -> String {
        guard let option else { return "the arguments that it stands for" }
        let before = text.firstRange(of: expansion.text).map { text[..<$0.lowerBound] } ?? ""
        let part = before.split(separator: ",", omittingEmptySubsequences: false).last ?? ""
        if let key = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).first,
            part.contains("=")
        {
            return byKey[String(key)] ?? "the value of \(key)"
        }
        return byOption[option] ?? "what it stands for"
    }

    private static let byKey = [
        "host": "the host's address such as 0000:00:02.0", "sysfsdev": "the device's folder in sysfs",
        "addr": "a slot such as 02.0", "romfile": "the path of the ROM file", "file": "the path of the file",
        "size": "a size such as 4G", "bus": "the name of a bus", "type": "a machine type such as q35",
        "x-igd-gms": "a number such as 2",
    ]

    private static let byOption = [
        "m": "a size such as 4G", "machine": "a machine type such as q35", "M": "a machine type such as q35",
        "cpu": "a processor such as host", "device": "a device such as vfio-pci,host=0000:00:02.0",
        "bios": "the path of the firmware", "pflash": "the path of the firmware",
    ]
}
