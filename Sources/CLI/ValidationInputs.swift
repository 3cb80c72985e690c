import ArgumentParser
import BerthDiagnostics
import BerthReport
import FoundationEssentials
import Glibc

/// Which documents are validated, and which findings count.
struct ValidationInputs: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Domain XML, or a Proxmox VM's file; '-' for standard input, a folder for every .xml below it, or a pattern such as 'vms/*.xml'.",
            valueName: "file"))
    var files: [String] = []

    @Flag(help: "Read the names of files from standard input, one a line.")
    var stdinList = false

    // A value may begin with a minus.
    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("Rules that speak, or with a minus those that do not: id,-id.", valueName: "ids"))
    var rules: [String] = []

    @Option(
        help: ArgumentHelp(
            "What an earlier run reported with --format json: what stands there is quiet, what is new counts.",
            valueName: "file"))
    var baseline: String?

    func validate() throws {
        if files.isEmpty, !stdinList { throw ValidationError("Missing expected argument '<file> ...'") }
    }

    /// In the order they were given; those of a folder or a pattern by name.
    ///
    /// Errors: a folder without documents, a pattern that nothing matches.
    func names() throws(InputError) -> [String] {
        var found: [String] = []
        for name in files { found += try Self.expand(name) }
        if stdinList {
            let text = String(decoding: try Input.bytes("-"), as: UTF8.self)
            for line in text.split(whereSeparator: \.isNewline) { found += try Self.expand(String(line)) }
        }
        return found
    }

    private static func expand(_ name: String) throws(InputError) -> [String] {
        var isFolder = false
        if name != "-", FileManager.default.fileExists(atPath: name, isDirectory: &isFolder) {
            guard isFolder else { return [name] }
            let documents = documents(below: name)
            guard documents.isEmpty else { return documents }
            throw InputError(
                "there is no .xml in this folder", rule: "input", at: SourceLocation(file: name), kind: .missing)
        }
        guard name.contains(where: { "*?[".contains($0) }) else { return [name] }
        var matches = glob_t()
        defer { globfree(&matches) }
        guard glob(name, 0, nil, &matches) == 0 else {
            throw InputError("nothing matches", rule: "input", at: SourceLocation(file: name), kind: .missing)
        }
        var found: [String] = []
        for index in 0..<Int(matches.gl_pathc) {
            guard let path = matches.gl_pathv?[index] else { continue }
            found += try expandFolder(String(cString: path))
        }
        return found
    }

    /// What a pattern gave is taken as it is, its folders included.
    private static func expandFolder(_ name: String) throws(InputError) -> [String] {
        var isFolder = false
        _ = FileManager.default.fileExists(atPath: name, isDirectory: &isFolder)
        return isFolder ? documents(below: name) : [name]
    }

    /// By path. Hidden folders are passed over, and what a link leads to.
    private static func documents(below folder: String) -> [String] {
        var found: [String] = []
        let base = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        for name in ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        where !name.hasPrefix(".") {
            let path = "\(base)/\(name)"
            var status = stat()
            guard lstat(path, &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFDIR {
                found += documents(below: path)
            } else if name.hasSuffix(".xml"), status.st_mode & S_IFMT == S_IFREG {
                found.append(path)
            }
        }
        return found
    }

    private static let settings = ".berth.yaml"

    /// Errors: a rule that nobody has; settings or a baseline that cannot be read.
    func filter() throws(InputError) -> ValidationFilter {
        var filter = ValidationFilter()
        if FileManager.default.fileExists(atPath: Self.settings) {
            let text = String(decoding: try Input.bytes(Self.settings, limit: 1 << 20), as: UTF8.self)
            try filter.take(settings: text, file: Self.settings)
        }
        for text in rules { try filter.take(rules: text, from: "--rules") }
        guard let baseline else { return filter }
        let bytes = try Input.bytes(baseline)
        do {
            filter.take(baseline: try JSONDecoder().decode(FindingsDocument.self, from: Data(bytes)))
        } catch {
            throw InputError(
                "this is no report of 'berth validate --format json'", rule: "input",
                at: SourceLocation(file: baseline))
        }
        return filter
    }
}
