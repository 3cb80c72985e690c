import BerthDiagnostics
import BerthXML

/// An alias names one device.
struct AliasOnce: DomainRule {
    let id: RuleID = "alias-duplicate"
    let summary = "an alias names one device"
    let documentation = """
        Aliases that begin with ua- become ids in QEMU, and overrides find devices by them. Libvirt drops all others.
        """
    let sources = ["libvirt 9.0.0 src/conf/domain_validate.c virDomainDeviceDefValidateAliasesIterator"]

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
