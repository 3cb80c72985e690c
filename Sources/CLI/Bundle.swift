import BerthDiagnostics
import BerthHost
import BerthInstalled
import BerthLogs
import BerthXML
import Dispatch
import FoundationEssentials
import Glibc
import Synchronization

/// A folder with all that a diagnosis needs, so that whoever helps can ask for one thing.
///
///     DIR/guest.xml, guest.conf     the guest as its user named it
///     DIR/host/*.txt                lspci, /proc/iomem, and lines of dmesg that matter
///     DIR/host/sys, DIR/host/proc   what of the kernel's files tells of PCI functions, IOMMU and memory
///     DIR/logs/*.log                libvirt's logs of QEMU
///     DIR/versions.txt              releases of what is installed
///     DIR/about.txt                 what this is, and what could not be had
enum Bundle {
    /// Names of the guest in a bundle, the first that is there counts.
    private static let guests = ["guest.xml", "guest.conf", "guest.args", "guest.yaml"]

    static let hostLog = "host/dmesg.txt"

    // MARK: Reading

    /// Options and logs with a bundle's parts in the place of a folder that is INPUT.
    ///
    /// Errors: a folder that is no bundle.
    static func opened(_ options: GuestOptions, _ logs: [String]) throws(InputError) -> (GuestOptions, [String]) {
        guard let folder = options.input, Input.isFolder(folder) else { return (options, logs) }
        let named = guests.map { name in "\(folder)/\(name)" }
        guard let guest = named.first(where: { FileManager.default.isReadableFile(atPath: $0) }) else {
            throw InputError(
                "the folder has no guest.xml and no guest.conf; expected what 'berth diagnose --collect' writes",
                rule: "input", at: SourceLocation(file: folder))
        }
        var options = options
        options.input = guest
        if options.replacements.host == nil, Input.isFolder("\(folder)/host") {
            options.replacements.host = "\(folder)/host"
        }
        // The host's log says where its stolen memory is, and what went wrong.
        let own = [hostLog].map { "\(folder)/\($0)" }.filter { FileManager.default.isReadableFile(atPath: $0) }
        let others = names(in: "\(folder)/logs", ending: ".log").map { "\(folder)/logs/\($0)" }
        return (options, own + others + logs)
    }

