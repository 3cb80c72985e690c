import ArgumentParser
import BerthDiagnostics
import BerthPlacement
import BerthReport
import BerthServices
import BerthTopology

/// `berth apply`
struct ApplyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Your libvirt domain, changed as little as possible so that the plan holds.",
        discussion: "The plan, what moves and what it costs are said on standard error.")

    @Argument(help: "Domain XML; '-' for standard input.")
    var file: String

    @Option(
        help: ArgumentHelp(
            "Only this strategy; for one region: stolen-memory=NAME or opregion=NAME.", valueName: "name"))
    var strategy: [String] = []

    @Option(
        help: ArgumentHelp("An option ROM for the IGD, by its path where libvirt runs.", valueName: "file"))
    var rom: String?

    @OptionGroup var replacements: GuestReplacements
    @OptionGroup var change: ChangeOptions

    func run() throws {
        try Output.reporting {
            try change.check(file)
            if let rom, !rom.hasPrefix("/") {
                throw InputError(
                    "--rom: '\(rom)' is not an absolute path, and libvirt takes no other", rule: "usage", kind: .usage)
            }
            let restriction = try StrategyNames.restriction(strategy, source: "--strategy")
            let host = try replacements.inventory()
            let application = try Services.apply(
                try Input.bytes(file), file: file, host: host, rom: rom, restriction: restriction,
                stack: try replacements.releases.choice(),
                adjust: { topology throws(InputError) in try replacements.replace(in: &topology) })
            for finding in application.findings + notices(of: application) { Output.complain(finding.description) }
            try change.write(application.bytes, of: file, before: application.before, after: application.after)
        }
    }

    /// What the guest will find elsewhere once it runs.
    private func notices(of application: Application) -> [Finding] {
        guard let machine = application.planning?.request.topology.machine.type else { return [] }
        return application.moves.map { move in
            Finding(
                .note, "the guest finds \(MoveText.sentence(move, machine))", rule: "apply-notice",
                at: SourceLocation(file: file))
        }
    }
}
