import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

/// IP addresses and routes of a network interface.
enum InterfaceAddresses: RuleTable {
    static let all = [route, guest, user, host]

    private static let validate = ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefNetwork"]

    private static let route = RuleRow.devices(
        "interface", "interface-route", "a user network has no routes", sources: validate,
        "QEMU's own network answers for the addresses that it gave out."
    ) { device, _, report in
        guard device.interfaceType == "user" else { return }
        report.surplus(
            "Invalid attempt to set network interface guest-side IP route, not supported by QEMU",
            device.first("route"))
    }

    private static let guest = RuleRow.devices(
        "interface", "interface-guest-address", "a guest has an address that is written in a user network only",
        sources: validate, "Elsewhere a DHCP server, or the guest itself, decides."
    ) { device, domain, report in
        guard device.interfaceType != "user", !InterfaceOptions.isServedByPasst(device, domain) else { return }
        report.surplus(
            "Invalid attempt to set network interface guest-side IP route and/or address info, not supported by QEMU",
            device.elements("ip").first ?? device.first("route"))
    }

    private static let user = RuleRow.devices(
        "interface", "interface-user-address", "a user network has one address of each family, with a prefix of QEMU's",
        sources: validate, "IPv4 has prefixes from 4 to 27, IPv6 one of 64."
    ) { device, _, report in
        guard device.interfaceType == "user" else { return }
        var families: Set<String> = []
        for address in device.elements("ip") {
            let family = address["address"]?.contains(":") ?? false ? "IPv6" : "IPv4"
            let prefix = address["prefix"].flatMap { LibvirtNumber.unsigned($0, base: 10) } ?? 0
            report.surplus("Invalid attempt to set peer IP for guest", address, "peer")
            if !families.insert(family).inserted {
                report.surplus("Only one \(family) address per interface is allowed", address)
            } else if family == "IPv4", prefix > 0, !(4...27).contains(prefix) {
                report.refuse("invalid prefix, must be in range of 4-27", at: address, fix: "write prefix='24'")
            } else if family == "IPv6", prefix != 0, prefix != 64 {
                report.refuse(
                    "unsupported IPv6 address prefix='\(prefix)' - must be 64", at: address, fix: "write prefix='64'")
            }
        }
    }

    private static let host = RuleRow.devices(
        "interface", "interface-host-address", "the host's end has an address of its own where its type is ethernet",
        sources: ["libvirt 9.0.0 src/conf/domain_validate.c virDomainNetDefValidate"],
        "The host's end of other types is part of a bridge or network, which has the address."
    ) { device, _, report in
        guard let source = device.first("source"), device.interfaceType != "ethernet" else { return }
        report.surplus(
            "Invalid attempt to set network interface host-side IP route and/or address info on interface of "
                + "type '\(device.interfaceType)'. This is only supported on interfaces of type 'ethernet'",
            source.first("ip") ?? source.first("route"))
    }
}
