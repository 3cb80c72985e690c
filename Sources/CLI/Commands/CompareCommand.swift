import BerthDiagnostics
import BerthPlacement
import ArgumentParser
import BerthReport
import BerthServices
import BerthTopology

/// `berth compare`
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Every strategy under every firmware and guest OS, side by side, with evidence.")

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, markdown, csv, svg, html }

    @OptionGroup var options: GuestOptions

    @Option(help: "text, json, markdown, csv, svg or html.")
    var format: Format = .text

    @Flag(help: "In text: every firmware and guest OS, reasons and sources.")
    var all = false

    func run() throws {
        try Output.reporting {
            let guest = try options.guest()
            Output.warn(of: guest.topology)
            if let shared = guest.topology.sharedGraphics {
                let answer = SharedGraphicsDocument(shared, of: guest.topology)
                let text = format == .json ? try JSONText.encode(answer) : answer.text
                return try Output.write(text, to: options.output)
            }
            let host = try options.replacements.inventory()
            let detail: ComparisonReport.Detail = all || format != .text ? .all : .brief
            let comparison = try guest.expectingIGD { topology in
                try Services.compare(
                    topology, host: host, columns: detail == .brief ? [Comparison.Column(own: topology)] : nil,
                    room: guest.room(options.replacements))
            }
            let report = ComparisonReport(comparison, detail: detail)
            let text =
                switch format {
                case .text: CompareText.render(report)
                case .json: try JSONText.encode(ComparisonDocument(report))
                case .markdown: CompareMarkdown.render(report)
                case .csv: CompareCSV.render(report)
                case .svg: CompareSheet.render(picture(comparison, report))
                case .html: ComparePage.render(picture(comparison, report))
                }
            try Output.write(text, to: options.output)
        }
    }

    private func picture(_ comparison: Comparison, _ report: ComparisonReport) -> ComparisonPicture {
        ComparisonPicture(comparison, report, try? Services.boot(comparison.request.topology))
    }
}
