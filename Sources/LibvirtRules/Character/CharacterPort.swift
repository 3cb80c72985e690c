import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct CharacterPort: DomainCheck {
    let rule = DomainRule(
        "character-port", "the port of a character device is a decimal number",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainChrDefParseTargetXML"],
        """
        <target port=> numbers the ports of a kind from 0. Other numbers of libvirt may be hexadecimal, this one may
        not.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        ["serial", "parallel", "console"].flatMap { domain.devices($0) }.compactMap { device in
            guard let target = device.first("target"), let port = target["port"],
                LibvirtNumber.unsigned(port, base: 10) == nil, LibvirtNumber.signed(port, base: 10) == nil
            else { return nil }
            return finding("Invalid port number: \(port)", at: target, "port", in: domain, fix: "remove port=")
        }
    }
}
