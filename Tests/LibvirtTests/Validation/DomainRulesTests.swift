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
        let registered = DomainRules.all.map { rule in String(describing: type(of: rule)) }
        #expect(registered == rules.map { String($0[1].dropLast(6)) }.sorted())
        #expect(Dictionary(grouping: rules, by: \.[0]).allSatisfy { $0.value.count <= 25 })
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

    /// Every name of that shape in the reader and the assignment of addresses is a rule's or a device's: a new one fails
    /// here, whatever it begins with.
    @Test func `every name that the reader gives is a rule`() throws {
        let known = Set(DomainRules.all.map(\.id.rawValue))
        let models = try String(
            contentsOf: PackageRoot.url.appendingPathComponent("Sources/LibvirtDomain/Reader/ModelNames.swift"),
            encoding: .utf8)
        var named: Set<String> = []
        for folder in ["Reader", "Addresses"] {
            for name in try PackageRoot.files(below: "Sources/LibvirtDomain/\(folder)", suffix: ".swift")
            where name != "ModelNames.swift" {
                let file = PackageRoot.url.appendingPathComponent("Sources/LibvirtDomain/\(folder)/\(name)")
                let text = try String(contentsOf: file, encoding: .utf8)
                for match in text.matches(of: /"[a-z0-9]+(-[a-z0-9]+)+"/) {
                    named.insert(String(match.output.0.dropFirst().dropLast()))
                }
            }
        }
        let unknown = named.subtracting(known).filter { !models.contains("\"\($0)\"") }
        #expect(unknown.sorted() == Self.otherNames)
        #expect(named.contains("pci-connection"))
    }

    /// Types of addresses.
    private static let otherNames = ["spapr-vio", "virtio-mmio", "virtio-s390"]

    @Test func `what the reader says under a name without a rule is given out`() throws {
        let text = Validating.domain(devices: "<sound model='ich9'><address type='pci' slot='1e'/></sound>")
        let document = try XMLDocument(text, file: "f")
        let domain = CheckedDomain(document, file: "f", host: Validating.recordedHost)
        #expect(domain.unclaimed(by: []).map(\.rule) == ["libvirt-number"])
        #expect(domain.unclaimed(by: Set(DomainRules.all.map(\.id))) == [])
    }
}
