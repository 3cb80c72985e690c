import ArgumentParser
import BerthDiagnostics
import BerthLibvirtEditing
import BerthReport
import BerthServices
import BerthTopology

/// `berth convert`
struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "The same libvirt domain on QEMU's other PC machine: pc to q35, or q35 to pc.",
        discussion: "What changes for the guest and what is lost is said on standard error.")

    enum Machine: String, ExpressibleByArgument, CaseIterable { case pc, q35 }

    @Argument(help: "Domain XML; '-' for standard input.")
    var file: String

    @Option(help: "pc or q35.")
    var machine: Machine

    @OptionGroup var releases: ReleaseOptions
    @OptionGroup var change: ChangeOptions

    func run() throws {
        try Output.reporting {
            try change.check(file)
            let bytes = try Input.bytes(file)
            let form = InputForm(bytes, path: file)
            if form != .topology { try form.expect([.domain], file: file) }
            let result = try MachineConversion.convert(
                bytes, file: file, to: machine == .pc ? .pc : .q35,
                stack: try releases.choice())
            for finding in result.findings { Output.complain(finding.description) }
            guard result.findings.allSatisfy({ $0.severity < .error }) else { throw ExitStatus.no }
            try change.write(result.bytes, of: file, before: result.before, after: result.after)
        }
    }
}

/// What is done with a domain that was changed.
struct ChangeOptions: ParsableArguments {
    @Flag(help: "Print the changes as a unified diff instead of the whole document.")
    var diff = false

    @Flag(
        name: [.customShort("i"), .long], help: "Replace the file at once, and keep the old one as FILE.bak.")
    var inPlace = false

    @Option(name: .shortAndLong, help: ArgumentHelp("Write to a file instead of standard output.", valueName: "file"))
    var output: String?

    /// Errors: options that contradict each other.
    func check(_ file: String) throws(InputError) {
        if inPlace, file == "-" {
            throw InputError("--in-place: standard input has no place; name a file", rule: "usage", kind: .usage)
        }
        if inPlace, output != nil {
            throw InputError("--in-place and --output contradict each other", rule: "usage", kind: .usage)
        }
    }

    /// A file that needs no change is left alone.
    func write(_ bytes: [UInt8], of file: String, before: String, after: String) throws {
        if inPlace, before != after {
            let backup = try FileReplacement.replace(file, with: bytes)
            Output.complain("\(file): note: replaced; the old file is \(backup)")
        }
        if diff {
            try Output.write(UnifiedDiff.render(before, after, file: file), to: output)
        } else if !inPlace {
            try Output.write(bytes, to: output)
        }
    }
}
