import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct AliasOnce: DomainCheck {
    let rule = DomainRule(
        "alias-duplicate", "an alias names one device",
        sources: ["libvirt 9.0.0 src/conf/domain_validate.c virDomainDeviceDefValidateAliasesIterator"],
        """
        Aliases that begin with ua- become ids in QEMU, and overrides find devices by them. Libvirt drops all others.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        var seen: Set<String> = []
        return domain.devices.compactMap { device in
            guard let alias = device.first("alias"), let name = alias["name"], name.hasPrefix("ua-"),
                !seen.insert(name).inserted
            else { return nil }
            return finding(
                "non unique alias detected: \(name)", at: alias, "name", in: domain,
                fix: "give one of the devices another name")
        }
    }
}
