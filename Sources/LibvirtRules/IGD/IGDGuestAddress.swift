import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct IGDGuestAddress: DomainCheck {
    let rule = DomainRule(
        "igd-address", "an IGD is at 00:02.0 of the guest",
        sources: [
            "QEMU docs/igd-assign.txt", "Linux drivers/gpu/drm/i915: the device is expected at 00:02.0",
            "QEMU hw/vfio/igd.c vfio_probe_igd_bar4_quirk",
        ],
        """
        Intel's firmware and drivers look for the IGD at bus 0, device 2, function 0; QEMU's legacy mode insists on it.
        In the slot of the LPC bridge (00:1f) it also takes the place the driver looks for its companion.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard let assigned = domain.assigned else { return [] }
        return domain.igdDevices(in: assigned).compactMap { device in
            guard let address = device.address.pci, address.place != DomainPCIAddress(slot: 2), address.bus == 0,
                let element = device.element
            else { return nil }
            let where1f = address.slot == 0x1f ? ", in the slot of the LPC bridge" : ""
            return finding(
                .warning, "the IGD is at \(address.short)\(where1f); drivers and QEMU's legacy mode want it at 00:02.0",
                at: element.first("address") ?? element, element.first("address") == nil ? nil : "slot", in: domain,
                fix: "write <address type='pci' domain='0x0000' bus='0x00' slot='0x02' function='0x0'/>")
        }
    }
}
