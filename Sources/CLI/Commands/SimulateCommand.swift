import ArgumentParser
import BerthBoot
import BerthDiagnostics
import BerthRehearsal
import BerthReport
import BerthServices
import BerthTopology

/// `berth simulate`
struct SimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "The addresses, windows, memory map and timeline this guest will have; no planning.")

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, svg, html, map }

    @OptionGroup var options: GuestOptions

    @Option(help: "text, json (the shape of the recordings), svg, html or map (addresses as text).")
    var format: Format = .text

    @Option(
        help: ArgumentHelp(
            "What happens to the running guest, in order: \(GuestAction.knownNames.joined(separator: ", ")). "
                + "A recorded case brings its own.", valueName: "action"))
    var then: [String] = []

    func run() throws {
        try Output.reporting {
            let topology = try options.guest().topology
            Output.warn(of: topology)
            let outcome = try Services.boot(topology, then: try actions(topology.resolved()))
            for finding in outcome.guest.findings { Output.complain(finding.description) }
            if let failure = IGDInQEMU(topology)?.startFailure {
                Output.complain(
                    "warning: QEMU \(topology.qemu) does not start this guest: \(failure); this is how it would boot "
                        + "[guest-does-not-start]")
            }
            let report = SimulationReport(
                outcome, of: topology, detail: format == .text || format == .html ? .budget : .boot)
            let text =
                switch format {
                case .text: SimulationText.render(report)
                case .json: try JSONText.encode(Observation(report))
                case .svg: SimulationSheet.render(SimulationPicture(report))
                case .html: SimulationPage.render(SimulationPicture(report))
                case .map: MapText.render(SimulationPicture(report))
                }
            try Output.write(text, to: options.output)
            if outcome.firmware.halted != nil { throw ExitStatus.no }
        }
    }

    private func actions(_ tree: PCITree) throws(InputError) -> [GuestAction] {
        var actions = try options.recordedCase()?.guestActions(tree) ?? []
        for text in then { actions.append(try GuestAction(text, tree)) }
        return actions
    }
}
