import BerthDiagnostics
import BerthHost
import BerthServices
import FoundationEssentials
import Glibc

/// A host, from whatever its user has of it.
enum HostInput {
    /// This machine.
    static func live() throws(InputError) -> HostInventory {
        try HostReader.read(files: [], tree: HostFolder.read(below: "/"), name: "this machine")
    }

    /// One dump, an archive, a folder of dumps or of copies of `/sys` and `/proc`, what `--collect` wrote; `-` is standard input.
    ///
    /// Errors: nothing of a host in it; what is damaged.
    static func read(_ path: String) throws(InputError) -> HostInventory {
        guard path == "-" || FileManager.default.fileExists(atPath: path) else {
            throw InputError(
                "there is no such file or folder", rule: "input", at: SourceLocation(file: path), kind: .missing)
        }
        if path != "-", Input.isFolder(path) { return try folder(path) }
        return try read(try Input.bytes(path), named: path)
    }

    /// The same of bytes that are there already: one dump, an archive, JSON.
    static func read(_ content: [UInt8], named path: String) throws(InputError) -> HostInventory {
        let plain = Inflate.isPacked(content) ? try Inflate.unpack(content, file: path) : content
        if TarArchive.isArchive(plain) { return try archive(plain, path) }
        if HostRecord.isIn(plain) { return try HostReader.read(files: [(path, plain)]) }
        let form = InputForm(plain)
        if [.domain, .proxmox, .commandLine, .optionROM, .compressed].contains(form) {
            try form.expect([.pciList, .kernelLog], file: path)
        }
        return try HostReader.read(files: [(path, plain)])
    }

    private static func archive(_ bytes: [UInt8], _ path: String) throws(InputError) -> HostInventory {
        let tree = try TarArchive.read(bytes, file: path)
        let dumps = tree.files.filter { isDump($0.key) }.map { (name: "\(path)/\($0.key)", bytes: $0.value) }
        return try read(dumps, tree, path)
    }

    private static func folder(_ path: String) throws(InputError) -> HostInventory {
        // What 'berth host --collect' and 'berth diagnose --collect' write has the host below.
        let inner = "\(path)/host"
        let isBundle = Input.isFolder(inner) && FileManager.default.isReadableFile(atPath: "\(path)/about.txt")
        let place = isBundle ? inner : path
        let isRoot = FileManager.default.fileExists(atPath: "\(place)/sys/bus/pci/devices")
        var tree = isRoot ? HostFolder.read(below: place) : try HostFolder.search(place)
        if isRoot, !SysfsTree.isIn(tree) { tree = try HostFolder.search(place) }
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []).sorted().filter(isDump)
        var dumps: [(name: String, bytes: [UInt8])] = []
        for name in names { dumps.append(("\(place)/\(name)", try Input.bytes("\(place)/\(name)"))) }
        return try read(dumps, tree, path)
    }

    private static func isDump(_ path: String) -> Bool {
        path.hasSuffix(".txt") && !path.hasSuffix("about.txt") && !path.hasSuffix("versions.txt")
    }

    private static func read(
        _ dumps: [(name: String, bytes: [UInt8])], _ tree: HostFiles, _ path: String
    ) throws(InputError) -> HostInventory {
        let hasTree = SysfsTree.isIn(tree)
        guard hasTree || !dumps.isEmpty else {
            let isLinks = tree.links.keys.contains { HostFiles.function($0)?.rest == "" }
            throw InputError(
                isLinks
                    ? "the folder has links to functions and not the functions; copy with 'cp -rL', or use 'berth host --collect DIR'"
                    : "the folder has no .txt dump, and no copy of /sys/bus/pci/devices", rule: "input",
                at: SourceLocation(file: path), kind: .missing)
        }
        return try HostReader.read(files: dumps, tree: hasTree ? tree : nil, name: path)
    }
}
