import BerthDiagnostics
import BerthLibvirtDomain
import BerthLibvirtRules
import BerthLogs
import BerthPlacement
import TestSupport
import Testing

/// Tables of the documentation are what the registries have; `make docs-tables` writes them anew.
struct TableTests {
    private func row(_ id: some CustomStringConvertible, _ summary: String) -> [String] { ["`\(id)`", summary] }

    @Test func `rules of domain XML`() throws {
        try MarkedTable.expect(
            DomainRules.all.map { row($0.id, $0.summary) }, under: ["rule", "claim"], named: "rules of domain XML",
            in: "docs/validate.md")
    }

    @Test func `what reading and the schema find`() throws {
        try MarkedTable.expect(
            SchemaRule.allCases.map { row($0.id, $0.summary) }, under: ["name", "claim"], named: "reading and schema",
            in: "docs/validate.md")
    }

    @Test func `messages of logs`() throws {
        try MarkedTable.expect(
            LogMessages.all.map { message in
                [
                    "`\(message.id)`", message.printer.rawValue, "`\(message.pattern.shown)`", message.releases,
                    message.meaning, message.symptom?.rawValue ?? "", message.help ?? "", message.source,
                ]
            }, under: ["message", "printed by", "says", "in", "means", "what the user sees", "what helps", "source"],
            named: "messages of logs", in: "docs/messages.md")
    }

    @Test func `rules of berths`() throws {
        try MarkedTable.expect(
            Rules.all.map { row($0.id, $0.summary) }.sorted { $0[0] < $1[0] }, under: ["rule", "claim"],
            named: "rules of berths", in: "docs/rules.md")
    }
}
