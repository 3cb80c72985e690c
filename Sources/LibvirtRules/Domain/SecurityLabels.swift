import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

/// `<seclabel>`: who may touch what the guest uses.
enum SecurityLabels: RuleTable {
    static let all = [dynamic, none, label, once, model, deviceOnce, deviceLabel, deviceRelabels]

    private static let parsing = [
        "libvirt 9.0.0 src/conf/domain_conf.c virSecurityLabelDefParseXML, virSecurityLabelDefsParseXML"
    ]
    private static let devices = ["libvirt 9.0.0 src/conf/domain_validate.c virSecurityDeviceLabelDefValidate"]

    private static func labels(_ domain: CheckedDomain) -> [XMLElement] { domain.root.elements("seclabel") }
    private static func type(_ label: XMLElement) -> String { label["type"] ?? "dynamic" }
    private static func relabels(_ label: XMLElement) -> Bool {
        label["relabel"].map { $0 == "yes" } ?? (type(label) == "dynamic")
    }

    private static let dynamic = RuleRow.domain(
        "security-dynamic", "a dynamic label relabels", remedy: "remove relabel=", sources: parsing,
        "Files get the label that was made up at the start."
    ) { domain, report in
        for label in labels(domain) where type(label) == "dynamic" && !relabels(label) {
            report.refuse("dynamic label type must use resource relabeling", at: label)
        }
    }

    private static let none = RuleRow.domain(
        "security-none", "without a label nothing is relabelled", remedy: "remove relabel=", sources: parsing,
        "There is none that files could get."
    ) { domain, report in
        for label in labels(domain) where type(label) == "none" && relabels(label) {
            report.refuse("resource relabeling is not compatible with 'none' label type", at: label)
        }
    }

    private static let label = RuleRow.domain(
        "security-static", "a static label is written", remedy: "add <label>", sources: parsing,
        "Its text is what the security driver takes."
    ) { domain, report in
        for label in labels(domain)
        where type(label) == "static" && label["model"] != "none" && label.first("label")?.text.isEmpty ?? true {
            report.refuse("security label is missing", at: label)
        }
    }

    private static let once = RuleRow.domain(
        "security-label", "a security model has one label", remedy: "write another model=, or remove <seclabel>",
        sources: parsing, "A domain has one for each driver."
    ) { domain, report in
        var seen: Set<String> = []
        for label in labels(domain) where !seen.insert(label["model"] ?? "").inserted {
            report.refuse("seclabel for model \(label["model"] ?? "(null)") is already provided", at: label)
        }
    }

    private static let model = RuleRow.domain(
        "security-model", "a security label names its model", remedy: "write model=", sources: parsing,
        "One of several does, and one with a text of its own."
    ) { domain, report in
        let labels = labels(domain)
        for label in labels where label["model"] == nil {
            if labels.count > 1 {
                report.refuse("missing security model when using multiple labels", at: label)
            } else if type(label) == "static" || type(label) == "dynamic" && label.first("baselabel") != nil {
                report.refuse("missing security model in domain seclabel", at: label)
            }
        }
    }

    /// The labels of each device that can have some.
    private static func overrides(_ domain: CheckedDomain) -> [[XMLElement]] {
        domain.devices.compactMap { device in
            ["disk", "serial", "parallel", "console", "channel"].contains(device.name)
                ? device.first("source")?.elements("seclabel") : nil
        }
    }

    private static let deviceOnce = RuleRow.domain(
        "security-device-once", "a device has one label of a model", sources: devices, "One for each driver."
    ) { domain, report in
        for labels in overrides(domain) {
            var seen: Set<String> = []
            for label in labels where !seen.insert(label["model"] ?? "").inserted {
                report.surplus("seclabel for model \(label["model"] ?? "(null)") is already provided", label)
            }
        }
    }

    private static let deviceLabel = RuleRow.domain(
        "security-device-label", "a device that is not relabelled has no label", sources: devices,
        "relabel='no' leaves it as it is."
    ) { domain, report in
        for label in overrides(domain).joined() where label["relabel"] == "no" && label.first("label") != nil {
            report.surplus(
                "Cannot specify a label if relabelling is turned off. model=\(label["model"] ?? "<null>")", label)
        }
    }

    private static let deviceRelabels = RuleRow.domain(
        "security-override", "a device has a label of its own where the domain's relabels", sources: devices,
        "It overrides that."
    ) { domain, report in
        let fixed = labels(domain).filter { !relabels($0) }.map { $0["model"] }
        for label in overrides(domain).joined() where fixed.contains(label["model"]) {
            report.surplus("label overrides require relabeling to be enabled at the domain level", label)
        }
    }
}
