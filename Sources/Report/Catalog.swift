import BerthDiagnostics
import BerthLibvirtDomain
import BerthLibvirtRules
import BerthPlacement
import BerthPCI
import BerthStack
package import BerthTopology

/// What `berth catalog` lists: anything with a name, a line and sources.
package struct CatalogEntry: Codable, Hashable, Sendable {
    package var id: String
    package var summary: String
    package var documentation: String?
    package var sources: [String]

    package init(id: String, summary: String, documentation: String? = nil, sources: [String]) {
        self.id = id
        self.summary = summary
        self.documentation = documentation
        self.sources = sources
    }

    package static let strategies = Strategies.all.map {
        CatalogEntry(
            id: $0.id.rawValue, summary: $0.summary,
            documentation:
                "\($0.documentation)\n\nIdea: \($0.origin.idea).\nShipped by: \($0.origin.shippedBy ?? "nobody").",
            sources: $0.sources)
    }

    /// What users run into.
    package static let problems = Problems.all.map {
        CatalogEntry(id: $0.id.rawValue, summary: $0.summary, documentation: $0.documentation, sources: $0.sources)
    }

    /// Rules that judge berths, problems that decide verdicts, then the rules of domain XML and of its schema.
    package static let rules =
        Rules.all.map {
            CatalogEntry(id: $0.id.rawValue, summary: $0.summary, documentation: $0.documentation, sources: $0.sources)
        }
        + problems
        + DomainRules.all.map {
            CatalogEntry(id: $0.id.rawValue, summary: $0.summary, documentation: $0.documentation, sources: $0.sources)
        }.sorted { $0.id < $1.id }
        + SchemaRule.allCases.map {
            CatalogEntry(
                id: $0.rawValue, summary: $0.summary, documentation: $0.documentation,
                sources: ["libvirt src/conf/schemas/domain.rng", "libxml2"])
        }

    package static var devices: [CatalogEntry] { DeviceCatalogue.models.map(CatalogEntry.init) }

    package static let stacks = NamedStack.all.map(CatalogEntry.init)

    private init(_ named: NamedStack) {
        let parts = named.stack.parts
        let measured = parts.filter(\.isMeasured)
        let standing =
            measured.count == parts.count
            ? "measured"
            : measured.isEmpty
                ? "not measured" : "measured: \(measured.map(\.product).joined(separator: ", "))"
        let shown = parts.map { "\($0.product) \($0.release)" }
        self.init(
            id: named.name, summary: "\(named.title): \(shown.joined(separator: ", ")); \(standing)",
            documentation: zip(parts, shown).map { part, name in
                "\(name): \(part.isMeasured ? "measured" : "not measured")"
            }.joined(separator: "\n"),
            sources: [named.source])
    }

    package init(_ topology: GuestTopology) {
        self.init(
            id: topology.name, summary: topology.summary, documentation: Descriptions.guest(ReportedGuest(topology)),
            sources: ["Topologies/\(topology.name).yaml"])
    }

    private init(_ model: DeviceModel) {
        var lines = [
            "class \(model.classCode)\(model.classCode.name.map { ", \($0)" } ?? ""), revision \(model.revision)"
        ]
        if let port = model.portType { lines.append("PCI Express \(port)") }
        lines += model.bars.map { "\($0.index): \($0.kind)" }
        self.init(
            id: model.name, summary: model.summary, documentation: lines.joined(separator: "\n"),
            sources: ["QEMU 7.2.22, query-pci and configuration space before firmware ran"])
    }
}

/// Lists and single entries for people.
package enum CatalogText {
    package static func list(_ entries: [CatalogEntry]) -> String {
        let width = entries.map(\.id.count).max() ?? 0
        var layout = TextLayout()
        for entry in entries { layout.field(entry.id, entry.summary, indent: 0, column: width + 2) }
        return layout.text
    }

    package static func entry(_ entry: CatalogEntry) -> String {
        var layout = TextLayout()
        layout.line("\(entry.id): \(entry.summary)")
        if let documentation = entry.documentation {
            layout.blank()
            for line in documentation.split(separator: "\n", omittingEmptySubsequences: false) {
                layout.line(String(line), hanging: 0)
            }
        }
        layout.blank()
        layout.line("Sources")
        for source in entry.sources { layout.line(source, indent: 2) }
        return layout.text
    }
}
