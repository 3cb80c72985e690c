import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct IGDBehindBridge: DomainCheck {
    let rule = DomainRule(
        "igd-behind-bridge", "an IGD is on bus 0",
        sources: ["QEMU docs/igd-assign.txt", "QEMU hw/vfio/igd.c vfio_probe_igd_bar4_quirk"],
        """
        Behind a root port or bridge an IGD has another bus number; its drivers, the host bridge registers they read,
        and QEMU's quirks all expect 00:02.0.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard let assigned = domain.assigned else { return [] }
        return domain.igdDevices(in: assigned).compactMap { device in
            guard let address = device.address.pci, address.bus != 0, let element = device.element else { return nil }
            let controller = assigned[.controller].first { $0.isPCIController && $0.index == address.bus }
            return finding(
                .warning,
                "the IGD is behind the \(controller?.model ?? "controller") with index \(address.bus), not on bus 0",
                at: element.first("address") ?? element, element.first("address")?["bus"] == nil ? nil : "bus",
                in: domain,
                fix: "write <address type='pci' domain='0x0000' bus='0x00' slot='0x02' function='0x0'/>")
        }
    }
}
