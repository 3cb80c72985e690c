import Foundation
import TestSupport

/// One page of `docs/catalog`, in the words of the catalogue.
struct CatalogPage {
    /// The folder of its kind.
    let kind: Kind
    let id: String
    let summary: String
    private var lines: [String] = []

    enum Kind: String, CaseIterable {
        case strategies, rules, problems
        case domainRules = "domain-rules"

        /// As the index names the kind.
        var title: String {
            switch self {
            case .strategies: "Strategies"
            case .rules: "Rules of berths"
            case .problems: "Problems"
            case .domainRules: "Rules of domain XML"
            }
        }

        /// The page by hand that says what all of a kind have in common.
        var page: String {
            switch self {
            case .strategies: "strategies.md"
            case .rules: "rules.md"
            case .problems: "problems.md"
            case .domainRules: "validate.md"
            }
        }

        /// What `berth catalog` calls it.
        var catalog: String { self == .domainRules ? "rules" : rawValue }
    }

    init(_ kind: Kind, _ id: String, summary: String, documentation: String) {
        self.kind = kind
        self.id = id
        self.summary = summary
        for paragraph in documentation.components(separatedBy: "\n\n") {
            say(paragraph.split(whereSeparator: \.isWhitespace).joined(separator: " "))
        }
    }

    /// A paragraph of plain words.
    mutating func say(_ words: String) { lines += [Self.escaped(words), ""] }

    /// A paragraph that is Markdown already.
    mutating func add(_ markdown: String) { lines += [markdown, ""] }

    mutating func heading(_ words: String) { lines += ["## \(words)", ""] }

    /// Cells are Markdown.
    mutating func table(_ heading: [String], _ rows: [[String]]) {
        func row(_ cells: [String]) -> String {
            "| \(cells.map { $0.replacingOccurrences(of: "|", with: "\\|") }.joined(separator: " | ")) |"
        }
        lines += [row(heading), "|" + heading.map { _ in "---|" }.joined()] + rows.map(row) + [""]
    }

    /// The same of a list that may be empty, which is said then.
    mutating func table<Row>(_ heading: [String], _ rows: [Row], orSay words: String, cells: (Row) -> [String]) {
        if rows.isEmpty { say(words) } else { table(heading, rows.map(cells)) }
    }

    mutating func sources(_ sources: [String]) {
        guard !sources.isEmpty else { return }
        heading("Sources")
        lines += sources.map { "* \(Self.escaped($0))" } + [""]
    }

    var path: String { "docs/catalog/\(kind.rawValue)/\(id).md" }

    var text: String {
        let command = "`berth catalog \(kind.catalog) \(id)`"
        let place =
            "[\(kind.title)](../README.md#\(Self.anchor(kind.title))), [what they have in common](../../\(kind.page))"
        return
            (["# `\(id)`", "", "**\(Self.escaped(summary))**", ""] + lines
            + ["\(place); \(command) prints this without the examples.", ""]).joined(separator: "\n")
    }

    /// Plain words as Markdown: nothing in them is markup.
    static func escaped(_ words: String) -> String {
        var text = ""
        for character in words {
            switch character {
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "&": text += "&amp;"
            case "*", "`", "[", "]", "\\": text += "\\\(character)"
            default: text.append(character)
            }
        }
        return text
    }

    /// As GitHub makes the name of a heading.
    static func anchor(_ heading: String) -> String {
        heading.lowercased().replacingOccurrences(of: " ", with: "-")
    }
}
