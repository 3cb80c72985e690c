import BerthDiagnostics
import BerthXML

/// A character device has one source.
struct CharacterSourceOnce: DomainRule {
    let id: RuleID = "character-source"
    let summary = "a character device has one source"
    let documentation = """
        A second <source> is for TCP and UDP alone, which have a local and a remote end.
        """
    let sources = ["libvirt 9.0.0 src/conf/domain_conf.c virDomainChrSourceDefParseXML"]

    func check(_ domain: CheckedDomain) -> [Finding] {
        ["serial", "parallel", "console", "channel"].flatMap { domain.devices($0) }.compactMap { device in
            guard !["tcp", "udp"].contains(device["type"] ?? ""), device.elements("source").count > 1 else {
                return nil
            }
            return finding(
                "only one source element is allowed for character device", at: device.elements("source")[1], in: domain,
                fix: "remove one <source>")
        }
    }
}
