import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct CCWIsForS390: DomainCheck {
    let rule = DomainRule(
        "address-ccw", "channel addresses are for s390x",
        sources: ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefAddress"],
        """
        An address of type 'ccw' names a subchannel of z/Architecture.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.devices.compactMap { device in
            guard let address = device.first("address"), address["type"] == "ccw", !domain.isS390,
                !domain.machine.isEmpty
            else { return nil }
            let alias = device.first("alias")?["name"].flatMap { $0.hasPrefix("ua-") ? $0 : nil } ?? "<null>"
            return finding(
                "cannot use CCW address type for device '\(alias)' using machine type '\(domain.expandedMachine)'",
                at: address, "type",
                in: domain, fix: "write type='pci'")
        }
    }
}
