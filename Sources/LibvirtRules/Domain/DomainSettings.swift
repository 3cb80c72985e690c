import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

/// Settings of the whole domain.
enum DomainSettings: RuleTable {
    static let all = [
        name, title, bootLoader, guarantee, keyWrap, idMap, rootUser, perfOnce, once, applicationID, protection,
    ]

    private static let parsing = ["libvirt 9.0.0 src/conf/domain_conf.c virDomainDefParseIDs"]
    private static let qemu = ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDef"]

    private static let name = RuleRow.domain(
        "domain-name", "the name of a domain has no slash", remedy: "write another name",
        sources: ["libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainDefPostParse"],
        "Files of the domain are called by it."
    ) { domain, report in
        guard let name = domain.root.first("name"), name.text.contains("/") else { return }
        report.refuse("name \(name.text) cannot contain '/'", at: name)
    }

    private static let title = RuleRow.domain(
        "domain-title", "the title of a domain is a line", remedy: "write it in one line", sources: parsing,
        "<description> can have several."
    ) { domain, report in
        guard let title = domain.root.first("title"), title.text.contains("\n") else { return }
        report.refuse("Domain title can't contain newlines", at: title)
    }

    private static let bootLoader = RuleRow.domain(
        "domain-bootloader", "firmware boots a guest of QEMU", sources: qemu, "<bootloader> is Xen's."
    ) { domain, report in
        report.surplus("bootloader is not supported by QEMU", domain.root.first("bootloader"))
    }

    private static let guarantee = RuleRow.domain(
        "memory-guarantee", "no memory is guaranteed to a guest of QEMU", sources: qemu, "min_guarantee is ESX's."
    ) { domain, report in
        guard let guarantee = domain.root.first("memtune")?.first("min_guarantee"),
            ScaledSize.bytes(guarantee, defaultUnit: 1024) ?? 0 > 0
        else { return }
        report.surplus("Parameter 'min_guarantee' not supported by QEMU.", guarantee)
    }

    private static let keyWrap = RuleRow.domain(
        "domain-keywrap", "keys are wrapped on s390x",
        sources: ["libvirt 9.0.0 src/qemu/qemu_command.c qemuAppendKeyWrapMachineParm"],
        "Its processor has instructions for it."
    ) { domain, report in
        for cipher in domain.root.first("keywrap")?.elements("cipher") ?? [] {
            guard let name = cipher["name"], cipher["state"] != nil else { continue }
            report.surplus("\(name)-key-wrap is not available with this QEMU binary", cipher)
        }
    }

    private static func idMap(_ domain: CheckedDomain) -> (map: XMLElement, users: [XMLElement], groups: [XMLElement])?
    {
        domain.root.first("idmap").map { ($0, $0.elements("uid"), $0.elements("gid")) }
    }

    private static let idMap = RuleRow.domain(
        "idmap-both", "users and groups are mapped both", sources: parsing, "A file has an owner of each kind."
    ) { domain, report in
        guard let (map, users, groups) = idMap(domain), users.isEmpty != groups.isEmpty else { return }
        report.surplus("uid and gid should be mapped both", map)
    }

    private static let rootUser = RuleRow.domain(
        "idmap-root", "the map of users begins with root", remedy: "write start='0'", sources: parsing,
        "A container needs one."
    ) { domain, report in
        guard let (map, users, groups) = idMap(domain), users.isEmpty == groups.isEmpty,
            [users.first, groups.first].contains(where: { $0?["start"] ?? "0" != "0" })
        else { return }
        report.refuse("You must map the root user of container", at: map)
    }

    private static let perfOnce = RuleRow.domain(
        "perf-event", "a performance event is named once",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainPerfEventDefParseXML"], "It is counted or not."
    ) { domain, report in
        var seen: Set<String> = []
        for event in domain.root.first("perf")?.elements("event") ?? [] {
            guard let name = event["name"], !seen.insert(name).inserted else { continue }
            report.surplus("perf event '\(name)' was already specified", event)
        }
    }

    private static let once = RuleRow.domain(
        "domain-once", "a generation id and a resource partition are given once", sources: parsing,
        "A domain has one of each."
    ) { domain, report in
        for (name, message) in [
            ("genid", "element 'genid' can only appear once"), ("resource", "only one resource element is supported"),
        ] where domain.root.elements(name).count > 1 {
            report.surplus(message, domain.root.elements(name)[1])
        }
    }

    private static let applicationID = RuleRow.domain(
        "domain-appid", "an application id has 1 to 128 characters", remedy: "write a shorter appid=",
        sources: ["libvirt 9.0.0 src/conf/domain_validate.c virDomainDefResourceValidate"],
        "Fibre Channel carries it in each frame's header."
    ) { domain, report in
        guard let resource = domain.root.first("resource"), let appid = resource.first("fibrechannel")?["appid"],
            !(1...128).contains(appid.utf8.count)
        else { return }
        report.refuse("Fibre Channel 'appid' string length must be between [1, 128]", at: resource)
    }

    private static let protection = RuleRow.domain(
        "domain-protection", "a guest is protected from its host by a feature of its processor", sources: qemu,
        "s390-pv is one of s390x."
    ) { domain, report in
        guard let security = domain.root.first("launchSecurity"), security["type"] == "s390-pv" else { return }
        report.surplus("S390 PV launch security is not supported with this QEMU binary", security)
    }
}
