import ArgumentParser
import BerthDiagnostics
import BerthPlacement
import BerthReport
import BerthServices
import BerthTopology

/// `berth diagnose`
struct DiagnoseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diagnose",
        abstract: "What will happen to this guest as it is, why, and the change that mends it.")

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, markdown }

    @OptionGroup var options: GuestOptions

    @Option(help: "text, json or markdown.")
    var format: Format = .text

    func run() throws {
        try Output.reporting {
            let guest = try options.guest(asItIs: true)
            Output.warn(of: guest.topology)
            let report = try self.report(guest)
            try Output.write(try render(report), to: options.output)
            if report.answer == .judged(.fails) { throw ExitStatus.no }
        }
    }

    private func report(_ guest: GivenGuest) throws -> DiagnosisReport {
        if let shared = guest.topology.sharedGraphics { return DiagnosisReport(shared, of: guest.topology) }
        return try guest.expectingIGD { topology in
            DiagnosisReport(
                Services.diagnose(
                    topology, host: try options.replacements.inventory(),
                    room: (try? guest.room(options.replacements)) ?? .made), isDomain: guest.form == .domain)
        }
    }

    private func render(_ report: DiagnosisReport) throws -> String {
        switch format {
        case .text: DiagnosisText.render(report)
        case .json: try JSONText.encode(DiagnosisDocument(report))
        case .markdown: DiagnosisMarkdown.render(report)
        }
    }
}
