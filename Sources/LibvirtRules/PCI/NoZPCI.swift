import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct NoZPCI: DomainCheck {
    let rule = DomainRule(
        "zpci", "zPCI identifiers are for s390x",
        sources: ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefZPCIAddress"],
        """
        <zpci> is how z/Architecture names PCI functions. QEMU for x86 has no such device.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.devices.compactMap { device in
            guard let address = device.first("address"), address["type"] == "pci", let zpci = address.first("zpci"),
                zpci["uid"] != nil || zpci["fid"] != nil, !domain.isS390
            else { return nil }
            return finding("This QEMU binary doesn't support zPCI", at: zpci, in: domain, fix: "remove <zpci>")
        }
    }
}
