import BerthDiagnostics
import BerthXML

/// There is one memory balloon.
struct BalloonOnce: DomainRule {
    let id: RuleID = "balloon-once"
    let summary = "there is one memory balloon"
    let documentation = """
        QEMU has one.
        """
    let sources = ["libvirt 9.0.0 src/conf/domain_conf.c virDomainDefParseXML"]

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.devices("memballoon").dropFirst().prefix(1).map { device in
            finding(
                "only a single memory balloon device is supported", at: device, in: domain,
                fix: "remove one <memballoon>")
        }
    }
}
