import BerthDiagnostics
import BerthLibvirtDomain
import BerthLibvirtRules
import BerthPlacement
import BerthXML
import Foundation
import TestSupport
import Testing

@Suite struct DomainRulesTests {
    @Test func `the registry equals the folders`() throws {
        let files = try PackageRoot.files(below: "Sources/LibvirtRules", suffix: ".swift").map {
            $0.split(separator: "/")
        }
        let rules = files.filter { $0.count == 2 && $0[0] != "Validation" }
        let single = DomainRules.single.map { String(describing: type(of: $0)) }
        let registered = single + DomainRules.tables.map { String(describing: $0) }
        #expect(registered.sorted() == rules.map { String($0[1].dropLast(6)) }.sorted())
        #expect(Dictionary(grouping: rules, by: \.[0]).allSatisfy { $0.value.count <= 25 })
    }

    @Test func `a table has every row that its file declares`() throws {
        for table in DomainRules.tables {
            let name = String(describing: table)
            let path = try #require(
                PackageRoot.files(below: "Sources/LibvirtRules", suffix: "/\(name).swift").first)
            let file = PackageRoot.url.appendingPathComponent("Sources/LibvirtRules/\(path)")
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(table.all.count == text.matches(of: /static let \w+ = RuleRow\./).count, "\(name)")
        }
    }

    @Test func `what the reader can claim is in the catalogue`() throws {
        var declared = 0
        for name in try PackageRoot.files(below: "Sources/LibvirtDomain/Rules", suffix: ".swift") {
            let file = PackageRoot.url.appendingPathComponent("Sources/LibvirtDomain/Rules/\(name)")
            declared += try String(contentsOf: file, encoding: .utf8).matches(of: /static let \w+ = DomainRule\(/).count
        }
        #expect(Set(DomainRule.ofReading).count == declared)
        #expect(DomainRule.ofReading.allSatisfy { DomainRules.all.contains($0) })
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
}
