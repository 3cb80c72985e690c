import ArgumentParser
import BerthDiagnostics
import FoundationEssentials

/// `berth manual`, for those who package berth.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Writes the pages of the manual into a folder, one a command.",
        shouldDisplay: false)

    @Argument(help: "A folder that is there.")
    var folder: String

    func run() throws {
        try Output.reporting {
            guard let help = try? JSONDecoder().decode(DumpedHelp.self, from: Data(BerthCommand._dumpHelp().utf8))
            else {
                throw InputError("the parser's own help cannot be read", rule: "manual", kind: .usage)
            }
            for page in ManualPage.all(help) { try Output.write(page.text, to: "\(folder)/\(page.name).1") }
        }
    }
}
