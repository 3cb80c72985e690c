import Foundation
import TestSupport
import Testing

/// Guests with a virtual function of the IGD, or a mediated device: there is nothing to place, and the physical function
/// stays with the host.
@Suite struct SharedGraphicsTests {
    private static func document(_ hostdev: String, tail: String = "") -> String {
        """
        <domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
          <name>share</name>
          <memory unit='GiB'>4</memory>
          <os><type arch='x86_64' machine='q35'>hvm</type></os>
          <features><acpi/></features>
          <devices>
            \(hostdev)
          </devices>
          \(tail)
        </domain>

        """
    }

    static let shares = [
        "virtual function": """
        <hostdev mode='subsystem' type='pci' managed='yes'>
          <source><address domain='0' bus='0' slot='2' function='1'/></source>
        </hostdev>
        """,
        "mediated device": """
        <hostdev mode='subsystem' type='mdev' model='vfio-pci' display='off'>
          <source><address uuid='c2177883-f1bb-47f0-914d-32a22e3a8804'/></source>
        </hostdev>
        """,
    ]

    private static let host = """
        00:00.0 Host bridge [0600]: Intel Corporation Device [8086:461c]
        00:02.0 VGA compatible controller [0300]: Intel Corporation Alder Lake-N [UHD Graphics] [8086:46d1]
        00:02.1 VGA compatible controller [0300]: Intel Corporation Alder Lake-N [UHD Graphics] [8086:46d1]

        """

    private func withHost<Result>(_ work: ([String]) async throws -> Result) async throws -> Result {
        let dump = FileManager.default.temporaryDirectory.appendingPathComponent("berth-\(UUID().uuidString).txt")
        defer { try? FileManager.default.removeItem(at: dump) }
        try Self.host.write(to: dump, atomically: true, encoding: .utf8)
        return try await work(["--host", dump.path])
    }

    @Test(arguments: shares.keys.sorted())
    func `apply changes nothing, and says why`(kind: String) async throws {
        let before = Self.document(try #require(Self.shares[kind]))
        try await withHost { host in
            for options in [[], host] {
                let run = try await BuiltTool.run(["apply", "-"] + options, input: before)
                #expect(run.status == 0, "\(run.complaint)")
                #expect(run.output == before)
                #expect(
                    run.complaint.contains(
                        "a \(kind), which has neither stolen memory nor an OpRegion of its own; 0000:00:02.0 stays with the "
                            + "host's driver, which provides it"), "\(run.complaint)")
            }
        }
    }

    @Test(arguments: shares.keys.sorted())
    func `plan and compare answer that there is nothing to place`(kind: String) async throws {
        let document = Self.document(try #require(Self.shares[kind]))
        try await withHost { host in
            for verb in ["plan", "compare"] {
                for options in [[], host] {
                    let run = try await BuiltTool.run([verb, "-"] + options, input: document)
                    #expect(run.status == 0, "\(run.complaint)")
                    #expect(
                        run.output.hasPrefix("share: nothing to place: 'hostdev0' is "), "\(verb) \(run.output)")
                    #expect(run.output.contains("a \(kind)"))
                }
                let json = try await BuiltTool.run([verb, "-", "--format", "json"] + host, input: document)
                #expect(json.output.contains("\"nothingToPlace\" : true"))
            }
            let written = try await BuiltTool.run(["plan", "-", "--format", "libvirt"] + host, input: document)
            #expect(written.status == 1)
            #expect(written.output == "")
            #expect(written.complaint.contains("the guest stays as it is [shared-graphics]"))
        }
    }

    /// Of QEMU's own arguments and of a topology file as well.
    @Test func `the physical function comes in by no other way`() async throws {
        try await withHost { host in
            let argument = "<qemu:arg value='-device'/><qemu:arg value='vfio-pci,host=0000:00:02.2'/>"
            let document = Self.document("", tail: "<qemu:commandline>\(argument)</qemu:commandline>")
            let applied = try await BuiltTool.run(["apply", "-"] + host, input: document)
            #expect(applied.output == document && applied.status == 0, "\(applied.complaint)")

            let file = "machine: q35\nmemory: 2GiB\nigd: {platform: alder-lake, host: 0000:00:02.1}\n"
            let planned = try await BuiltTool.run(["plan", "-"] + host, input: file)
            #expect(planned.status == 0)
            #expect(planned.output.contains("'igd' is 0000:00:02.1, a virtual function"))
            let kubevirt = try await BuiltTool.run(
                ["hook", "kubevirt", "--vmi", "{}", "--domain", Self.document(Self.shares["virtual function"] ?? "")]
                    + host)
            #expect(!kubevirt.output.contains("slot='0x02' function='0x0'"))
            #expect(kubevirt.status == 0)
        }
    }

    @Test func `an IGD beside its second head is planned for`() async throws {
        let heads = (0...1).map { function in
            """
            <hostdev mode='subsystem' type='pci' managed='yes'>
              <source><address domain='0' bus='0' slot='2' function='\(function)'/></source>
              <address type='pci' slot='2' function='\(function)' \(function == 0 ? "multifunction='on'" : "")/>
            </hostdev>
            """
        }.joined()
        let run = try await BuiltTool.run(["plan", "-", "--qemu-version", "10.1"], input: Self.document(heads))
        #expect(!run.output.contains("nothing to place: 'hostdev1'"))
    }
}
