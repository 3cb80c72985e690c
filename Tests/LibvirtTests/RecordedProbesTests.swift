import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML
import Testing

/// What libvirt 9.0 said of 160 documents, and where it put their devices.
struct RecordedProbesTests {
    @Test func `every PCI device of a document that libvirt defines is where libvirt puts it`() throws {
        let probes = try RecordedProbes.read().filter(\.isDefined)
        #expect(probes.count == 91)
        for probe in probes {
            let domain = try Assigned.domain(probe.xml, name: probe.name)
            let expected = (probe.assignedPCI ?? []).map(\.description).sorted()
            #expect(Assigned.listing(domain).sorted() == expected, "\(probe.name)")
        }
    }

    @Test func `every PCI device argument is libvirt's, in libvirt's order`() throws {
        let probes = try RecordedProbes.read().filter { $0.devices != nil }
        #expect(probes.count == 84)
        for probe in probes {
            let domain = try Assigned.domain(probe.xml, name: probe.name)
            #expect(DomainArguments.devices(domain).map(\.json) == probe.devices, "\(probe.name)")
        }
    }
}

/// A document read and completed.
enum Assigned {
    /// Errors: what libvirt would refuse.
    static func domain(_ xml: String, name: String = "test.xml") throws -> AssignedDomain {
        try DomainDocument(try XMLDocument(xml, file: name), file: name, libvirt: LibvirtRelease(9, 0)).assigned()
    }

    /// All that libvirt has against a document while it reads it and gives out addresses.
    static func refusals(_ xml: String, name: String = "test.xml") throws -> [DomainRefusal] {
        let document = DomainDocument(
            try XMLDocument(xml, file: name), file: name, libvirt: LibvirtRelease(9, 0))
        guard case .failure(let refused) = document.assignment else { return document.refusals }
        return document.refusals + refused.all
    }

    /// As `RecordedProbes.Assigned` describes devices.
    static func listing(_ domain: AssignedDomain) -> [String] {
        domain.devices.compactMap { device in
            guard let address = device.address.pci else { return nil }
            return RecordedProbes.Assigned(device, address).description
        }
    }
}

extension RecordedProbes.Assigned {
    /// As libvirt writes the element back.
    init(_ device: DomainDevice, _ address: DomainPCIAddress) {
        tag = device.kind.name
        type = device.element?["type"] ?? (device.kind == .controller ? device.type : nil)
        model = device.model
        index = device.index.map { "\($0)" }
        bus = Hexadecimal.string(address.bus, digits: 2)
        slot = Hexadecimal.string(address.slot, digits: 2)
        function = "0x\(address.function)"
        multifunction = address.multifunction.map { $0 ? "on" : "off" }
        let settings = device.target
        var facts: [String: String] = [:]
        facts["chassisNr"] = settings.chassisNr.map { "\($0)" }
        facts["chassis"] = settings.chassis.map { "\($0)" }
        facts["port"] = settings.port.map { Hexadecimal.string($0) }
        facts["busNr"] = settings.busNr.map { "\($0)" }
        facts["hotplug"] = settings.hotplug.map { $0 ? "on" : "off" }
        target = facts.isEmpty ? nil : facts
    }
}
