import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct AliasIsKept: DomainCheck {
    let rule = DomainRule(
        "alias-dropped", "an alias begins with ua-",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainDeviceInfoParseXML"],
        """
        Libvirt keeps aliases that users chose only if they begin with ua- and have nothing but letters, digits, '_' and
        '-'. Others are its own and are replaced without a word.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.devices.compactMap { device in
            guard let alias = device.first("alias"), let name = alias["name"], !name.hasPrefix("ua-"),
                domain.overriddenAliases.contains(name), domain.deviceIDs?.contains(name) == false
            else { return nil }
            return finding(
                .warning, "libvirt drops the alias '\(name)', which does not begin with ua-", at: alias, "name",
                in: domain,
                fix: "write name='ua-\(name)', and the same in <qemu:override>")
        }
    }
}
