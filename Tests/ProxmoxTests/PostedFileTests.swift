import BerthDiagnostics
import BerthHost
import BerthPCI
import BerthPlacement
import BerthProxmox
import BerthServices
import BerthStack
import BerthTopology
import TestSupport
import Testing

/// A dozen and more files like those that people post, each applied.
@Suite struct PostedFileTests {
    @Test func `there are as many as were asked for`() {
        #expect(Files.posted.count >= 12)
    }

    @Test(arguments: Files.posted)
    func `a file changes no more than the plan takes, and a second time not at all`(name: String) throws {
        let bytes = try Files.bytes(name)
        let document = try VMDocument(bytes, file: "\(name).conf")
        #expect(document.bytes == bytes)
        var text = ""
        do {
            let result = try Services.apply(to: document)
            let (application, lines) = (result.application, result.lines)
            let messages = application.findings.map(\.description)
            let diff = Golden.difference(from: application.before, to: application.after)
            text = (["set", ""] + lines + ["", "changed", "", diff, "", "said", ""] + messages).joined(separator: "\n")
            let again = try Services.apply(to: try VMDocument(application.bytes, file: "\(name).conf"))
            #expect(again.application.bytes == application.bytes)
            #expect(again.lines == lines)
            #expect(Self.foreign(application.bytes) == Self.foreign(bytes))
        } catch let error as InputError {
            text = error.description
        } catch let error as Infeasible {
            text = error.findings.prefix(1).map(\.description).joined()
        } catch let error as EmissionRefusal {
            text = error.description
        }
        try Golden.expect(text + "\n", equals: "Tests/ProxmoxTests/Golden/\(name).txt")
    }

    /// Comments, snapshots and whatever stands around the file.
    private static func foreign(_ bytes: [UInt8]) -> [VMDocument.Line] {
        ((try? VMDocument(bytes, file: "x.conf"))?.lines ?? []).filter { line in
            switch line.section {
            case .snapshot, .other: return true
            case .main, .pending: return !line.isSetting
            }
        }
    }

    @Test func `a file before and after`() throws {
        let after = try Services.apply(to: try VMDocument(try Files.bytes("snapshots"), file: "170.conf")).application
        try Golden.expect(after.after, equals: "Tests/ProxmoxTests/Golden/snapshots.after.conf")
    }

    @Test(arguments: ["virtual-function", "mediated"])
    func `the device itself is never added beside a share of it`(name: String) throws {
        let bytes = try Files.bytes(name)
        let host = HostInventory(functions: [
            HostFunction(
                address: .init(bus: 0, devfn: 0x10), identity: FunctionIdentity(vendor: 0x8086, device: 0x46d1),
                classCode: .vga)
        ])
        let application = try Services.apply(to: try VMDocument(bytes, file: "1.conf"), host: host).application
        #expect(application.bytes == bytes)
        #expect(application.findings.contains { $0.rule == SharedGraphics.rule })
    }

    @Test func `a host brings the device where there is none`() throws {
        let host = HostInventory(functions: [
            HostFunction(
                address: .init(bus: 0, devfn: 0x10), identity: FunctionIdentity(vendor: 0x8086, device: 0x3e9b),
                classCode: .vga)
        ])
        let text = "cores: 2\nhostpci0: 0000:01:00.0\nmachine: pc-i440fx-8.1\nmemory: 4096\nostype: l26\n"
        let result = try Services.apply(to: try Files.document(text), host: host)
        #expect(
            result.lines == [
                "args: -set device.hostpci1.x-igd-gms=2 -set device.hostpci1.x-igd-opregion=on",
                "hostpci1: 0000:00:02.0,legacy-igd=1", "machine: pc-i440fx-8.1", "vga: none",
            ])
    }
}
