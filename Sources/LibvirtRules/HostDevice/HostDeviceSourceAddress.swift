import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct HostDeviceSourceAddress: DomainCheck {
    let rule = DomainRule(
        "hostdev-source", "a PCI host device says which device of the host",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainHostdevSubsysPCIDefParseXML"],
        """
        Libvirt takes a source without address for 0000:00:00.0, the host bridge, which nobody wants to assign.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.devices("hostdev").compactMap { device in
            guard device["type"] == "pci", let source = device.first("source"), source.first("address") == nil else {
                return nil
            }
            return finding(
                "<source> has no <address>; libvirt would assign 0000:00:00.0 of the host", at: source, in: domain,
                fix: "add <address domain= bus= slot= function=> to <source>")
        }
    }
}
