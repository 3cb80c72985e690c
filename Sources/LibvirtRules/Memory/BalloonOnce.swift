import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct BalloonOnce: DomainCheck {
    let rule = DomainRule(
        "balloon-once", "there is one memory balloon",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainDefParseXML"],
        """
        QEMU has one.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.devices("memballoon").dropFirst().prefix(1).map { device in
            finding(
                "only a single memory balloon device is supported", at: device, in: domain,
                fix: "remove one <memballoon>")
        }
    }
}
