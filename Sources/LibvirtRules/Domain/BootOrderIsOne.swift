import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct BootOrderIsOne: DomainCheck {
    let rule = DomainRule(
        "boot-order", "the boot order is in one place",
        sources: [
            "libvirt 9.0.0 src/conf/domain_postparse.c virDomainDefBootOrderPostParse",
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainDefCollectBootOrder",
        ],
        """
        Either <os><boot dev=> or <boot order=> of devices; each order is given once.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        let ordered = domain.devices.compactMap { device in device.first("boot").map { ($0, $0["order"] ?? "") } }
            .filter { !$0.1.isEmpty }
        guard let first = ordered.first else { return [] }
        if domain.root.first("os")?.first("boot") != nil {
            return [
                finding(
                    "per-device boot elements cannot be used together with os/boot elements", at: first.0, in: domain,
                    fix: "remove <boot dev=> from <os>")
            ]
        }
        var seen: Set<String> = []
        return ordered.compactMap { boot, order in
            guard !seen.insert(order).inserted else { return nil }
            return finding(
                "boot order '\(order)' used for more than one device", at: boot, "order", in: domain,
                fix: "write another order")
        }
    }
}
