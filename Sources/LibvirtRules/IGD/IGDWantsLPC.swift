import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct IGDWantsLPC: DomainCheck {
    let rule = DomainRule(
        "igd-lpc", "00:1f.0 of an IGD guest on i440fx is free for the LPC bridge",
        sources: ["QEMU docs/igd-assign.txt", "QEMU hw/vfio/igd.c vfio_pci_igd_lpc_init"],
        """
        Drivers of the IGD read the identity of the LPC bridge at 00:1f.0. On i440fx QEMU's legacy mode puts vfio-pci-
        igd-lpc-bridge there; another device in its place ends legacy mode. Libvirt takes 00:1f.0 of i440fx for any
        slot.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard domain.chipset == .i440fx, let assigned = domain.assigned, !domain.igdElements.isEmpty else { return [] }
        return assigned.devices.compactMap { device in
            guard device.address.pci?.place == DomainPCIAddress(slot: 0x1f), let element = device.element,
                !domain.igdElements.contains(element)
            else { return nil }
            return finding(
                .warning, "\(domain.describe(device)) is at 00:1f.0, where drivers look for the LPC bridge of the IGD",
                at: element.first("address") ?? element, in: domain, fix: "move it to slot='\(domain.freeSlot)'")
        }
    }
}