    private static func names(in folder: String, ending: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasSuffix(ending) }.sorted()
    }

    // MARK: Writing

    /// What is to be in it.
    struct Wish {
        /// Files of the guest.
        var domain: String?
        var proxmox: String?
        var redact = false
        /// Who writes it, and reads it again.
        var command: String
    }

    /// Errors: the folder is there already, or cannot be made; a guest's file that cannot be read.
    static func collect(into folder: String, _ options: Wish) throws {
        guard access(folder, F_OK) != 0 else {
            throw InputError(
                "it is there already; name a new folder", rule: "output", at: SourceLocation(file: folder),
                kind: .notWritable)
        }
        var collected = Collected()
        if let domain = options.domain { collected.add("guest.xml", try guest(domain, &collected.redaction)) }
        if let proxmox = options.proxmox {
            let bytes = try Input.bytes(proxmox, limit: 1 << 20)
            collected.hideProxmoxName(bytes)
            collected.add("guest.conf", String(decoding: bytes, as: UTF8.self))
        }
        if options.domain == nil, options.proxmox == nil, options.command == "berth diagnose" {
            collected.notes.append(
                "no guest: --domain FILE or --proxmox FILE names it, and 'berth diagnose DIR' needs one")
        }
        HostCollection.add(to: &collected)
        collected.add("about.txt", collected.about(by: options.command, isRedacted: options.redact))
        try write(collected, into: folder, redact: options.redact)
        for note in collected.notes { Output.complain("\(folder): note: \(note) [collect]") }
    }

    /// A domain, with its name known to the redaction.
    private static func guest(_ path: String, _ redaction: inout Redaction) throws(InputError) -> String {
        let bytes = try Input.bytes(path, limit: 1 << 20)
        let text = String(decoding: bytes, as: UTF8.self)
        if let document = try? XMLDocument(bytes: bytes, file: path) {
            for name in ["name", "title"] {
                if let value = document.root.first(name)?.text { redaction.hide(value, as: "guest") }
            }
        }
        return text
    }

    /// Into a folder beside, which takes the name when everything is in it.
    private static func write(_ collected: Collected, into folder: String, redact: Bool) throws(InputError) {
        guard let temporary = NewName.folder(beside: folder) else { throw failure(folder) }
        do throws(InputError) {
            var redaction = collected.redaction
            let tree = redact ? collected.tree.withoutSerialNumbers : collected.tree
            for (name, text) in collected.files {
                try write(Array((redact ? redaction.redacted(text) : text).utf8), to: name, in: temporary)
            }
            for (name, bytes) in tree.files.sorted(by: { $0.key < $1.key }) {
                // Configuration spaces and the OpRegion are no text.
                let isText = String(validating: bytes, as: UTF8.self).map { !$0.contains("\0") } ?? false
                let text = redact && isText ? redaction.redacted(String(decoding: bytes, as: UTF8.self)) : nil
                try write(text.map { Array($0.utf8) } ?? bytes, to: "host/\(name)", in: temporary)
            }
            for (name, target) in tree.links.sorted(by: { $0.key < $1.key }) {
                let path = "\(temporary)/host/\(name)"
                makeFolders(of: path)
                guard symlink(target, path) == 0 else { throw failure(path) }
            }
            for (index, name) in tree.folders.sorted().enumerated() {
                let hidden = redact && name.split(separator: "/").last?.utf8.count == 36
                let plain = hidden ? name.dropLast(36) + "00000000-0000-0000-0000-" + padded(index) : name[...]
                makeFolders(of: "\(temporary)/host/\(plain)/")
            }
            chmod(temporary, 0o755)
            guard rename(temporary, folder) == 0 else { throw failure(folder) }
        } catch {
            try? FileManager.default.removeItem(atPath: temporary)
            throw error
        }
    }

    private static func write(_ bytes: [UInt8], to name: String, in folder: String) throws(InputError) {
        let path = "\(folder)/\(name)"
        makeFolders(of: path)
        guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else { throw failure(path) }
    }

    /// Whoever writes into them says what went wrong.
    private static func makeFolders(of path: String) {
        guard let cut = path.lastIndex(of: "/") else { return }
        try? FileManager.default.createDirectory(atPath: String(path[..<cut]), withIntermediateDirectories: true)
    }

    private static func padded(_ number: Int) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: max(0, 12 - text.count)) + text
    }

    private static func failure(_ path: String) -> InputError {
        InputError(
            "cannot be written: \(String(cString: strerror(errno)))", rule: "output", at: SourceLocation(file: path),
            kind: .notWritable)
    }
}

/// What was found for a bundle.
struct Collected {
    var files: [(name: String, text: String)] = []
    /// Of `/sys` and `/proc`.
    var tree = HostFiles()
    var notes: [String] = []
    var redaction = Redaction()

    mutating func add(_ name: String, _ text: String) { files.append((name, text)) }

    mutating func hideProxmoxName(_ bytes: [UInt8]) {
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") where line.hasPrefix("name:") {
            redaction.hide(line.dropFirst(5).filter { !$0.isWhitespace }, as: "guest")
        }
    }

    func about(by command: String, isRedacted: Bool) -> String {
        let redacted = isRedacted ? "\nSerial numbers, MAC addresses, UUIDs and names are left out.\n" : ""
        let missing = notes.isEmpty ? "" : "\nNot in it:\n" + notes.map { "- \($0)\n" }.joined()
        return "Written by '\(command) --collect'; '\(command) DIR' reads it.\n\(redacted)\(missing)"
    }
}
