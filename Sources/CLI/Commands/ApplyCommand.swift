import ArgumentParser
import BerthDiagnostics
import BerthPlacement
import BerthProxmox
import BerthReport
import BerthServices
import BerthTopology

/// `berth apply`
struct ApplyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Your libvirt domain or Proxmox VM's file, changed as little as possible so that the plan holds.",
        discussion: "The plan, what moves and what it costs are said on standard error.")

    @Argument(help: "Domain XML, or a Proxmox VM's file; '-' for standard input.")
    var file: String

    @Option(
        help: ArgumentHelp(
            "Only this strategy; for one region: stolen-memory=NAME or opregion=NAME.", valueName: "name"))
    var strategy: [String] = []

    @Option(
        help: ArgumentHelp("An option ROM for the IGD, by its path where libvirt runs.", valueName: "file"))
    var rom: String?

    @Option(
        help: ArgumentHelp("Only what mends this problem, by its id in 'berth diagnose'.", valueName: "id"))
    var fix: String?

    @OptionGroup var replacements: GuestReplacements
    @OptionGroup var change: ChangeOptions

    func run() throws {
        try Output.reporting {
            try change.check(file)
            if let rom, !rom.hasPrefix("/") {
                throw InputError(
                    "--rom: '\(rom)' is not an absolute path, and libvirt takes no other", rule: "usage", kind: .usage)
            }
            if let fix { return try mend(fix) }
            let restriction = try StrategyNames.restriction(strategy, source: "--strategy")
            let host = try replacements.inventory()
            let bytes = try Input.bytes(file)
            let stack = try replacements.releases.choice()
            let form = InputForm(bytes, path: file)
            // What is none of them all is for XML to complain of.
            if form != .topology { try form.expect([.domain, .proxmox], file: file) }
            let adjust: Services.Adjustment = { topology throws(InputError) in try replacements.replace(in: &topology) }
            let application =
                form == .proxmox
                ? try Services.apply(
                    to: try VMDocument(bytes, file: file), host: host, rom: rom, restriction: restriction,
                    stack: stack, adjust: adjust
                ).application
                : try Services.apply(
                    bytes, file: file, host: host, rom: rom, writerFolder: try folder(), restriction: restriction,
                    stack: stack, adjust: adjust)
            for finding in application.findings + notices(of: application) { Output.complain(finding.description) }
            try change.write(application.bytes, of: file, before: application.before, after: application.after)
            if let rom = application.writerROM {
                try WriterROMOutput.write(rom, beside: form == .proxmox ? nil : configuration)
            }
        }
    }

    /// What the guest will find elsewhere once it runs.
    private func notices(of application: Application) -> [Finding] {
        guard let guest = application.planning?.request.topology else { return [] }
        return application.moves.map { move in
            Finding(
                .note, "the guest finds \(MoveText.sentence(move, guest.machine.type, guest.guest))",
                rule: "apply-notice", at: SourceLocation(file: file))
        }
    }

    private func mend(_ fix: String) throws {
        guard strategy.isEmpty, rom == nil else {
            throw InputError(
                "--fix: one problem is mended by what 'berth diagnose' names; give neither --strategy nor --rom",
                rule: "usage", kind: .usage)
        }
        let bytes = try Input.bytes(file)
        let form = InputForm(bytes, path: file)
        if form != .topology { try form.expect([.domain], file: file) }
        let application = try Services.apply(
            bytes, file: file, mending: RuleID(rawValue: fix), host: try replacements.inventory(),
            stack: try replacements.releases.choice(),
            adjust: { topology throws(InputError) in try replacements.replace(in: &topology) })
        for finding in application.findings { Output.complain(finding.description) }
        try change.write(application.bytes, of: file, before: application.before, after: application.after)
    }

    /// The file that the domain is written to; nil where it is printed.
    private var configuration: String? { change.inPlace ? file : change.diff ? nil : change.output }

    private func folder() throws(InputError) -> String {
        try configuration.map(WriterROMOutput.folder) ?? WriterROMFile.usualFolder
    }
}
