import ArgumentParser
import BerthDiagnostics
import BerthOptionROM
import BerthPlacement
import BerthReport
import BerthServices
import BerthTopology

/// `berth rom`
struct ROMCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rom",
        abstract: "The option ROM that writes BDSM and ASLS for a plan; or what is in a ROM file.",
        discussion: """
            The plan is that of 'berth plan' for the same input and options. A recorded case or a guest that has such a ROM \
            already is taken as it is.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @OptionGroup var options: GuestOptions

    @Option(
        help: ArgumentHelp(
            "Only this strategy; for one region: stolen-memory=NAME or opregion=NAME.", valueName: "name"))
    var strategy: [String] = []

    @Option(
        help: ArgumentHelp(
            "The display's own ROM, video BIOS and GOP: the writer runs in front of both.", valueName: "file"))
    var wrap: String?

    @Option(help: ArgumentHelp("Say what is in this option ROM.", valueName: "file"))
    var show: String?

    @Option(help: "With --show: text or json.")
    var format: Format = .text

    func run() throws {
        try Output.reporting {
            if let show { return try describe(show) }
            guard let output = options.output else {
                throw InputError("a ROM goes into a file: -o FILE", rule: "usage", kind: .usage)
            }
            let rom = try wrap.map { name throws(InputError) in
                (file: try ROMFile(try Input.bytes(name, limit: ROMFile.limit), file: name), name: name)
            }
            let topology = try withWriter()
            guard let bytes = try Services.writerROM(of: topology, wrapping: rom) else {
                throw EmissionRefusal(
                    "writer-rom",
                    "nothing of this plan is behind a BAR whose address somebody has to write; --strategy ram-controller is an example of what needs the ROM"
                )
            }
            try Output.write(bytes, to: output)
            Output.complain("\(output): \(bytes.count) bytes [writer-rom]")
        }
    }

    /// The guest of the plan, or the one given where it has a writer already.
    private func withWriter() throws -> GuestTopology {
        let guest = try options.guest()
        guard guest.topology.registerTasks.isEmpty else { return guest.topology }
        return try guest.expectingIGD { topology in
            let result = try Services.plan(
                topology, restriction: try StrategyNames.restriction(strategy, source: "--strategy"),
                room: try guest.room(options.replacements))
            return try result.outcome.emittable().topology
        }
    }

    private func describe(_ name: String) throws {
        let file = try ROMFile(try Input.bytes(name, limit: ROMFile.limit), file: name)
        let report = ROMReport(file)
        try Output.write(
            format == .json ? try JSONText.encode(ROMDocument(report)) : ROMText.render(report), to: options.output)
    }
}
