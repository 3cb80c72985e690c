import BerthBundled
import Foundation
import TestSupport
import Testing

/// What the tool answers to input that is there, missing, broken or endless, and to output it cannot write.
struct ExitStatusTests {
    private static let guest = "Topologies/pc-seabios-gen9.yaml"

    /// A folder for one test.
    private func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("berth-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    @Test(arguments: [
        (["plan", guest], 0), (["plan"], 0), (["simulate", guest], 0), (["catalog", "rules"], 0), (["--version"], 0),
        (["--help"], 0), (["plan", "Topologies/q35-nothing-fits.yaml"], 0),
        (["plan", "Topologies/q35-nothing-fits.yaml", "--guest", "windows-10"], 1),
        (["plan", guest, "--strategy", "igd-bar5"], 1),
        (["plan", guest, "--strategy", "lpc-bridge", "--format", "qemu"], 1),
        (["sail"], 64), (["plan", "--sail"], 64), (["plan", guest, "--format", "png"], 64), (["catalog"], 64),
        (["catalog", "ships"], 64), (["plan", "Topologies"], 65), (["plan", "/nowhere/at/all.yaml"], 66),
        (["simulate", "/nowhere/at/all.yaml"], 66), (["plan", guest, "--host", "/nowhere/at/all"], 66),
        (["host", "/nowhere/at/all"], 66), (["catalog", "rules", "register-rich"], 66),
        (["plan", guest, "-o", "/nowhere/at/all/plan.txt"], 73),
    ])
    func `exit statuses`(arguments: [String], status: Int) async throws {
        let run = try await BuiltTool.run(arguments)
        #expect(run.status == status, "\(run.complaint)")
        if status > 1 { #expect(run.output == "") }
        #expect(run.complaint.isEmpty == (status == 0 || run.output.isEmpty == false))
    }

    @Test(arguments: [
        (
            "topologies", "q35-bussy",
            "error: there is no 'q35-bussy' among the topologies; did you mean 'q35-busy'?; there are ovmf-32bit-reach, "
        ),
        (
            "strategies", "foo",
            "error: there is no 'foo' among the strategies; there are nothing-to-place, firmware-reserved, "
        ),
        (
            "rules", "memory-siz",
            "error: there is no 'memory-siz' among the rules; did you mean 'memory-size'?; there are memory-address, "
                + "memory-backing-source, memory-guarantee, "
        ),
        ("devices", "foo", "error: there is no 'foo' among the devices; 'berth catalog devices' lists all "),
    ])
    func `a name that is not in the catalogue is told which are`(kind: String, name: String, start: String) async throws
    {
        let run = try await BuiltTool.run(["catalog", kind, name])
        #expect(run.status == 66)
        #expect(run.output == "")
        #expect(run.complaint.hasPrefix(start) && run.complaint.hasSuffix(" [catalog]\n"), "\(run.complaint)")
        #expect(run.complaint.split(separator: "\n").count == 1)
        // The short ones are listed whole.
        if kind == "topologies" || kind == "strategies" {
            let list = try await BuiltTool.run(["catalog", kind, "--format", "json"])
            let entries = try #require(
                try JSONSerialization.jsonObject(with: Data(list.output.utf8)) as? [[String: Any]])
            let names = entries.compactMap { $0["id"] as? String }
            #expect(names.count == entries.count)
            #expect(run.complaint.hasSuffix("; there are \(names.joined(separator: ", ")) [catalog]\n"))
        }
    }

    @Test func `XML is a libvirt domain`() async throws {
        let run = try await BuiltTool.run(["plan", "-"], input: "<!-- a comment -->\n<domain type='kvm'/>\n")
        #expect(run.status == 65)
        #expect(
            run.complaint
                == "-:2:1: error: Memory size must be specified via <memory> or in the <numa> configuration [memory-size]\n"
        )
    }

    @Test(arguments: [
        ("Topologies", 65, "Topologies:1:1: error: this is a directory; expected a file [input]\n"),
        ("missing.yaml", 66, "missing.yaml:1:1: error: there is no such file [input]\n"),
        ("/dev/zero", 65, "/dev/zero:1:1: error: the input has more than 67108864 bytes [input]\n"),
        (
            "/dev/null", 65,
            "/dev/null:1:1: error: the file is empty; a topology file has at least 'machine' and 'memory' [yaml]\n"
        ),
    ])
    func `input that is no file is one line`(path: String, status: Int, complaint: String) async throws {
        for verb in ["plan", "simulate"] {
            let run = try await BuiltTool.run([verb, path])
            #expect(run.status == status)
            #expect(run.complaint == complaint)
            #expect(run.output == "")
        }
    }

    @Test(
        arguments: [
            ("", 1, "the file is empty; a topology file has at least 'machine' and 'memory' [yaml]"),
            ("machine: q53\nmemory: 2GiB\n", 1, nil), ("machine: pc\nmemory: 0\n", 2, nil),
            ("machine: pc\nmemory: 1TiB\n", 2, nil), ("machine: pc\nigd:\n\tplatform: skylake\n", 3, nil),
            ("a: &a [b]\n", 1, nil), ("machine: pc\nmemory: 2GiB\nmachines: 3\n", 3, nil),
            ("machine: \u{0}\n", 1, nil),
        ] as [(String, Int, String?)])
    func `bad standard input is one line with its position`(text: String, line: Int, message: String?) async throws {
        let run = try await BuiltTool.run(["plan", "-", "-o", "/tmp/berth-must-not-appear"], input: text)
        #expect(run.status == 65)
        #expect(run.output == "")
        #expect(run.complaint.hasPrefix("-:\(line):"))
        #expect(run.complaint.split(separator: "\n").count == 1)
        if let message { #expect(run.complaint == "-:1:1: error: \(message)\n") }
        #expect(!FileManager.default.fileExists(atPath: "/tmp/berth-must-not-appear"))
    }

    @Test func `standard input is read to its end`() async throws {
        let text = try String(contentsOf: PackageRoot.url.appendingPathComponent(Self.guest), encoding: .utf8)
        let fromInput = try await BuiltTool.run(["plan", "-"], input: text)
        let fromFile = try await BuiltTool.run(["plan", Self.guest])
        #expect(fromInput.status == 0)
        #expect(fromInput.output == fromFile.output)
    }

    @Test func `without input the bundled default is planned`() async throws {
        let expected = try await BuiltTool.run(["plan", "Topologies/\(BundledTopologies.defaultName).yaml"])
        #expect(try await BuiltTool.run(["plan"]).output == expected.output)
    }

    @Test func `50 MB are refused after a look at the size`() async throws {
        try await withFolder { folder in
            let file = folder.appendingPathComponent("large.yaml")
            try Data(repeating: 0x23, count: 50_000_000).write(to: file)
            let run = try await BuiltTool.run(["plan", file.path])
            #expect(run.status == 65)
            #expect(
                run.complaint
                    == "\(file.path):1:1: error: the file has 50000000 bytes; a topology file has at most 1048576 [yaml]\n"
            )
            let host = try await BuiltTool.run(["host", file.path])
            #expect(host.status == 65)
            #expect(host.complaint.hasPrefix("\(file.path):1:1: error: the file has "))
        }
    }

    @Test func `a dump cut in the middle of a line says where`() async throws {
        try await withFolder { folder in
            let file = folder.appendingPathComponent("lspci.txt")
            try "00:02.0 VGA compatible controller: Intel\n00: 86 80 1e 19 07 0".write(
                to: file, atomically: true, encoding: .utf8)
            for arguments in [["host", file.path], ["plan", Self.guest, "--host", file.path]] {
                let run = try await BuiltTool.run(arguments)
                #expect(run.status == 65)
                #expect(run.complaint.hasPrefix("\(file.path):2:20: error: "), "\(run.complaint)")
                #expect(run.complaint.split(separator: "\n").count == 1)
                #expect(run.output == "")
            }
        }
    }

    @Test func `a file appears whole or not at all`() async throws {
        try await withFolder { folder in
            let file = folder.appendingPathComponent("plan.txt")
            let missing = folder.appendingPathComponent("missing/plan.txt")
            #expect(try await BuiltTool.run(["plan", Self.guest, "-o", missing.path]).status == 73)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
            let good = try await BuiltTool.run(["plan", Self.guest, "-o", file.path])
            #expect(good.status == 0 && good.output == "")
            let written = try Data(contentsOf: file)
            #expect(written == Data(try await BuiltTool.run(["plan", Self.guest]).output.utf8))
            // What fails later leaves the file that was there alone.
            let failed = try await BuiltTool.run(["plan", "missing.yaml", "-o", file.path])
            #expect(failed.status == 66)
            #expect(try Data(contentsOf: file) == written)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["plan.txt"])
        }
    }

    @Test func `a full disk leaves the old file and nothing else`() async throws {
        try await withFolder { folder in
            let file = folder.appendingPathComponent("plan.txt")
            try "old".write(to: file, atomically: true, encoding: .utf8)
            // Files end at one block, less than the plan has.
            let run = try await BuiltTool.run(
                ["plan", Self.guest, "-o", file.path], after: "trap '' XFSZ; ulimit -f 1")
            #expect(run.status == 73)
            #expect(run.complaint == "\(file.path): error: cannot be written\n")
            #expect(try String(contentsOf: file, encoding: .utf8) == "old")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["plan.txt"])
        }
    }

    @Test(arguments: ["/proc/plan.txt", "/sys/plan.txt", "/"])
    func `a place that takes no files is said so`(path: String) async throws {
        let run = try await BuiltTool.run(["plan", Self.guest, "-o", path])
        #expect(run.status == 73)
        #expect(run.complaint == "\(path): error: cannot be written\n")
        #expect(run.output == "")
    }

    @Test func `a read-only folder keeps its contents`() async throws {
        try await withFolder { folder in
            try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.path)
            defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path) }
            // Root may write there all the same; then the file is whole.
            let run = try await BuiltTool.run(["plan", Self.guest, "-o", folder.path + "/plan.txt"])
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(run.status == 73 ? names == [] : names == ["plan.txt"])
            #expect(run.status == 73 || getuid() == 0)
        }
    }

    @Test func `a file without a command line is not a guest`() async throws {
        for verb in ["plan", "simulate"] {
            let run = try await BuiltTool.run([verb, "--qemu-args", "/dev/null"])
            #expect(run.status == 65)
            #expect(
                run.complaint
                    == "/dev/null:1:1: error: the file has no words; expected a QEMU command line such as "
                    + "'-machine q35 -m 4G' [input]\n")
            #expect(run.output == "")
        }
    }

    @Test(arguments: [
        (
            ["--strategy", "ram-controler"],
            "error: --strategy: 'ram-controler' is not one of nothing-to-place, firmware-reserved, ram-controller, "
                + "lpc-bridge, vfio-user-lpc-bridge, vfio-user-host-bridge, vfio-user-ram-controller, generic-bridge, "
                + "bogus-dummy, igd-bar5, host-identity, reserved-or-stop, existing-device, host-base-ram, "
                + "host-told-base, fixed-carve-out, hide-size, qemu-maps-host, firmware-maps-host, "
                + "read-only-map, copied-buffer, qemu-copy, late-map, acpi-linker, forwarded-mmio, asls-flag, left-alone, "
                + "unnamed-combination; did you mean 'ram-controller'? [usage]\n"
        ),
        (
            ["--strategy", "oprgion=lpc-bridge"],
            "error: --strategy: 'oprgion' is not a region; expected stolen-memory or opregion [usage]\n"
        ),
        (
            ["--guest", "windows-7"],
            "error: --guest: 'windows-7' is not one of firmware-only, linux-6.1, linux-VERSION, windows-10, windows-11; "
                + "did you mean 'windows-10'? [usage]\n"
        ),
    ])
    func `a wrong name in an option is refused`(options: [String], complaint: String) async throws {
        let run = try await BuiltTool.run(["plan", Self.guest] + options)
        #expect(run.complaint == complaint)
        #expect(run.status == 64)
    }
}
