import BerthDiagnostics
import BerthLibvirtEditing
import BerthStack
import BerthTopology
import Foundation
import TestSupport
import Testing

@Suite struct ConversionTests {
    private func converted(_ name: String, to machine: MachineType) throws -> MachineConversion.Result {
        try MachineConversion.convert(SampleDocuments.bytes(name), file: "\(name).xml", to: machine)
    }

    @Test(arguments: SampleDocuments.names, MachineType.allCases)
    func `libvirt takes what comes out`(name: String, machine: MachineType) async throws {
        let result = try converted(name, to: machine)
        let text = String(decoding: result.bytes, as: UTF8.self)
        let messages = result.findings.map(\.description).joined(separator: "\n")
        try Golden.expect(
            text + "\n" + messages + "\n",
            equals: "Tests/LibvirtTests/Golden/convert/\(name)-to-\(machine.rawValue).txt")
        #expect(result.findings.allSatisfy { $0.severity < .error })
        _ = try await RealLibvirt.shared.definition(of: SampleDocuments.emulated(result.bytes))
        let again = try MachineConversion.convert(result.bytes, file: "f", to: machine)
        #expect(again.bytes == result.bytes)
        #expect(again.findings == [])
    }

    @Test(arguments: SampleDocuments.names, MachineType.allCases)
    func `there and back is taken, too`(name: String, machine: MachineType) async throws {
        let there = try converted(name, to: machine)
        let other: MachineType = machine == .pc ? .q35 : .pc
        let back = try MachineConversion.convert(there.bytes, file: "f", to: other)
        _ = try await RealLibvirt.shared.definition(of: SampleDocuments.emulated(back.bytes))
    }

    @Test(arguments: [
        (
            "<watchdog model='itco'/>", "<watchdog model='i6300esb'/>",
            ["note convert-watchdog"]
        ),
        ("<watchdog model='i6300esb'/><watchdog model='itco'/>", "<watchdog model='i6300esb'/>", []),
        ("<watchdog model='tco'/>", "<watchdog model='tco'/>", ["warning device-model"]),
    ])
    func `the watchdog of ICH9 is not one more on a pc`(written: String, expected: String, rules: [String]) throws {
        let text = """
            <domain type='qemu'><name>x</name><memory>65536</memory><os><type machine='q35'>hvm</type></os>
            <devices>\(written)</devices></domain>
            """
        let stack = StackChoice(libvirt: .newestMeasured)
        let result = try MachineConversion.convert(Array(text.utf8), file: "f", to: .pc, stack: stack)
        #expect(result.findings.map { "\($0.severity) \($0.rule)" } == rules)
        #expect(result.after == text.replacing(written, with: expected).replacing("'q35'", with: "'pc'"))
    }

    @Test func `a machine without PCI is refused`() {
        let text =
            "<domain type='qemu'>\n  <name>x</name><memory>1</memory>\n<os><type machine='isapc'>hvm</type></os></domain>"
        let error = #expect(throws: InputError.self) {
            try MachineConversion.convert(Array(text.utf8), file: "f", to: .q35)
        }
        #expect(error?.description == "f:3:5: error: the machine 'isapc' is neither a pc nor a q35 [convert-machine]")
    }

    @Test func `what is no domain is refused`() {
        for text in ["<network/>", "<domain", "", "<domain><devices><controller type='x'/></devices></domain>"] {
            #expect(throws: InputError.self) {
                try MachineConversion.convert(Array(text.utf8), file: "f", to: .pc)
            }
        }
    }
}

/// Domains as people have them, in `Golden/documents`.
enum SampleDocuments {
    static let names = ["bare-pc", "expanders-q35", "hand-written-pc", "virt-manager-q35"]

    /// The same without KVM, which a machine that runs tests need not have.
    static func emulated(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
            .replacing("<domain type='kvm'", with: "<domain type='qemu'")
            .replacing("<domain type=\"kvm\"", with: "<domain type=\"qemu\"")
            .replacing("<cpu mode='host-passthrough' check='none' migratable='on'/>", with: "")
    }

    static func bytes(_ name: String) throws -> [UInt8] {
        Array(
            try Data(
                contentsOf: PackageRoot.url.appendingPathComponent("Tests/LibvirtTests/Golden/documents/\(name).xml")))
    }
}
