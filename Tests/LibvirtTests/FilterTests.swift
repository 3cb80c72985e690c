import BerthXML
import Foundation
import TestSupport
import Testing

/// `virsh dumpxml NAME | berth apply - | virsh define /dev/stdin`
@Suite struct FilterTests {
    @Test(arguments: [("hand-written-pc", "10.1"), ("virt-manager-q35", "10.1")])
    func `a domain goes from libvirt through apply into libvirt`(name: String, release: String) async throws {
        let text = SampleDocuments.emulated(try SampleDocuments.bytes(name))
        let result = try await RealLibvirt.piped(
            text, through: BuiltTool.url, ["apply", "-", "--qemu-version", release])
        let devices = try #require(try XMLDocument(result, file: name).root.first("devices"))
        let igd = try #require(
            devices.elements("hostdev").first { $0.first("source")?.first("address")?["slot"] == "0x02" })
        let address = try #require(igd.first("address"))
        #expect(["bus", "slot", "function"].map { address[$0] } == ["0x00", "0x02", "0x0"], "\(name)")
    }

    @Test func `a part of the pipe that fails is noticed`() async throws {
        let text = SampleDocuments.emulated(try SampleDocuments.bytes("hand-written-pc"))
        await #expect(throws: RealLibvirt.Refusal.self) {
            try await RealLibvirt.piped(text, through: BuiltTool.url, ["apply", "-", "--guest", "beos"])
        }
    }
}
