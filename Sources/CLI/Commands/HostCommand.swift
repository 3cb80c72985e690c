import BerthDiagnostics
import BerthHost
import ArgumentParser
import BerthReport

/// `berth host`
struct HostCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "host", abstract: "What was read from a host: IGD, stolen memory, OpRegion, LPC bridge.")

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Argument(help: "Dumps of lspci, /proc/iomem and the kernel's log: a file with any of them, or a folder.")
    var path: String

    @Option(help: "text or json.")
    var format: Format = .text

    @Option(name: .shortAndLong, help: ArgumentHelp("Write to a file instead of standard output.", valueName: "file"))
    var output: String?

    func run() throws {
        try Output.reporting {
            let host = try Input.host(path)
            for finding in host.findings { Output.complain(finding.description) }
            let report = HostReport(host)
            let text =
                switch format {
                case .text: HostText.render(report)
                case .json: try JSONText.encode(HostDocument(report))
                }
            try Output.write(text, to: output)
        }
    }
}
