import BerthBundled
import BerthLibvirt
import BerthTopology
import BerthDiagnostics
import TestSupport
import Testing

@Suite struct BundledGuestTests {
    @Test(arguments: BundledTopologies.names)
    func `libvirt and QEMU take every bundled guest as the model has it`(name: String) async throws {
        let guest = try #require(try BundledTopologies.topology(named: name))
        let verdict = try await RealLibvirt.shared.verdict(on: DomainWriter.write(guest, accelerator: .qemu))
        let differences = try LibvirtAgreement.differences(guest, verdict)
        #expect(differences == [])
        let objections = try await RealQEMU.objections(to: verdict.commandLine)
        #expect(objections == "")
    }
}
