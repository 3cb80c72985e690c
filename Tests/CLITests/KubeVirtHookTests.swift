import Foundation
import TestSupport
import Testing

/// The contract of a sidecar: arguments in, the new domain on standard output and nothing else there.
@Suite struct KubeVirtHookTests {
    /// As KubeVirt writes it: tabs, its own order, a user's alias, no addresses.
    private static let domain = """
        <domain type="kvm" xmlns:qemu="http://libvirt.org/schemas/domain/qemu/1.0">
        \t<name>default_desktop</name>
        \t<memory unit="b">4294967296</memory>
        \t<os>
        \t\t<type arch="x86_64" machine="pc">hvm</type>
        \t</os>
        \t<features>
        \t\t<acpi></acpi>
        \t</features>
        \t<devices>
        \t\t<video>
        \t\t\t<model type="vga" heads="1" vram="16384"></model>
        \t\t</video>
        \t\t<memballoon model="virtio-non-transitional"></memballoon>
        \t\t<hostdev type="pci" managed="no" mode="subsystem">
        \t\t\t<source>
        \t\t\t\t<address domain="0x0000" bus="0x00" slot="0x02" function="0x0"></address>
        \t\t\t</source>
        \t\t\t<alias name="ua-hostdevice-igd"></alias>
        \t\t</hostdev>
        \t</devices>
        </domain>
        """

    private func hook(_ annotations: [String: String], domain: String = Self.domain) async throws -> BuiltTool.Run {
        let vmi: [String: Any] = [
            "kind": "VirtualMachineInstance", "apiVersion": "kubevirt.io/v1",
            "metadata": ["name": "desktop", "annotations": annotations], "spec": ["domain": [:]],
        ]
        let json = String(decoding: try JSONSerialization.data(withJSONObject: vmi), as: UTF8.self)
        return try await BuiltTool.run(["hook", "kubevirt", "--vmi", json, "--domain", domain])
    }

    @Test func `the domain comes out changed in place, everything else goes to standard error`() async throws {
        let run = try await hook(["other.io/x": "y"])
        #expect(run.status == 0, "\(run.complaint)")
        let properties = """
            \t<qemu:override>
            \t\t<qemu:device alias="ua-hostdevice-igd">
            \t\t\t<qemu:frontend>
            \t\t\t\t<qemu:property name="x-igd-gms" type="unsigned" value="2"/>
            \t\t\t\t<qemu:property name="x-igd-opregion" type="bool" value="true"/>
            \t\t\t</qemu:frontend>
            \t\t</qemu:device>
            \t</qemu:override>
            </domain>
            """
        let address = "<address type=\"pci\" domain=\"0x0000\" bus=\"0x00\" slot=\"0x02\" function=\"0x0\"/>"
        let expected = Self.domain.replacing("</domain>", with: properties).replacing(
            "</alias>\n\t\t</hostdev>", with: "</alias>\n\t\t\t\(address)\n\t\t</hostdev>"
        )
        #expect(run.output == expected)
        #expect(run.complaint.contains("domain:1:1: note: OpRegion: firmware-reserved, at 0x"))
        let again = try await hook([:], domain: run.output)
        #expect(again.output == run.output)
    }

    @Test func `an annotation chooses the strategy`() async throws {
        let run = try await hook([
            "berth.vm.kubevirt.io/strategy": "stolen-memory=firmware-reserved, opregion=ram-controller",
            "berth.vm.kubevirt.io/guest": "linux-6.8",
        ])
        #expect(run.status == 0, "\(run.complaint)")
        #expect(run.output.contains("ua-berth-opregion"))
        #expect(run.complaint.contains("OpRegion: ram-controller"))
    }

    @Test(arguments: [
        (["berth.vm.kubevirt.io/strategy": "ram-controler"], 64, "did you mean 'ram-controller'?"),
        (["berth.vm.kubevirt.io/stategy": "ram-controller"], 65, "did you mean 'strategy'?"),
        (["berth.vm.kubevirt.io/guest": "beos"], 64, "--guest: 'beos'"),
        (["berth.vm.kubevirt.io/strategy": "igd-bar5"], 1, "no plan that can be applied"),
    ])
    func `a machine with a wrong annotation does not start`(
        annotations: [String: String], status: Int, message: String
    ) async throws {
        let run = try await hook(annotations)
        #expect(run.status == status)
        #expect(run.output == "")
        #expect(run.complaint.contains(message), "\(run.complaint)")
    }

    @Test func `a broken contract is an error`() async throws {
        let noJSON = try await BuiltTool.run(["hook", "kubevirt", "--vmi", "{", "--domain", Self.domain])
        #expect(noJSON.status == 65 && noJSON.output == "")
        let noDomain = try await hook([:], domain: "")
        #expect(noDomain.status == 65 && noDomain.output == "")
        #expect(try await BuiltTool.run(["hook", "kubevirt", "--vmi", "{}"]).status == 64)
    }

    @Test func `an instance without annotations is one`() async throws {
        let run = try await BuiltTool.run(["hook", "kubevirt", "--vmi", "{}", "--domain", Self.domain])
        #expect(run.status == 0, "\(run.complaint)")
    }
}
