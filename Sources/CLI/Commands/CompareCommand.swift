import ArgumentParser
import BerthReport
import BerthServices
import BerthTopology

/// `berth compare`
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Every strategy under every firmware and guest OS, side by side, with evidence.")

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, markdown, csv }

    @OptionGroup var options: GuestOptions

    @Option(help: "text, json, markdown or csv.")
    var format: Format = .text

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
            let document = CompareDocument(try guest.expectingIGD { try Berth.compare($0, host: host) })
            let text =
                switch format {
                case .text: CompareText.render(document)
                case .json: try JSONText.encode(document)
                case .markdown: CompareMarkdown.render(document)
                case .csv: CompareCSV.render(document)
                }
            try Output.write(text, to: options.output)
        }
    }
}
