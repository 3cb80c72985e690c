import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML
import TestSupport
import Testing

/// One mistake, one message: ours, and libvirt's.
struct RefusedDomainTests {
    @Test func `mistakes are refused in libvirt's words`() throws {
        #expect(RefusedDomain.all.count == 83)
        for refused in RefusedDomain.all {
            // What it reads otherwise than it is written, it takes.
            let refusals = try Assigned.refusals(refused.xml).filter { $0.effect != .misreads }
            #expect(refusals.first?.message == refused.message, "\(refused.title)")
        }
    }

    @Test func `the libvirt of this machine says the same`() async throws {
        let documents = RefusedDomain.all.enumerated().map { index, refused in
            RandomDomain(name: "r\(index)", xml: refused.xml.replacing("<name>NAME", with: "<name>r\(index)"))
        }
        let verdicts = try await RealLibvirt.shared.verdicts(on: documents)
        for (refused, verdict) in zip(RefusedDomain.all, verdicts) {
            if let message = refused.message {
                #expect(
                    verdict.refusal?.hasSuffix(message) == true, "\(refused.title): \(verdict.refusal ?? "defined")")
            } else {
                #expect(verdict.definition != nil, "\(refused.title): \(verdict.refusal ?? "")")
            }
        }
    }

    @Test func `a mistake is shown at the attribute, else at the element`() throws {
        func first(_ xml: String) throws -> DomainRefusal? { try Assigned.refusals(xml, name: "f.xml").first }
        let number =
            "<domain>\n <memory unit='MiB'>1</memory>\n <devices>\n  <rng model='virtio'>\n   <address type='pci' slot='1e'/>\n  </rng>\n </devices>\n</domain>"
        let unreadable = try first(number)
        #expect(unreadable?.rule == .libvirtNumber)
        #expect(unreadable?.location == InputLocation(file: "f.xml", line: 5, column: 24))
        let twice = number.replacing("1e", with: "4").replacing(
            "</devices>", with: "<rng model='virtio'>\n <address type='pci' slot='4'/></rng></devices>")
        let taken = try first(twice)
        #expect(taken?.rule == .pciDoubleUse)
        #expect(taken?.taken == DomainPCIAddress(slot: 4))
        #expect(taken?.location == InputLocation(file: "f.xml", line: 8, column: 2))
    }

    @Test func `every conflict is named, not only the first`() throws {
        let rng = "<rng model='virtio'><backend model='builtin'/><address type='pci' slot='5'/></rng>"
        let taken = try Assigned.refusals(RefusedDomain.device(rng + rng + rng, nil).xml).map(\.taken)
        #expect(taken == [DomainPCIAddress(slot: 5), DomainPCIAddress(slot: 5)])
    }

    @Test func `documents without end are refused soon`() throws {
        let many = String(repeating: "<controller type='scsi'/>", count: 20_000)
        let findings = try Assigned.refusals(RefusedDomain.device(many, nil).xml)
        #expect(findings.map(\.message) == ["the domain has 20001 devices; more than 2000 are not read"])
        let far =
            "<disk type='file'><target dev='sdzzzzzz' bus='scsi'/></disk><channel type='null'><target type='virtio'/><address type='virtio-serial' controller='4294967295' port='1'/></channel>"
        #expect(try Assigned.refusals(RefusedDomain.device(far, nil).xml).count == 1)
        let high = "<controller type='pci' index='2147483647' model='pcie-root-port'/>"
        #expect(
            try Assigned.refusals(RefusedDomain.device(high, nil, machine: "pc").xml).map(\.message) == [
                "PCI controller index 2147483647 too high, maximum is 255"
            ])
    }
}
