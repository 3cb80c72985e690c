import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct SecurityLabel: DomainCheck {
    let rule = DomainRule(
        "security-label", "security labels name their model, one each",
        sources: [
            "libvirt 9.0.0 src/conf/domain_conf.c virSecurityLabelDefParseXML, virSecurityLabelDefsParseXML",
            "libvirt 9.0.0 src/conf/domain_validate.c virSecurityDeviceLabelDefValidate",
        ],
        """
        A dynamic label relabels, the type 'none' does not, a static one has a label. Of several each names its model; a
        device overrides a label only where the domain's relabels.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        let labels = domain.root.elements("seclabel")
        var seen: Set<String> = []
        var found: [Finding] = []
        for label in labels {
            let model = label["model"]
            var message = complaint(label)
            if message == nil, !seen.insert(model ?? "").inserted {
                message = "seclabel for model \(model ?? "(null)") is already provided"
            }
            if message == nil, model == nil {
                let type = label["type"] ?? "dynamic"
                if labels.count > 1 {
                    message = "missing security model when using multiple labels"
                } else if type == "static" || type == "dynamic" && label.first("baselabel") != nil {
                    message = "missing security model in domain seclabel"
                }
            }
            if let message {
                found.append(finding(message, at: label, in: domain, fix: "write model=, or remove <seclabel>"))
            }
        }
        return found + overrides(labels, domain)
    }

    private func complaint(_ label: XMLElement) -> String? {
        let type = label["type"] ?? "dynamic"
        let relabels = label["relabel"].map { $0 == "yes" } ?? (type == "dynamic")
        if type == "dynamic", !relabels { return "dynamic label type must use resource relabeling" }
        if type == "none", relabels { return "resource relabeling is not compatible with 'none' label type" }
        return type == "static" && label["model"] != "none" && label.first("label")?.text.isEmpty ?? true
            ? "security label is missing" : nil
    }

    private func overrides(_ labels: [XMLElement], _ domain: CheckedDomain) -> [Finding] {
        domain.devices.flatMap { device -> [Finding] in
            guard ["disk", "serial", "parallel", "console", "channel"].contains(device.name),
                let source = device.first("source")
            else { return [] }
            var seen: Set<String> = []
            return source.elements("seclabel").compactMap { own in
                let model = own["model"]
                var message: String?
                if !seen.insert(model ?? "").inserted {
                    message = "seclabel for model \(model ?? "(null)") is already provided"
                } else if own["relabel"] == "no", own.first("label") != nil {
                    message = "Cannot specify a label if relabelling is turned off. model=\(model ?? "<null>")"
                } else if labels.contains(where: { $0["model"] == model && !relabels($0) }) {
                    message = "label overrides require relabeling to be enabled at the domain level"
                }
                return message.map { finding($0, at: own, in: domain, fix: "remove <seclabel>") }
            }
        }
    }

    private func relabels(_ label: XMLElement) -> Bool {
        label["relabel"].map { $0 == "yes" } ?? (label["type"] ?? "dynamic" == "dynamic")
    }
}
