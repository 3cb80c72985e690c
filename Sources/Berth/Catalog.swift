import BerthReport

/// What Berth knows, as lists for people: strategies, rules, device models, guests.
public enum Catalog {
    /// Every idea of where a region could lie, in the order in which ties between plans are broken.
    public static var strategies: [CatalogEntry] { BerthReport.CatalogEntry.strategies.map(CatalogEntry.init) }

    /// Rules that judge berths, problems that decide verdicts, then the rules of domain XML and of its schema.
    public static var rules: [CatalogEntry] { BerthReport.CatalogEntry.rules.map(CatalogEntry.init) }

    /// QEMU's device models.
    public static var devices: [CatalogEntry] { BerthReport.CatalogEntry.devices.map(CatalogEntry.init) }

    /// The guests that come with Berth, by the names that `Guest.init(bundled:)` takes.
    public static var guests: [CatalogEntry] {
        Guest.bundledNames.compactMap { name in
            Guest(bundled: name).map { CatalogEntry(BerthReport.CatalogEntry($0.topology)) }
        }
    }
}

/// One thing that Berth knows, with what it rests on.
public struct CatalogEntry: Hashable, Sendable {
    /// The name, as messages and options have it.
    public let id: String
    /// One line.
    public let summary: String
    /// What it is or checks, why, and what helps; nil where the summary says it all.
    public let documentation: String?
    /// Where that is written.
    public let sources: [String]

    init(_ entry: BerthReport.CatalogEntry) {
        id = entry.id
        summary = entry.summary
        documentation = entry.documentation
        sources = entry.sources
    }
}
