package import BerthDiagnostics

/// Reads a host from one file or from all files of a folder, whatever dumps they are.
package enum HostReader {
    /// The kind of a dump, which its text gives away.
    package enum Kind: Hashable, Sendable { case lspci, iomem, log, posted, processor, record }

    /// Nil for text that looks like none of them.
    package static func kind(of bytes: [UInt8]) -> Kind? {
        if HostRecord.isIn(bytes) { return .record }
        let text = TextInput(unchecked: Array(bytes.prefix(1 << 16)), file: "")
        if PostedText.isPosted(TextInput(unchecked: bytes, file: "")) {
            let isLog = text.allSatisfy { [.log, .blank].contains(PostedText.Kind($0)) }
            return isLog ? .log : .posted
        }
        for line in text {
            if IOMemDump.isResource(line) { return .iomem }
            if LspciDump.isHeading(line) { return .lspci }
            if ProcessorDump.isField(line) { return .processor }
        }
        return nil
    }

    /// What the files say together. Files of other kinds are left out with a note, unless there are no others.
    ///
    /// The order of the files does not matter. Throws if one is damaged, if two contradict each other, and
    /// if none is a dump.
    ///
    /// `tree`: files of `/sys` and `/proc` beside them, and what they are of.
    package static func read(
        files: [(name: String, bytes: [UInt8])], tree: HostFiles? = nil, name: String = "/sys"
    ) throws(InputError) -> HostInventory {
        if tree == nil, files.count == 1, let only = files.first, kind(of: only.bytes) == nil {
            // The reader's own message says best what is wrong with it.
            return try LspciDump.read(only.bytes, file: only.name)
        }
        var whole = try tree.map { tree throws(InputError) in try SysfsTree.read(tree, name: name) }
        var notes: [Finding] = []
        for file in files.sorted(by: { $0.name < $1.name }) {
            let part: HostInventory
            switch kind(of: file.bytes) {
            case .lspci: part = try LspciDump.read(file.bytes, file: file.name)
            case .iomem: part = try IOMemDump.read(file.bytes, file: file.name)
            case .processor: part = try ProcessorDump.read(file.bytes, file: file.name)
            case .record: part = try HostRecord.read(file.bytes, file: file.name)
            case .log, .posted: part = try PostedText.read(file.bytes, file: file.name)
            case nil:
                notes.append(Finding(.note, leftOut, rule: "host-file", at: SourceLocation(file: file.name)))
                continue
            }
            whole = try merge(whole, part, file: file.name)
        }
        guard var result = whole else {
            throw InputError(nothing(files.count), rule: "host-file", kind: files.isEmpty ? .missing : .unusable)
        }
        result.findings += notes
        if let claimed = result.stolenRange, let register = result.igd?.stolenMemory, claimed != register {
            result.findings.append(
                Finding(.warning, disagreement("\(claimed)", "\(register)"), rule: "host-stolen-memory"))
        }
        return result
    }

    private static func merge(
        _ whole: HostInventory?, _ part: HostInventory, file: String
    ) throws(InputError) -> HostInventory {
        guard let whole else { return part }
        do {
            return try whole.merging(part)
        } catch {
            throw InputError(
                error.kind,
                error.findings.map {
                    Finding($0.severity, $0.message, rule: $0.rule, at: SourceLocation(file: file))
                })
        }
    }
}

private let leftOut = "left out: neither the output of 'lspci' nor a copy of /proc/iomem nor a kernel's log"

private func nothing(_ count: Int) -> String {
    "none of \(count) files is a dump of a host; expected the output of 'lspci -xxx', and a copy of /proc/iomem "
        + "if there is one"
}

private func disagreement(_ claimed: String, _ register: String) -> String {
    "graphics stolen memory is at \(claimed) by /proc/iomem and at \(register) by the device's registers"
}
