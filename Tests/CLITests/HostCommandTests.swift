import Foundation
import TestSupport
import Testing

/// `berth host`, and hosts given to other verbs.
struct HostCommandTests {
    /// A folder that goes away with what is in it.
    private static func withFolder(_ work: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "host-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        do {
            try await work(folder)
        } catch {
            try? FileManager.default.removeItem(at: folder)
            throw error
        }
        try FileManager.default.removeItem(at: folder)
    }

    @Test func `this machine, without a path`() async throws {
        let run = try await BuiltTool.run(["host"])
        #expect(run.status == 0, "\(run.complaint)")
        #expect(run.output.contains(" functions\n"))
        #expect(run.output.contains("kernel            Linux "))
    }

    @Test func `a copy of sys, its archive and its JSON say the same`() async throws {
        try await Self.withFolder { folder in
            let tree = folder.appending(path: "copy")
            try MadeUpTree.desktop(0x5912).write(to: tree)
            let copy = try await BuiltTool.run(["host", tree.path])
            #expect(copy.status == 0, "\(copy.complaint)")
            try Golden.expect(copy.output, equals: "Tests/CLITests/Golden/host/kaby-lake.txt")
            let archive = folder.appending(path: "copy.tar.gz").path
            let packed = try await Program("tar", package: "tar")(["czf", archive, "-C", tree.path, "."])
            #expect(packed.isSuccess)
            #expect(try await BuiltTool.run(["host", archive]).output == copy.output)
            let json = try await BuiltTool.run(["host", tree.path, "--format", "json"])
            let file = folder.appending(path: "host.json")
            try Data(json.output.utf8).write(to: file)
            #expect(try await BuiltTool.run(["host", file.path]).output == copy.output)
            #expect(
                try await BuiltTool.run(["host", "-", "--format", "json"], input: json.output).output == json.output)
            // And other verbs take it.
            let plans = try await [tree.path, archive, file.path].asyncMap { host in
                try await BuiltTool.run(["plan", "q35-ovmf-gen9", "--host", host, "--format", "json"]).output
            }
            #expect(plans[0].contains("\"deviceID\"") || plans[0].contains("5912"))
            #expect(plans[0] == plans[1] && plans[1] == plans[2])
        }
    }

    /// `shared/hosts` beside the package's folder or beside one that holds it.
    private static let realHosts: URL? = {
        var place = PackageRoot.url
        while place.path != "/" {
            place.deleteLastPathComponent()
            let found = place.appending(path: "shared/hosts")
            if FileManager.default.fileExists(atPath: found.path) { return found }
        }
        return nil
    }()

    @Test(arguments: [
        (
            "skylake-laptop",
            [
                "1 functions", "platform          skylake, gen 9",
                "control word      0x01c1: 32 MiB of stolen memory, 8 MiB of GTT, VGA on",
                "stolen memory     0x89000000-0x8affffff, 32 MiB", "BDSM              0x89000000 (locked)",
                "ASLS              0x87f88018 (0x18 into its page)", "driver            i915",
            ]
        ),
        (
            "fujitsu-p8010",
            [
                "22 functions", "LPC bridge        8086:2815", "host bridge       8086:2a00",
                "display           0000:00:02.1 8086:2a03: part of the IGD",
                "control word      0x0030: 8 MiB of stolen memory, VGA on, in the host bridge",
                "stolen memory     0xbf800000-0xbfffffff, 8 MiB", "ASLS              0xbf6cba93 (0xa93 into its page)",
                "No guest can have it: QEMU gives away generation 6 (Sandy Bridge) and later, whose registers",
            ]
        ),
        (
            "nuc11tnbi5",
            [
                "23 functions", "LPC bridge        8086:a082", "host bridge       8086:9a14",
                "platform          tiger-lake, gen 12", "stolen memory     0x4b800000-0x4f7fffff, 64 MiB",
                "ASLS              not in the dump",
            ]
        ),
        (
            "whl-ipc-i5",
            [
                "19 functions", "LPC bridge        8086:9d84", "host bridge       8086:3e34",
                "platform          coffee-lake, gen 9", "stolen memory     0x8c000000-0x8fffffff, 64 MiB",
            ]
        ),
    ])
    func `real machines, with what was read of them by hand`(name: String, wanted: [String]) async throws {
        guard let folder = Self.realHosts else { return }
        let run = try await BuiltTool.run(["host", folder.appending(path: name).path])
        #expect(run.status == 0, "\(run.complaint)")
        let lines = run.output.split(separator: "\n").map(String.init)
        // Names by pci.ids follow where that is installed.
        for line in wanted { #expect(lines.contains { $0.hasPrefix(line) }, "\(line)") }
    }

    @Test func `what a folder, an archive and a file have to be`() async throws {
        try await Self.withFolder { folder in
            try FileManager.default.createSymbolicLink(
                atPath: folder.appending(path: "0000:00:02.0").path,
                withDestinationPath: "../../../devices/pci0000:00/0000:00:02.0")
            let links = try await BuiltTool.run(["host", folder.path])
            #expect(links.status == 66)
            #expect(links.complaint.contains("links to functions and not the functions; copy with 'cp -rL'"))
            let file = folder.appending(path: "cut.tar.gz")
            try Data([0x1f, 0x8b, 8, 0, 1, 2]).write(to: file)
            let cut = try await BuiltTool.run(["host", file.path])
            #expect(cut.status == 65 && cut.complaint.contains("the archive was cut"))
            let none = try await BuiltTool.run(["host", folder.appending(path: "none").path])
            #expect(none.status == 66)
            let usage = try await BuiltTool.run(["host", "--redact"])
            #expect(usage.status == 64 && usage.complaint.contains("--redact goes with --collect"))
        }
    }

    @Test func `an OpRegion beside the host`() async throws {
        try await Self.withFolder { folder in
            let tree = folder.appending(path: "copy")
            try MadeUpTree.desktop(0xa780).write(to: tree)
            var bytes = [UInt8](repeating: 0, count: 8192)
            bytes.replaceSubrange(0..<16, with: Array("IntelGraphicsMem".utf8))
            bytes[0x10] = 8
            bytes[0x17] = 2
            bytes[0x16] = 1
            bytes[0x58] = 0b1101
            let file = folder.appending(path: "opregion.bin")
            try Data(bytes).write(to: file)
            let run = try await BuiltTool.run(["host", tree.path, "--opregion", file.path])
            #expect(run.output.contains("OpRegion          8 KiB, version 2.1, mailboxes ACPI, ASLE, VBT\n"))
            #expect(run.output.contains("VBT               in it at 0x400, 7 KiB\n"))
            let wrong = try await BuiltTool.run(["host", tree.path, "--opregion", "README.md"])
            #expect(wrong.status == 65 && wrong.complaint.contains("not with 'IntelGraphicsMem'"))
        }
    }

    @Test func `a bundle of this machine is written and read again`() async throws {
        try await Self.withFolder { folder in
            let bundle = folder.appending(path: "bundle").path
            let run = try await BuiltTool.run(["host", "--collect", bundle, "--redact"])
            #expect(run.status == 0, "\(run.complaint)")
            let about = try String(contentsOfFile: "\(bundle)/about.txt", encoding: .utf8)
            #expect(about.hasPrefix("Written by 'berth host --collect'; 'berth host DIR' reads it.\n"))
            let (live, read) = (try await BuiltTool.run(["host"]), try await BuiltTool.run(["host", bundle]))
            #expect(read.status == 0, "\(read.complaint)")
            // The same functions; the log says more of some.
            #expect(read.output.split(separator: "\n").first == live.output.split(separator: "\n").first)
            let line = try String(contentsOfFile: "\(bundle)/host/proc/cmdline", encoding: .utf8)
            #expect(!line.contains(/UUID=(?!00000000-0000-0000-0000-)[0-9a-f]{8}-/))
        }
    }

    @Test func `a Proxmox file in a bundle is diagnosed with the host's name taken out`() async throws {
        try await Self.withFolder { folder in
            let conf = folder.appending(path: "101.conf")
            let text = """
                bios: ovmf
                cores: 4
                hostpci0: 0000:00:02.0,romfile=igd.rom
                machine: q35
                memory: 8192
                name: mediabox
                net0: virtio=BC:24:11:2A:B3:4C,bridge=vmbr0
                smbios1: uuid=0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0
                vga: none

                """
            try Data(text.utf8).write(to: conf)
            let bundle = folder.appending(path: "bundle").path
            let run = try await BuiltTool.run(["diagnose", "--collect", bundle, "--proxmox", conf.path, "--redact"])
            #expect(run.status == 0, "\(run.complaint)")
            let guest = try String(contentsOfFile: "\(bundle)/guest.conf", encoding: .utf8)
            #expect(guest.contains("name: guest-1\n"))
            #expect(!guest.contains("BC:24:11") && !guest.contains("0b1c2d3e"))
            // This machine has no IGD, another one has.
            try FileManager.default.removeItem(atPath: "\(bundle)/host")
            try? FileManager.default.removeItem(atPath: "\(bundle)/logs")
            try MadeUpTree.desktop(0xa780).write(to: URL(filePath: "\(bundle)/host"))
            let read = try await BuiltTool.run(["diagnose", bundle])
            #expect(read.output.hasPrefix("guest-1: "), "\(read.complaint)")
            #expect(read.output.contains("0x7c800000-0x807fffff"))
        }
    }
}

extension Sequence where Element: Sendable {
    fileprivate func asyncMap<Result>(_ work: (Element) async throws -> Result) async throws -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await work(element)) }
        return results
    }
}
