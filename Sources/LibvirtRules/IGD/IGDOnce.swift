import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct IGDOnce: DomainCheck {
    let rule = DomainRule(
        "igd-double-use", "the IGD of the host is assigned once, to a slot of its own",
        sources: [
            "libvirt 9.0.0 src/conf/domain_validate.c virDomainDefHostdevValidate",
            "QEMU 7.2 hw/pci/pci.c do_pci_register_device",
        ],
        """
        Two hostdevs with the IGD's address on the host, or an IGD and another device at one guest address, exclude each
        other. Libvirt refuses what it sees; a device in <qemu:commandline> it does not see.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.commandLineDevices.compactMap { device in
            guard let host = device["host"], ["0000:00:02.0", "00:02.0"].contains(host),
                let first = domain.igdElements.first
            else { return nil }
            let line = first.line ?? 1
            return finding(
                .warning, "the IGD of the host is assigned by the <hostdev> of line \(line) already",
                at: device.element, "value",
                in: domain, fix: "remove one of the two")
        }
    }
}
