import BerthDiagnostics
import BerthQEMU
import BerthServices
import FoundationEssentials

/// The option ROM that a plan needs, beside the configuration that names it.
enum WriterROMOutput {
    /// The absolute folder of a file that is going to be written.
    static func folder(of file: String) throws(InputError) -> String {
        let absolute =
            file.hasPrefix("/") ? file : FileManager.default.currentDirectoryPath + "/" + file
        let folder = absolute[..<(absolute.lastIndex(of: "/") ?? absolute.startIndex)]
        return folder.isEmpty ? "/" : String(folder)
    }

    /// Writes it where there is a configuration, or says how to make it.
    static func write(_ rom: WriterROMFile, beside configuration: String?) throws {
        guard configuration != nil else {
            return Output.complain(
                "\(rom.path): note: the plan needs this file; make it with: \(command(for: rom.path)) [writer-rom]")
        }
        try Output.write(rom.bytes, to: rom.path)
        Output.complain("\(rom.path): note: Berth's option ROM, \(rom.bytes.count) bytes [writer-rom]")
    }

    /// `berth rom` with what this command was given, less what is about its own output.
    private static func command(for path: String) -> String {
        var words: [String] = []
        var given = CommandLine.arguments.dropFirst(2)
        while let word = given.popFirst() {
            if ["--format", "-o", "--output", "--lock", "--rom"].contains(word) {
                _ = given.popFirst()
            } else if !["--all", "--diff"].contains(word), !word.hasPrefix("--format=") {
                words.append(word)
            }
        }
        return (["berth", "rom", "-o", path] + words).map(ShellQuoting.quote).joined(separator: " ")
    }
}
