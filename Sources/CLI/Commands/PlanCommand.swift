import ArgumentParser
import Berth

/// `berth plan`
struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "The best berth for both regions, why, and what was rejected.")

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, libvirt, qemu, markdown }

    @OptionGroup var options: GuestOptions

    @Option(
        help: ArgumentHelp(
            "Only this strategy; for one region: stolen-memory=NAME or opregion=NAME.", valueName: "name"))
    var strategy: [String] = []

    @Option(help: "text, json, libvirt (domain XML), qemu (arguments) or markdown.")
    var format: Format = .text

    func run() throws {
        try Output.reporting {
            let topology = try options.topology()
            Output.warn(of: topology)
            let result = try Berth.plan(
                topology, restriction: try StrategyNames.restriction(strategy, source: "--strategy"))
            let text = try render(result)
            try Output.write(text, to: options.output)
            if result.best == nil { throw ExitStatus.no }
        }
    }

    private func render(_ result: PlanningResult) throws -> String {
        switch format {
        case .text: PlanText.render(result)
        case .json: try JSONText.encode(PlanDocument(result))
        case .markdown: PlanMarkdown.render(PlanDocument(result))
        case .libvirt: try DomainWriter.write(try Emission.topology(of: result))
        case .qemu: ArgumentWriter.text(try ArgumentWriter.write(try Emission.topology(of: result)))
        }
    }
}
