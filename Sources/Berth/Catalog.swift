import BerthReport

/// What Berth knows, as lists for people: strategies, rules, device models, guests.
public enum Catalog {
    /// Every idea of where a region could lie, in the order in which ties between plans are broken.
    public static var strategies: [Entry] { CatalogEntry.strategies.map(Entry.init) }

    /// Rules that judge berths, problems that decide verdicts, then the rules of domain XML and of its schema.
    public static var rules: [Entry] { CatalogEntry.rules.map(Entry.init) }

    /// QEMU's device models.
    public static var devices: [Entry] { CatalogEntry.devices.map(Entry.init) }

    /// What distributions ship together, by the names that `Stack.named(_:)` takes.
    public static var stacks: [Entry] { CatalogEntry.stacks.map(Entry.init) }

    /// The guests that come with Berth, by the names that `Guest.init(bundled:)` takes.
    public static var guests: [Entry] {
        Guest.bundledNames.compactMap { name in
            Guest(bundled: name).map { Entry(CatalogEntry($0.topology)) }
        }
    }
}

extension Catalog {
    /// One thing that Berth knows, with what it rests on.
    public struct Entry: Hashable, Sendable {
        /// The name, as messages and options have it.
        public let id: String
        /// One line.
        public let summary: String
        /// What it is or checks, why, and what helps; nil where the summary says it all.
        public let documentation: String?
        /// Where that is written.
        public let sources: [String]

        init(_ entry: CatalogEntry) {
            id = entry.id
            summary = entry.summary
            documentation = entry.documentation
            sources = entry.sources
        }
    }
}
