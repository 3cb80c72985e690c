import Foundation
import TestSupport
import Testing

/// One document with one thing wrong, given to every verb that takes a domain: what it says, where, and its exit status.
@Suite struct BadValueTests {
    /// The hook is given its document as an argument and calls it `domain`.
    static let verbs = ["validate", "plan", "simulate", "compare", "apply", "convert", "hook"]

    enum Encoding { case utf8, utf16Little, utf16Big }

    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var replaced: String
        var by: String
        /// `LINE:COLUMN: SEVERITY: MESSAGE [rule]`; nil where nothing is wrong.
        var message: String?
        /// What validate says instead, where the schema or a rule of its own says more.
        var validated: String?
        var encoding = Encoding.utf8

        var testDescription: String { name }
        var isError: Bool { message?.contains(" error: ") == true }
        var isErrorToValidate: Bool { (validated ?? message)?.contains(" error: ") == true }
    }

    private static let document = """
        <domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
        <name>g</name>
        <memory unit='MiB'>2048</memory>
        <os><type arch='x86_64' machine='pc'>hvm</type></os>
        <features><acpi/></features>
        <devices>
        <sound model='ac97'><address type='pci' slot='5'/></sound>
        <hostdev mode='subsystem' type='pci'><driver name='vfio'/>
        <source><address domain='0' bus='0' slot='2' function='0'/></source><address type='pci' slot='2'/></hostdev>
        </devices>
        <qemu:commandline><qemu:arg value='-S'/></qemu:commandline>
        </domain>

        """

    private static func slot(_ text: String, _ message: String?) -> Case {
        Case(name: "slot='\(text)'", replaced: "slot='5'", by: "slot='\(text)'", message: message)
    }

    private static func number(_ attribute: String, _ text: String) -> String {
        "error: Invalid value for attribute '\(attribute)' in element 'address': '\(text)'. "
            + "Expected non-negative integer value [libvirt-number]"
    }

    private static let noMemory =
        "error: Memory size must be specified via <memory> or in the <numa> configuration [memory-size]"

    static let cases: [Case] = [
        slot("5", nil),
        slot("010", "7:41: warning: libvirt reads '010' as octal, which is 8 [octal-number]"),
        slot("1e", "7:41: \(number("slot", "1e"))"),
        slot("2 ", "7:41: \(number("slot", "2 "))"),
        slot(" 5", nil),
        slot(" 2", "9:69: error: Attempted double use of PCI Address 0000:00:02.0 [pci-double-use]"),
        slot("-2", "7:41: \(number("slot", "-2"))"),
        slot("0:0:0.f", "7:41: \(number("slot", "0:0:0.f"))"),
        slot("99999999999999999999", "7:41: \(number("slot", "99999999999999999999"))"),
        Case(
            name: "an address of the host", replaced: "slot='2' function='0'", by: "slot='0:0:0.f' function='0'",
            message: "9:37: \(number("slot", "0:0:0.f"))"),
        Case(
            name: "function='f'", replaced: "slot='2' function='0'", by: "slot='2' function='f'",
            message: "9:46: \(number("function", "f"))"),
        Case(
            name: "memory 1e", replaced: "2048", by: "1e",
            message: "3:1: error: Invalid value '1e' for element or attribute './memory[1]' [libvirt-number]"),
        Case(
            name: "a blank before the memory", replaced: "2048", by: " 2048", message: nil,
            validated: "3:1: error: <memory> is ' 2048'; expected text like [0-9]+ [schema-value]"),
        Case(name: "memory 010", replaced: "2048", by: "02048", message: nil),
        Case(name: "no memory", replaced: "<memory unit='MiB'>2048</memory>", by: "", message: "1:1: \(noMemory)"),
        Case(name: "memory 0", replaced: "2048", by: "0", message: "3:1: \(noMemory)"),
        Case(
            name: "a wrong namespace", replaced: "qemu/1.0", by: "qemu/2.0",
            message: "11:1: warning: <qemu:commandline> is not in the namespace "
                + "http://libvirt.org/schemas/domain/qemu/1.0; libvirt drops it [qemu-namespace]",
            validated:
                "11:1: error: <qemu:commandline> is in the namespace 'http://libvirt.org/schemas/domain/qemu/2.0'; "
                + "expected 'http://libvirt.org/schemas/domain/qemu/1.0' [schema-element]"),
        Case(
            name: "a missing closing tag", replaced: "</devices>\n", by: "",
            message: "11:10: error: Opening and ending tag mismatch: devices line 6 and domain [xml-syntax]"),
        Case(
            name: "no end", replaced: "</domain>\n", by: "",
            message: "12:1: error: Premature end of data in tag domain line 1 [xml-syntax]"),
        Case(
            name: "UTF-16, little endian", replaced: "slot='5'", by: "slot='1e'",
            message: "7:41: \(number("slot", "1e"))",
            encoding: .utf16Little),
        Case(
            name: "UTF-16, big endian", replaced: "slot='5'", by: "slot='1e'", message: "7:41: \(number("slot", "1e"))",
            encoding: .utf16Big),
        Case(
            name: "good UTF-16, little endian", replaced: "slot='5'", by: "slot='6'", message: nil,
            encoding: .utf16Little),
        Case(name: "good UTF-16, big endian", replaced: "slot='5'", by: "slot='6'", message: nil, encoding: .utf16Big),
        // Half a surrogate pair.
        Case(
            name: "broken UTF-16", replaced: "ac97", by: "\u{1f600}",
            message: "7:15: error: AttValue: ' expected [xml-syntax]",
            encoding: .utf16Little),
    ]

    @Test(arguments: cases, verbs)
    func `every verb says what is wrong and where`(bad: Case, verb: String) async throws {
        // An argument of a program is no UTF-16: its zeros would end it.
        if verb == "hook", bad.encoding != .utf8 { return }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("berth-\(UUID().uuidString).xml")
        defer { try? FileManager.default.removeItem(at: file) }
        let text = Self.document.replacing(bad.replaced, with: bad.by)
        try Data(Self.bytes(text, bad.encoding)).write(to: file)
        let isValidating = verb == "validate"
        let arguments =
            switch verb {
            case "validate": [verb, "--any-host", file.path]
            case "convert": [verb, "--machine", "q35", file.path]
            case "hook": [verb, "kubevirt", "--vmi", "{}", "--domain", text]
            default: [verb, file.path]
            }
        let run = try await BuiltTool.run(arguments, after: "ulimit -t 60")
        let isRefused = isValidating ? bad.isErrorToValidate : bad.isError
        #expect(run.status == (isRefused ? isValidating ? 1 : 65 : 0), "\(run.complaint)")
        let line = (isValidating ? bad.validated : nil) ?? bad.message
        let place = verb == "hook" ? "domain" : file.path
        if let line, isRefused, !isValidating {
            #expect(run.complaint == "\(place):\(line)\n")
            #expect(run.output == "")
        } else if let line {
            #expect((isValidating ? run.output : run.complaint).contains("\(place):\(line)\n"), "\(run.complaint)")
        } else {
            #expect(!(isValidating ? run.output : run.complaint).contains(" error: "), "\(run.complaint)")
            #expect(run.output != "")
        }
        // Nothing but our own words: libxml2 prints when it is left to itself.
        if isValidating { #expect(run.complaint == "") }
    }

    private static func bytes(_ text: String, _ encoding: Encoding) -> [UInt8] {
        let units = Array(text.utf16).filter { !UTF16.isTrailSurrogate($0) }
        switch encoding {
        case .utf8: return Array(text.utf8)
        case .utf16Little: return [0xff, 0xfe] + units.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        case .utf16Big: return [0xfe, 0xff] + units.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
        }
    }
}
