import BerthDiagnostics
import BerthLibvirt
import BerthPlacement
import Foundation
import TestSupport
import Testing

@Suite struct DomainRulesTests {
    @Test func `the registry equals the folder`() throws {
        let files = try PackageRoot.files(below: "Sources/Libvirt/Rules", suffix: ".swift")
        let names = files.map { String($0.dropLast(6)) }.filter { $0 != "DomainRules" }
        let registered = DomainRules.all.map { rule in String(describing: type(of: rule)) }
        #expect(registered == names.sorted())
    }

    @Test func `ids are unique, also among the rules of placements and of the schema`() {
        let ids = DomainRules.all.map(\.id) + Rules.all.map(\.id) + SchemaRule.allCases.map(\.id)
        #expect(Set(ids).count == ids.count)
    }

    @Test func `every rule has a summary, a documentation and sources`() {
        for rule in DomainRules.all {
            #expect(!rule.summary.isEmpty && rule.summary.count <= 75, "\(rule.id)")
            #expect(rule.documentation.hasSuffix("."), "\(rule.id)")
            #expect(!rule.sources.isEmpty, "\(rule.id)")
        }
    }

    @Test func `every rule is in the documentation`() throws {
        let page = try String(contentsOf: PackageRoot.url.appendingPathComponent("docs/validate.md"), encoding: .utf8)
        for rule in DomainRules.all { #expect(page.contains("| `\(rule.id)` | \(rule.summary) |"), "\(rule.id)") }
        for rule in SchemaRule.allCases { #expect(page.contains("| `\(rule.id)` | \(rule.summary) |"), "\(rule.id)") }
    }

    /// What reader and assignment refuse has a rule that explains it.
    @Test func `every name that the reader gives is a rule`() throws {
        let known = Set(DomainRules.all.map(\.id.rawValue))
        var named: Set<String> = []
        for folder in ["Reader", "Addresses"] {
            for name in try PackageRoot.files(below: "Sources/Libvirt/\(folder)", suffix: ".swift") {
                let file = PackageRoot.url.appendingPathComponent("Sources/Libvirt/\(folder)/\(name)")
                let text = try String(contentsOf: file, encoding: .utf8)
                for match in text.matches(
                    of: /"(libvirt|pci|root|controller|override|missing|device|address|usb)-[a-z-]+"/)
                {
                    named.insert(String(match.output.0.dropFirst().dropLast()))
                }
            }
        }
        let others: Set = [
            "pci-bridge", "pci-root", "pci-expander-bus", "pci-serial", "pci-ohci", "usb-net", "usb-serial",
        ]
        #expect(named.subtracting(others).subtracting(known) == [])
        #expect(named.contains("pci-connection"))
    }
}
