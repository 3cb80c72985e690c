import Foundation
import TestSupport
import Testing

/// What will happen to a guest as it is, with its logs.
struct DiagnoseTests {
    private static let folder = "Tests/CLITests/Golden/diagnose"
    private static let cases = "Tests/FieldTests/Cases"

    struct Field: Sendable, CustomTestStringConvertible {
        var name: String
        var arguments: [String]
        var status: Int
        var testDescription: String { name }
    }

    /// Field cases, each with a log.
    static let field = [
        Field(
            name: "18-alder-lake-on-8.0",
            arguments: [
                "--qemu-args", "\(cases)/18-alder-lake-on-8.0.args", "--host", "\(folder)/host", "--log",
                "\(folder)/alder-lake-host.log",
            ], status: 0),
        Field(
            name: "09-legacy-no-property",
            arguments: ["\(cases)/09-legacy-no-property.xml", "--log", "\(folder)/legacy-mix.log"], status: 0),
        Field(
            name: "08-behind-root-port",
            arguments: ["\(cases)/08-behind-root-port.xml", "--log", "\(folder)/root-port-host.log"], status: 0),
        Field(
            name: "06-virtual-function",
            arguments: ["\(cases)/06-virtual-function.xml", "--log", "\(folder)/virtual-function.log"], status: 0),
        Field(
            name: "16-opregion-by-hand",
            arguments: [
                "\(cases)/16-opregion-by-hand.xml", "--log", "\(folder)/by-hand.log", "--qemu-version", "10.1",
            ], status: 1),
    ]

