package import BerthDiagnostics

/// A VM's file as it is written: `/etc/pve/qemu-server/NNN.conf`, what `qm config` prints of it, or either of them as posted, with a
/// prompt or a fence around it.
///
/// Lines stay the bytes they are, whatever their encoding, so that what is not changed is not touched.
///
/// Source: `parse_vm_config` in PVE/QemuServer.pm @ qemu-server 9.2.6; 7.4 reads the same lines.
package struct VMDocument: Hashable, Sendable {
    /// Where a line stands. Only the first two make the guest that starts next.
    package enum Section: Hashable, Sendable {
        case main
        /// Changes that the next start takes over.
        case pending
        case snapshot(String)
        /// `[special:cloudinit]` and others that qemu-server knows or skips.
        case other(String)
    }

    package enum Content: Hashable, Sendable {
        case blank
        /// `#`: the description, where it stands in a file.
        case comment
        case heading
        /// A prompt, a fence, a tag of a forum: not of the file.
        case wrapping
        case setting(key: String, value: String, column: Int)
        /// What qemu-server complains of and leaves out.
        case other
    }

    package struct Line: Hashable, Sendable {
        /// With the end of the line.
        var bytes: [UInt8]
        package var section: Section
        package var content: Content
    }

    package private(set) var file: String
    package private(set) var lines: [Line] = []
    /// What ends the lines of this text.
    let lineEnd: [UInt8]

    /// Larger files are none: the longest part of one is a description of 8 KiB, for each snapshot.
    package static let sizeLimit = 4 << 20

    /// Errors: what is no file of Proxmox'.
    package init(_ bytes: [UInt8], file: String) throws(InputError) {
        self.file = file
        guard bytes.count <= Self.sizeLimit else {
            throw Self.error("the file has \(bytes.count) bytes; a VM's file has at most \(Self.sizeLimit)", file)
        }
        guard !bytes.contains(0) else {
            throw Self.error(
                "found bytes that are no text; expected a Proxmox VM's file, lines such as 'memory: 4096'", file)
        }
        lineEnd = bytes.firstIndex(of: 0x0a).map { $0 > 0 && bytes[$0 - 1] == 0x0d } == true ? [0x0d, 0x0a] : [0x0a]
        var reader = LineReader()
        for part in bytes.split(separator: 0x0a, omittingEmptySubsequences: false) {
            lines.append(reader.line(Array(part)))
        }
        // The part behind the last end of a line is none.
        if lines.last?.bytes.isEmpty == true { lines.removeLast() }
        for index in lines.indices.dropLast() { lines[index].bytes.append(0x0a) }
        if bytes.last == 0x0a, let last = lines.indices.last { lines[last].bytes.append(0x0a) }
        guard lines.contains(where: { $0.section == .main && $0.isSetting }) else {
            throw Self.error("found no setting; expected a Proxmox VM's file, lines such as 'memory: 4096'", file)
        }
    }

    package var bytes: [UInt8] { lines.flatMap(\.bytes) }

    /// For showing.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    func location(_ index: Int, column: Int = 1) -> SourceLocation {
        SourceLocation(file: file, line: index + 1, column: column)
    }

    // MARK: Changes

    /// Replaces the value of a setting; what stands before it stays.
    mutating func setValue(_ value: String, at index: Int) {
        guard case .setting(let key, let old, let column) = lines[index].content, old != value else { return }
        let end = lines[index].lineEnd
        lines[index].bytes = Array("\(key): \(value)".utf8) + end
        lines[index].content = .setting(key: key, value: value, column: min(column, key.utf8.count + 3))
    }

    mutating func remove(at index: Int) {
        let isLast = index == lines.count - 1
        lines.remove(at: index)
        if isLast, let last = lines.indices.last, lines[last].section == .main { return }
    }

    /// Adds a setting to the main section, where qemu-server writes it: by the alphabet.
    mutating func insert(_ key: String, _ value: String) {
        let own = lines.indices.filter { lines[$0].section == .main && lines[$0].isSetting }
        let before = own.last { (lines[$0].key ?? "") < key }
        let index = before.map { $0 + 1 } ?? own.first ?? 0
        var bytes = Array("\(key): \(value)".utf8) + lineEnd
        if index == lines.count, let last = lines.indices.last, lines[last].lineEnd.isEmpty {
            // The text has no end behind its last line, and keeps it so.
            lines[last].bytes += lineEnd
            bytes.removeLast(lineEnd.count)
        }
        let content = Content.setting(key: key, value: value, column: key.utf8.count + 3)
        lines.insert(Line(bytes: bytes, section: .main, content: content), at: index)
    }

    private static func error(_ message: String, _ file: String) -> InputError {
        InputError(message, rule: "proxmox-file", at: SourceLocation(file: file))
    }
}

extension VMDocument.Line {
    package var key: String? { if case .setting(let key, _, _) = content { key } else { nil } }
    package var isSetting: Bool { key != nil }
    var lineEnd: [UInt8] { bytes.hasSuffix([0x0d, 0x0a]) ? [0x0d, 0x0a] : bytes.hasSuffix([0x0a]) ? [0x0a] : [] }
}

extension [UInt8] {
    fileprivate func hasSuffix(_ other: [UInt8]) -> Bool { suffix(other.count).elementsEqual(other) }
}
