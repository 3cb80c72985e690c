import BerthLibvirtDomain
import BerthDiagnostics
import BerthXML

/// 0000:00:00.x is no address.
struct EmptyAddress: DomainRule {
    let id: RuleID = "empty-address"
    let summary = "0000:00:00.x is no address"
    let documentation = """
        Libvirt takes an address whose domain, bus and slot are zero for none, whatever the function says, and chooses
        another. The host bridge is at 00:00.0; nothing else can be asked for in slot 0 of bus 0.
        """
    let sources = ["libvirt 9.0.0 src/util/virpci.c virPCIDeviceAddressIsEmpty"]

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.devices.compactMap { device in
            guard let address = device.first("address"), address["type"] == "pci",
                let function = address["function"].flatMap({ LibvirtNumber.unsigned($0) }), function > 0,
                ["domain", "bus", "slot"].allSatisfy({ LibvirtNumber.unsigned(address[$0] ?? "0") == 0 })
            else { return nil }
            return finding(
                .warning, "libvirt takes 0000:00:00.\(function) for no address and chooses another", at: address,
                "function",
                in: domain, fix: "write another slot, or remove the numbers")
        }
    }
}
