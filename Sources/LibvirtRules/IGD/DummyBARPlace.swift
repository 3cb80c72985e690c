import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct DummyBARPlace: DomainCheck {
    let rule = DomainRule(
        "dummy-bar-place", "a dummy BAR for an IGD is on bus 0 at a fixed address",
        sources: ["SeaBIOS mailing list, 13 February 2016", "Linux drivers/pci/probe.c __pci_read_base"],
        """
        ivshmem and pci-testdev serve as carriers of memory that an IGD reads. Behind a bridge the BAR vanishes whenever
        the bridge is reprogrammed, and without an address it moves when another device is added. A <shmem> is taken for such
        a carrier where its name or alias says so; frame buffers and sound of guests are shared by the same device.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard let assigned = domain.assigned, !domain.igdElements.isEmpty else { return [] }
        return assigned[.shmem].compactMap { device in
            guard Self.isCarrier(device), let element = device.element, let address = device.address.pci else {
                return nil
            }
            if let written = element.first("address"), address.bus != 0 {
                return finding(
                    .warning, "the BAR is behind the controller with index \(address.bus) and vanishes with its window",
                    at: written, "bus", in: domain, fix: "write bus='0x00' and a free slot such as '\(domain.freeSlot)'"
                )
            }
            guard element.first("address") == nil else { return nil }
            return finding(
                .warning, "the BAR has no fixed place: libvirt put it at \(address.short)", at: element, in: domain,
                fix: "add <address type='pci' bus='0x00' slot='\(domain.freeSlot)' function='0x0'/>")
        }
    }

    /// Whether memory is shared for the IGD's sake: by the names that plans and people give it.
    private static func isCarrier(_ device: DomainDevice) -> Bool {
        let names = [device.alias, device[attribute: "name"]].compactMap { $0?.lowercased() }
        let words = ["stolen", "opregion", "bdsm", "igd", "dsm", "dummy"]
        return names.contains { name in words.contains { name.contains($0) } }
    }
}