    @Test(arguments: field)
    func `a field case and its log`(field: Field) async throws {
        let run = try await BuiltTool.run(["diagnose"] + field.arguments)
        #expect(run.status == field.status, "\(run.complaint)")
        try Golden.expect(run.output, equals: "\(Self.folder)/\(field.name).txt")
        for line in run.output.split(separator: "\n") { #expect(line.count <= 100 && line.last != " ", "\(line)") }
    }

    @Test func `a diagnosis has its documented keys`() async throws {
        let run = try await BuiltTool.run(["diagnose"] + Self.field[0].arguments + ["--format", "json"])
        let object = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        #expect(
            Set(object.keys) == [
                "name", "purpose", "verdict", "sentence", "problems", "notes", "messages", "regions", "logs", "log",
            ])
        #expect(object["verdict"] as? String == "degraded")
        let log = try #require(object["log"] as? [[String: Any]])
        let fault = try #require(log.first { $0["id"] as? String == "dmar-fault" })
        #expect(fault["count"] as? Int == 4 && fault["line"] as? Int == 9)
        let values = try #require(fault["values"] as? [[String: Any]])
        let address = try #require(values.first { $0["name"] as? String == "address" })
        #expect(address["address"] as? Int == 0x7ca0_0000)
        #expect(
            (address["places"] as? [String])?.first == "inside the host's stolen memory (0x7c800000-0x807fffff)")
    }

    @Test(arguments: [
        (
            ["09-legacy-no-property.xml", "--log", "17-watchdog.xml"],
            "this is a libvirt domain (XML); give it as INPUT"
        ),
        (["18-alder-lake.host.txt"], "this is a host's list of PCI devices; expected"),
        (
            ["09-legacy-no-property.xml", "--log", "18-alder-lake.host.txt"],
            "this is a dump of lspci; give it as --host"
        ),
    ])
    func `one line says what was recognised`(arguments: [String], words: String) async throws {
        let run = try await BuiltTool.run(
            ["diagnose"] + arguments.map { $0.hasPrefix("-") ? $0 : "\(Self.cases)/\($0)" })
        #expect(run.status == 65)
        #expect(run.output == "")
        #expect(run.complaint.contains("error: \(words)"))
    }

    @Test(arguments: [
        ("OpRegion detected on Intel display 7d67.", "Arrow Lake, Xe-LPG", "8086:7d67 (Arrow Lake)"),
        (
            "xe 0000:00:02.0: [drm] Found pantherlake (device ID b0a0) integrated display version 30.00 stepping B0",
            "Panther Lake, Xe3", "8086:b0a0 (Panther Lake)"
        ),
        ("pci 0000:00:02.0: [8086:4c8a] type 00 class 0x030000", "Rocket Lake, gen 12", "8086:4c8a (Rocket Lake)"),
        // A card of Intel's is no IGD, and two are one too many.
        ("pci 0000:03:00.0: [8086:56a0] type 00 class 0x030000", "Kaby Lake, gen 9", nil),
        ("[8086:4c8a] type 00 class 0x03\n[8086:a7a0] type 00 class 0x03", "Kaby Lake, gen 9", nil),
    ])
    func `a log tells which IGD it is, where nothing else does`(
        line: String, generation: String, told: String?
    ) async throws {
        let log = FileManager.default.temporaryDirectory.appendingPathComponent("log-\(UUID().uuidString)").path
        try Data("\(line)\n".utf8).write(to: URL(fileURLWithPath: log))
        defer { try? FileManager.default.removeItem(atPath: log) }
        let arguments = [
            "-machine", "q35,accel=kvm", "-cpu", "host", "-m", "4G", "-device", "vfio-pci,host=00:02.0,addr=2",
        ]
        let run = try await BuiltTool.run(["diagnose", "--log", log, "--"] + arguments)
        #expect(run.output.contains("(\(generation)) at 00:02.0"), "\(run.output)")
        #expect(run.complaint.contains("Kaby Lake is assumed") == (told == nil))
        if let told {
            #expect(
                run.complaint.contains("\(log):1:1: note: the IGD is \(told) by this line; --host tells more [log]"))
        }
    }

    @Test func `a log as INPUT is named`() async throws {
        let run = try await BuiltTool.run(["diagnose", "\(Self.folder)/alder-lake-host.log"])
        #expect(run.status == 65)
        #expect(run.complaint.contains("error: this is a log (a kernel's"))
    }

    @Test func `what a fix writes has the problem no more`() async throws {
        let domain = "\(Self.cases)/09-legacy-no-property.xml"
        let windows = ["--guest", "windows-11"]
        let problem = "stolen-memory-elsewhere"
        let run = try await BuiltTool.run(["apply", "--fix", problem, domain] + windows)
        #expect(run.status == 0, "\(run.complaint)")
        let after = try await BuiltTool.run(["diagnose", "-", "--format", "json"] + windows, input: run.output)
        let before = try await BuiltTool.run(["diagnose", domain, "--format", "json"] + windows)
        #expect(before.output.contains("\"\(problem)\""))
        #expect(!after.output.contains("\"\(problem)\""))
    }

    @Test func `a fix that the guest does not need is named with those it needs`() async throws {
        let run = try await BuiltTool.run(
            ["apply", "--fix", "linux-without-opregoin", "\(Self.cases)/08-behind-root-port.xml"])
        #expect(run.status == 64)
        #expect(run.complaint.contains("did you mean 'linux-without-opregion'?"))
    }

    @Test func `a bundle is written whole, without names, and read again`() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bundle-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let domain = "\(Self.cases)/08-behind-root-port.xml"
        let run = try await BuiltTool.run(["diagnose", "--collect", folder, "--domain", domain, "--redact"])
        #expect(run.status == 0, "\(run.complaint)")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(Set(names).isSuperset(of: ["guest.xml", "about.txt", "versions.txt"]))
        let guest = try String(contentsOfFile: "\(folder)/guest.xml", encoding: .utf8)
        #expect(!guest.contains("mediabox") && guest.contains("<name>guest-1</name>"))
        // Dumps of the machine that tests run on say nothing of an IGD.
        try? FileManager.default.removeItem(atPath: "\(folder)/host")
        try? FileManager.default.removeItem(atPath: "\(folder)/logs")
        let read = try await BuiltTool.run(["diagnose", folder])
        #expect(read.output.hasPrefix("guest-1: "))
        let again = try await BuiltTool.run(["diagnose", "--collect", folder, "--domain", domain])
        #expect(again.status == 73 && again.complaint.contains("it is there already"))
    }

    @Test func `what goes with a bundle goes with nothing else`() async throws {
        let run = try await BuiltTool.run(["diagnose", "Topologies/pc-seabios-gen9.yaml", "--redact"])
        #expect(run.status == 64 && run.complaint.contains("go with --collect"))
    }
}
