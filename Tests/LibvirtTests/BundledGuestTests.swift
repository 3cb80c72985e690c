import BerthBundled
import BerthDiagnostics
import BerthLibvirtEditing
import BerthPlacement
import BerthServices
import BerthStack
import BerthTopology
import TestSupport
import Testing

/// What we emit, against real libvirt and real QEMU.
@Suite struct BundledGuestTests {
    @Test(arguments: BundledTopologies.names)
    func `libvirt and QEMU take every bundled guest as the model has it`(name: String) async throws {
        try await check(try #require(try BundledTopologies.topology(named: name)))
    }

    @Test(arguments: BundledTopologies.names)
    func `libvirt and QEMU take every plan that can be written`(name: String) async throws {
        let topology = try #require(try BundledTopologies.topology(named: name))
        var written: Set<GuestTopology> = []
        for strategy in Strategies.all.map(\.id) {
            let result = try Services.plan(
                topology, restriction: .init(stolenMemory: strategy, opRegion: strategy))
            for plan in result.plans where plan.missing.isEmpty {
                let guest = try plan.emittable().topology
                if written.insert(guest).inserted { try await check(guest) }
            }
        }
        #expect(!written.isEmpty)
    }

    private func check(_ guest: GuestTopology) async throws {
        let verdict = try await RealLibvirt.shared.verdict(on: DomainWriter.write(asItIs: guest, accelerator: .qemu))
        let differences = try LibvirtAgreement.differences(guest, verdict)
        #expect(differences == [])
        // Properties that QEMU 7.2 does not have yet are beyond the installed one.
        guard guest.qemu <= Stack.standard.qemu else { return }
        let objections = try await RealQEMU.objections(to: verdict.commandLine)
        #expect(objections == "")
    }
}
