import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct CharacterSourceOnce: DomainCheck {
    let rule = DomainRule(
        "character-source", "a character device has one source",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainChrSourceDefParseXML"],
        """
        A second <source> is for UDP alone, which has a local and a remote end. There is one <log> and one <protocol>.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        CharacterSource.all(in: domain).flatMap { source -> [Finding] in
            var found: [Finding] = []
            let limit = source.type == "udp" ? 2 : 1
            if source.sources.count > limit {
                let count = limit == 1 ? "one source element is" : "two source elements are"
                found.append(
                    finding(
                        "only \(count) allowed for character device", at: source.sources[limit], in: domain,
                        fix: "remove one <source>"))
            }
            for name in ["log", "protocol"] where source.element.elements(name).count > 1 {
                found.append(
                    finding(
                        "only one \(name) element is allowed for character device",
                        at: source.element.elements(name)[1], in: domain, fix: "remove one <\(name)>"))
            }
            return found
        }
    }
}
