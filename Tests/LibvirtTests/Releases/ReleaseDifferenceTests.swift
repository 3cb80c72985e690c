import BerthDiagnostics
import BerthLibvirtDomain
import BerthLibvirtRules
import BerthPlacement
import BerthServices
import BerthStack
import BerthTopology
import BerthXML
import Foundation
import TestSupport
import Testing

/// What libvirt 9.0, 11.3 and 12.8 say, write back and start, and what is said, placed and started here.
@Suite struct ReleaseDifferenceTests {
    /// What QEMU refuses when libvirt starts it; libvirt itself asks nobody and defines such a domain.
    private static let rulesOfQEMU: Set<RuleID> = [
        "argument-words", "commandline-property", "commandline-property-type", "fw-cfg-once", "override-address",
        "override-property",
    ]

    struct Count {
        var right = 0
        var misses: [String] = []
        mutating func note(_ isRight: Bool, _ miss: @autoclosure () -> String) {
            if isRight { right += 1 } else { misses.append(miss()) }
        }
        var text: String { "\(right) of \(right + misses.count)" }
    }

    struct Counts {
        var verdicts = Count()
        var words = Count()
        var validated = Count()
        var planned = Count()
        var idempotent = Count()
        var arguments = Count()
        var all: [(String, Count)] {
            [
                ("verdict", verdicts), ("words", words), ("validate assigned", validated), ("plan assigned", planned),
                ("idempotent", idempotent), ("argv", arguments),
            ]
        }
    }

    /// Right and of how many; without a schema for what the schema alone says.
    private static let expected = [
        "verdicts-9.0": [160, 75, 85, 85, 85, 84], "verdicts-11.3": [160, 75, 85, 85, 85, 84],
        "verdicts-12.8": [160, 73, 87, 87, 87, 86], "features-11.3": [141, 49, 90, 90, 90, 83],
        "features-12.8": [141, 39, 94, 94, 94, 89],
    ]

    @Test(arguments: RecordedRelease.all)
    func `nothing differs from what was recorded`(source: RecordedRelease.Source) throws {
        let counts = try Self.count(source)
        for (name, count) in counts.all { #expect(count.misses == [], "\(source) \(name): \(count.text)") }
        #expect(counts.all.map(\.1.right) == Self.expected[source.description])
    }

    static func count(_ source: RecordedRelease.Source) throws -> Counts {
        var counts = Counts()
        let schema = RecordedRelease.schema(of: source.libvirt)
        let validator = DomainValidator(schema: schema, host: source.host)
        for document in try source.read() {
            let label = "\(source) \(document.name)"
            let errors = errors(validator, document.xml)
            // What libvirt takes and its own schema does not is at most a warning without that schema: what has no name in
            // the QEMU namespace aside, which is nothing to any release.
            let isRefused =
                !document.isAccepted || document.schema != "valid" && (schema != nil || document.hasStrayQEMUElements)
            counts.verdicts.note(
                errors.isEmpty != isRefused,
                "\(label) | libvirt: \(document.text ?? document.schema) | here: \(errors.map(\.description))")
            if let text = document.text {
                counts.words.note(
                    errors.map(\.message).contains(text), "\(label) | libvirt: \(text) | here: \(errors.map(\.message))"
                )
            }
            if let assigned = document.written, document.isAccepted {
                // What the schema refuses is written back as it was.
                let judge = document.schema == "valid" ? validator : DomainValidator(host: source.host)
                let errors = Self.errors(judge, assigned)
                counts.validated.note(errors.isEmpty, "\(label) | \(errors.map(\.description))")
                counts.planned.note(
                    Self.planRefusal(assigned, source) == nil, "\(label) | \(Self.planRefusal(assigned, source) ?? "")")
                let moved = Self.moved(document, assigned, source)
                counts.idempotent.note(moved.isEmpty, "\(label) | \(moved)")
            }
            if let devices = document.devices {
                let made = Self.devices(document.xml, source)
                counts.arguments.note(made == devices, "\(label) | \(Self.difference(made, devices))")
            }
        }
        return counts
    }

    private static func errors(_ validator: DomainValidator, _ text: String) -> [Finding] {
        validator.validate(Array(text.utf8), file: "f.xml").filter {
            $0.severity == .error && !rulesOfQEMU.contains($0.rule)
        }
    }

    private static func planRefusal(_ text: String, _ source: RecordedRelease.Source) -> String? {
        do throws(InputError) {
            let stack = Stack.named.first { $0.libvirt == source.libvirt && $0.qemu == source.qemu }
            let guest = try Services.guest(
                of: XMLDocument(text, file: "f.xml"), file: "f.xml", stack: StackChoice(named: stack)
            ).topology
            _ = try Services.boot(guest)
            return nil
        } catch {
            let own = error.findings.filter { !startRefusals.contains($0.rule) }
            return own.isEmpty ? nil : own.map(\.description).joined(separator: "; ")
        }
    }

    /// What QEMU itself says when libvirt starts what it defined: function 1 of a slot whose function 0 is alone, an option that
    /// is none, a bus that is not there. A microvm has no PCI, and no guest is made of it here.
    private static let startRefusals: Set<RuleID> = ["single-function", "qemu-option", "missing-bus", "machine-type"]

    /// PCI addresses of what libvirt wrote back: those it wrote, and those that come out for the document itself.
    private static func moved(
        _ document: RecordedRelease.Document, _ assigned: String, _ source: RecordedRelease.Source
    ) -> [String] {
        do {
            let xml = try XMLDocument(assigned, file: "a.xml")
            let wrote = DomainReader.read(xml, file: "a.xml", libvirt: source.libvirt).domain
            let again = try DomainDocument(xml, file: "a.xml", libvirt: source.libvirt).assigned()
            let first = try DomainDocument(
                XMLDocument(document.xml, file: "f.xml"), file: "f.xml", libvirt: source.libvirt
            ).assigned()
            func places(_ devices: [DomainDevice]) -> [String] {
                devices.compactMap { device in
                    device.address.pci.map {
                        "\(device.kind) \(device.type) \(device.model) \(device.index ?? -1) \($0)"
                    }
                }.sorted()
            }
            let theirs = places(wrote.devices)
            var found: [String] = []
            if places(again.devices) != theirs { found.append("again: \(difference(places(again.devices), theirs))") }
            if places(first.devices) != theirs { found.append("first: \(difference(places(first.devices), theirs))") }
            return found
        } catch {
            return ["\(error)"]
        }
    }

    private static func devices(_ text: String, _ source: RecordedRelease.Source) -> [String] {
        do {
            let document = try XMLDocument(text, file: "f.xml")
            let domain = try DomainDocument(document, file: "f.xml", libvirt: source.libvirt).assigned()
            return DomainArguments.devices(domain).map(\.json)
        } catch {
            return ["\(error)"]
        }
    }

    private static func difference(_ made: [String], _ recorded: [String]) -> String {
        let extra = made.filter { !recorded.contains($0) }
        let missing = recorded.filter { !made.contains($0) }
        return extra.isEmpty && missing.isEmpty ? "order" : "made \(extra), recorded \(missing)"
    }
}
