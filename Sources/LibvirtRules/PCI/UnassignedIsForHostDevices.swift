import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct UnassignedIsForHostDevices: DomainCheck {
    let rule = DomainRule(
        "address-unassigned", "an address of type 'unassigned' is for host devices",
        sources: ["libvirt 9.0.0 src/conf/domain_validate.c virDomainDeviceInfoValidate"],
        """
        It keeps a host device of an assigned group away from the guest. Every other device exists only for the guest.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.devices.compactMap { device in
            guard device.name != "hostdev", let address = device.first("address"), address["type"] == "unassigned"
            else {
                return nil
            }
            return finding(
                "address of type 'unassigned' is supported only for hostdevs", at: address, "type", in: domain,
                fix: "remove <address>")
        }
    }
}
