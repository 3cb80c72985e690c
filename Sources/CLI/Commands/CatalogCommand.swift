import ArgumentParser
import BerthBundled
import BerthDiagnostics
import BerthReport
import BerthTopology

/// `berth catalog`
struct CatalogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalog",
        abstract: "Strategies, rules, problems, device models, stacks, topologies, each with its documentation.")

    enum Kind: String, ExpressibleByArgument, CaseIterable {
        case strategies, rules, problems, devices, stacks, topologies
    }
    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Argument(help: "strategies, rules, problems, devices, stacks or topologies.")
    var kind: Kind

    @Argument(help: "One entry; its documentation and sources are printed.")
    var name: String?

    @Option(help: "text or json.")
    var format: Format = .text

    @Option(name: .shortAndLong, help: ArgumentHelp("Write to a file instead of standard output.", valueName: "file"))
    var output: String?

    func run() throws {
        try Output.reporting {
            let entries = try entries()
            guard let name else {
                let listed = entries.map { CatalogEntry(id: $0.id, summary: $0.summary, sources: $0.sources) }
                return try Output.write(
                    format == .text ? CatalogText.list(entries) : try JSONText.encode(listed), to: output)
            }
            guard let entry = entries.first(where: { $0.id == name }) else {
                throw missing(name, among: entries.map(\.id))
            }
            try Output.write(format == .text ? CatalogText.entry(entry) : try JSONText.encode(entry), to: output)
        }
    }

    /// With the nearest name, and the names there are; of a long list those that begin with the same word.
    private func missing(_ name: String, among names: [String]) -> InputError {
        let word = name.prefix { $0 != "-" } + "-"
        let isLong = names.count > 40
        let listed = isLong ? Array(names.filter { $0.hasPrefix(word) }.prefix(20)) : names
        let list = listed.isEmpty ? "" : "; there are \(listed.joined(separator: ", "))"
        let rest = isLong ? "; 'berth catalog \(kind.rawValue)' lists all \(names.count)" : ""
        return InputError(
            "there is no '\(name)' among the \(kind.rawValue)\(NearestName.hint(name, among: names))\(list)\(rest)",
            rule: "catalog", kind: .missing)
    }

    private func entries() throws -> [CatalogEntry] {
        switch kind {
        case .strategies: CatalogEntry.strategies
        case .rules: CatalogEntry.rules
        case .problems: CatalogEntry.problems
        case .devices: CatalogEntry.devices
        case .stacks: CatalogEntry.stacks
        case .topologies:
            try BundledTopologies.names.compactMap { try BundledTopologies.topology(named: $0).map(CatalogEntry.init) }
        }
    }
}
