package import BerthDiagnostics

/// What a VM's file asks for at its next start: the main section with what is pending.
///
/// Source: `vm_start_nolock` in PVE/QemuServer.pm @ qemu-server 9.2.6, which applies pending changes first.
package struct VMConfiguration: Hashable, Sendable {
    package struct Setting: Hashable, Sendable {
        package var key: String
        package var value: String
        package var location: SourceLocation
        /// Its line in the document.
        var index: Int
    }

    package let document: VMDocument
    /// By key; the last of several lines counts.
    package private(set) var settings: [String: Setting] = [:]
    /// Lines that qemu-server leaves out, and what it does with them.
    package private(set) var findings: [Finding] = []
    /// Keys that the next start takes away.
    private(set) var deleted: Set<String> = []

    package init(_ document: VMDocument) {
        self.document = document
        var isPending = false
        for (index, line) in document.lines.enumerated() where [.main, .pending].contains(line.section) {
            switch line.content {
            case .setting(let key, let value, let column):
                isPending = isPending || line.section == .pending
                take(key, value, at: document.location(index, column: column), line.section, index)
            case .other:
                let text =
                    String(decoding: line.bytes.prefix(60), as: UTF8.self).split(whereSeparator: \.isNewline).first
                    ?? ""
                warn(
                    "'\(text)' is no setting, and qemu-server leaves it out; expected KEY: VALUE",
                    document.location(index))
            case .blank, .comment, .heading, .wrapping: break
            }
        }
        if isPending {
            findings.append(
                Finding(
                    .note, "[PENDING] is taken as if it were applied: the next start does so", rule: "proxmox-pending",
                    at: document.lines.firstIndex { $0.section == .pending }.map { document.location($0) }))
        }
    }

    package subscript(_ key: String) -> String? { settings[key]?.value }

    func location(_ key: String) -> SourceLocation {
        settings[key]?.location ?? SourceLocation(file: document.file)
    }

    /// `name`, or what a VM without one is called.
    package var name: String { self["name"] ?? "vm\(document.vmid ?? "")" }

    func isOn(_ key: String) -> Bool? { self[key].map(PropertyString.isTrue) }

    func properties(_ key: String, defaultKey: String) -> PropertyString? {
        self[key].flatMap { try? PropertyString($0, defaultKey: defaultKey) }
    }

    private mutating func take(
        _ given: String, _ value: String, at place: SourceLocation, _ section: VMDocument.Section, _ index: Int
    ) {
        let key = given == "cdrom" ? "ide2" : given
        if key == "delete" {
            guard section == .pending else { return warn("'delete' counts in [PENDING] only", place) }
            for name in value.split(whereSeparator: { $0 == "," || $0 == ";" || $0.isWhitespace }) {
                let name = name.drop { $0 == "!" }
                settings[String(name)] = nil
                deleted.insert(String(name))
            }
            return
        }
        guard KnownKeys.has(key) else {
            let hint = NearestName.hint(key, among: KnownKeys.names)
            return warn("qemu-server has no setting '\(key)' and leaves it out\(hint)", place)
        }
        if let problem = ValueFormats.problem(key, value) {
            return warn("qemu-server leaves '\(key)' out: \(problem)", place)
        }
        settings[key] = Setting(key: key, value: value, location: place, index: index)
    }

    private mutating func warn(_ message: String, _ place: SourceLocation) {
        findings.append(Finding(.warning, message, rule: "proxmox-setting", at: place))
    }
}

extension VMDocument {
    /// Of the file's name: `105` of `/etc/pve/qemu-server/105.conf`.
    var vmid: String? {
        let name = file.split(separator: "/").last ?? ""
        let number = name.prefix { $0.isNumber }
        return !number.isEmpty && name.dropFirst(number.count).hasPrefix(".") ? String(number) : nil
    }
}
