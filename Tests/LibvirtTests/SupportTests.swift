import BerthLibvirtEditing
import BerthPCI
import BerthStack
import BerthTopology
import TestSupport
import Testing

@Suite struct SupportTests {
    @Test func `a missing program names its Debian package`() async {
        let program = Program("berth-no-such-program", package: "some-package")
        let error = await #expect(throws: Program.Missing.self) { try await program([]) }
        #expect(
            error?.description == "berth-no-such-program is missing: install the Debian package some-package")
    }

    @Test func `a golden difference shows lines that went and came`() {
        #expect(Golden.difference(from: "a\nb\nc", to: "a\nx\nc\nd") == "-2: b\n+2: x\n+4: d")
    }

    @Test func `shell words are split where libvirt quotes them`() {
        #expect(QuotedWords.split("A=1 'b c' \\\n-d 'it'\\''s'\n") == ["A=1", "b c", "-d", "it's"])
    }

    @Test func `a device in the wrong place is seen`() async throws {
        let guest = SampleGuests.sharedMemory
        let verdict = try await RealLibvirt.shared.verdict(on: DomainWriter.write(asItIs: guest, accelerator: .qemu))
        var moved = guest
        moved.devices[2].slot.devfn = 7 << 3
        let differences = try LibvirtAgreement.differences(moved, verdict)
        #expect(differences == ["07.0: ivshmem-plain is missing", "03.0: ivshmem-plain is too many"])
    }

    @Test func `another vfio-pci device becomes a hostdev with overrides`() async throws {
        var nic = SampleGuests.device(
            "nic", "vfio-pci", "rp", 0,
            with: [Property("host", .text("0000:03:00.1")), Property("x-no-mmap", .text("on"))])
        nic.described = DescribedFunction(
            vendor: 0x8086, device: 0x10fb, classCode: ClassCode(rawValue: 0x020000),
            bars: [BAR(.bar(0), .memory64(size: .kib(512), prefetchable: true))])
        nic.identity = IdentityOverride(device: 0x1234)
        let guest = SampleGuests.make(
            "g", Machine(.q35), .seabios, [SampleGuests.device("rp", "pcie-root-port", "pcie.0", 1), nic])
        let verdict = try await RealLibvirt.shared.verdict(on: DomainWriter.write(asItIs: guest, accelerator: .qemu))
        let differences = try LibvirtAgreement.differences(guest, verdict)
        #expect(differences == [])
        let argument = try #require(verdict.commandLine.first { $0.contains("vfio-pci") })
        #expect(
            argument == #"{"driver":"vfio-pci","host":"0000:03:00.1","id":"ua-nic","bus":"pci.1","addr":"0x0","#
                + #""x-no-mmap":true,"x-pci-device-id":4660}"#)
    }
}
