import BerthDiagnostics
import BerthLibvirtDomain
import Foundation
import TestSupport
import Testing

/// A document that breaks one rule, and the smallest change that mends it.
struct RuleExample: CustomTestStringConvertible, Sendable {
    /// Who refuses the broken document: libvirt while defining it, libvirt or QEMU on the way to a start, or nobody.
    enum Refusal { case define, start, nothing }

    var rule: RuleID
    /// Nil where `RefusedDomain` has the sentence.
    var message: String?
    var severity: Severity
    /// What stands in the broken document, and in the mended one.
    var cure: (broken: String, mended: String)
    /// In the line that is shown, where that is not the line of the cure.
    var place: String?
    var machine: String
    var devices: String
    var more: String
    /// Changes of `Validating.domain` that both documents have.
    var edits: [(String, String)]
    /// Rules that say the same of this document in their own way.
    var also: [RuleID]
    var refusal: Refusal

    init(
        _ rule: RuleID, _ message: String?, severity: Severity = .error, cure: (String, String),
        at place: String? = nil,
        machine: String = "q35",
        devices: String = "", more: String = "", edits: [(String, String)] = [], also: [RuleID] = [],
        refusal: Refusal = .define
    ) {
        self.rule = rule
        self.message = message
        self.severity = severity
        self.cure = cure
        self.place = place
        self.machine = machine
        self.devices = devices
        self.more = more
        self.edits = edits
        self.also = also
        self.refusal = refusal
    }

    var testDescription: String { rule.rawValue }

    var broken: String {
        edits.reduce(Validating.domain(machine: machine, devices: devices, more: more)) { text, edit in
            text.replacing(edit.0, with: edit.1)
        }
    }

    /// Of what is wrong.
    var line: Int? {
        broken.range(of: place ?? cure.broken).map { 1 + broken[..<$0.lowerBound].filter { $0 == "\n" }.count }
    }

    var mended: String { broken.replacing(cure.broken, with: cure.mended) }

    static let all = first + second
}

@Suite struct RuleExampleTests {
    @Test(arguments: RuleExample.all)
    func `a rule fires where it is broken and nowhere else`(example: RuleExample) throws {
        _ = try #require(Validating.schema, "install the Debian package libvirt0")
        #expect(example.broken.contains(example.cure.broken))
        // The schema has its own words for some of them.
        let found = Validating.findings(example.broken).filter { !$0.rule.rawValue.hasPrefix("schema-") }
        let own = found.filter { $0.rule == example.rule }
        #expect(own.map(\.severity) == [example.severity], "\(found)")
        if let message = example.message { #expect(own.map(\.message) == [message]) }
        #expect(own.map(\.location?.line) == [example.line])
        #expect(own.allSatisfy { $0.excerpt != nil && $0.fix?.isEmpty == false })
        #expect(Set(found.map(\.rule)) == Set([example.rule] + example.also), "\(found)")
        #expect(Validating.findings(example.mended).map(\.description) == [])
    }

    /// The words are libvirt's own where it defines no such document.
    @Test func `the libvirt of this machine says the same`() async throws {
        func documents(_ prefix: String, _ text: (RuleExample) -> String) -> [RandomDomain] {
            RuleExample.all.enumerated().map { index, example in
                let name = "\(prefix)\(index)"
                return RandomDomain(
                    name: name, xml: text(example).replacing("<name>guest<", with: "<name>\(name)<"))
            }
        }
        let broken = try await RealLibvirt.shared.verdicts(on: documents("broken", \.broken))
        for (example, verdict) in zip(RuleExample.all, broken) {
            switch example.refusal {
            case .define:
                let said = Validating.findings(example.broken).first { $0.rule == example.rule }?.message
                #expect(
                    said.map { verdict.refusal?.hasSuffix($0) == true } == true,
                    "\(example.rule): \(verdict.refusal ?? "defined")")
            case .start:
                #expect(verdict.definition != nil, "\(example.rule): \(verdict.refusal ?? "")")
                #expect(verdict.devices == nil, "\(example.rule)")
            case .nothing: #expect(verdict.devices != nil, "\(example.rule): \(verdict.refusal ?? "")")
            }
        }
        let mended = try await RealLibvirt.shared.verdicts(on: documents("mended", \.mended))
        for (example, verdict) in zip(RuleExample.all, mended) {
            #expect(verdict.definition != nil, "\(example.rule): \(verdict.refusal ?? "")")
        }
    }

    @Test(arguments: [
        ("ssl verify='no'", "ssl", "https, ftps"), ("timeout seconds='3'", "timeout", "http, https, ftp, ftps"),
        ("readahead size='65536'", "readahead", "http, https, ftp, ftps"),
    ])
    func `what libvirt reads for some protocols it drops for others`(element: String, name: String, protocols: String) {
        func found(_ network: String) -> [String] {
            let disk = """
                <disk type='network'><source protocol='\(network)' name='x'><host name='h' port='80'/><\(element)/></source>
                <target dev='vda' bus='virtio'/><readonly/></disk>
                """
            return Validating.findings(Validating.domain(devices: disk)).filter { $0.rule == "network-option-dropped" }
                .map { "\($0.severity): \($0.message)" }
        }
        #expect(
            found("nbd") == [
                "warning: libvirt drops <\(name)>, which it reads for the protocols \(protocols) only"
            ])
        #expect(found("https") == [])
    }

    @Test func `more devices than any guest has are counted, not judged`() {
        func found(_ count: Int) -> [String] {
            let devices = Array(repeating: "<input type='mouse' bus='ps2'/>", count: count).joined()
            return Validating.findings(Validating.domain(devices: devices)).filter { $0.rule == "device-count" }
                .map(\.message)
        }
        // Three are there already.
        #expect(found(1997) == [])
        #expect(found(1998) == ["the domain has 2001 devices; more than 2000 are not read"])
    }
}
