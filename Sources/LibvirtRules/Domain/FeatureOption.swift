import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct FeatureOption: DomainCheck {
    let rule = DomainRule(
        "feature-option", "a feature is one of x86, with values QEMU takes",
        sources: [
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDefFeatures, qemuValidateDomainDefPSeriesFeature",
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainFeaturesHyperVDefParse, virDomainFeaturesKVMDefParse",
        ],
        """
        Features of POWER and ARM are refused on x86 where they are on. Hyper-V's spinlocks retry at least 4095 times and
        its vendor has at most 12 characters; KVM's dirty ring is a power of two from 1024 to 65536; TCG's cache whole MiB.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard domain.isX86, let features = domain.features else { return [] }
        return features.elements().flatMap { feature in
            complaints(feature, domain).map { element, message in
                finding(message, at: element, in: domain, fix: "remove <\(element.name)>, or change its value")
            }
        }
    }

    private func complaints(_ feature: XMLElement, _ domain: CheckedDomain) -> [(XMLElement, String)] {
        let arch = domain.root.first("os")?.first("type")?["arch"] ?? "x86_64"
        let state = feature["state"] ?? "on"
        switch feature.name {
        case "hpt", "htm", "nested-hv", "ccf-assist", "gic":
            guard state == "on" || feature.name == "htm" || feature.name == "nested-hv" || feature.name == "ccf-assist"
            else { return [] }
            return [
                (
                    feature,
                    "The '\(feature.name)' feature is not supported for architecture '\(arch)' or machine type "
                        + "'\(domain.expandedMachine)'"
                )
            ]
        case "cfpc", "sbbc", "ibs":
            return [
                (
                    feature,
                    "The '\(feature.name)' feature is not supported for architecture '\(arch)' or machine type "
                        + "'\(domain.expandedMachine)'"
                )
            ]
        case "hyperv": return feature["mode"] == "passthrough" ? [] : feature.elements().compactMap(hyperV)
        case "kvm": return feature.elements().compactMap(kvm)
        case "tcg":
            if domain.root["type"] != "qemu" {
                return [
                    (feature, "TCG features are incompatible with domain type '\(domain.root["type"] ?? "")'")
                ]
            }
            guard let cache = feature.first("tb-cache"), let size = ScaledSize.bytes(cache, defaultUnit: 1024),
                !size.isMultiple(of: 1 << 20)
            else { return [] }
            return [(cache, "tb-cache size must be an integer multiple of MiB")]
        default: return []
        }
    }

    private func hyperV(_ feature: XMLElement) -> (XMLElement, String)? {
        if let missing = stateless(feature) { return missing }
        guard feature["state"] == "on" else { return nil }
        switch feature.name {
        case "spinlocks":
            let retries = feature["retries"].flatMap { LibvirtNumber.unsigned($0) }
            return retries ?? 4095 < 4095
                ? (feature, "HyperV spinlock retry count must be at least 4095")
                : feature["retries"] == nil
                    ? (feature, "Missing required attribute 'retries' in element 'spinlocks'") : nil
        case "vendor_id":
            guard let vendor = feature["value"] else {
                return (feature, "missing 'value' attribute for HyperV feature 'vendor_id'")
            }
            if vendor.utf8.count > 12 {
                return (feature, "HyperV vendor_id value must not be more than 12 characters.")
            }
            return vendor.contains(",") ? (feature, "HyperV vendor_id value is invalid") : nil
        default: return nil
        }
    }

    private func stateless(_ feature: XMLElement) -> (XMLElement, String)? {
        feature["state"] == nil
            ? (feature, "Missing required attribute 'state' in element '\(feature.name)'") : nil
    }

    private func kvm(_ feature: XMLElement) -> (XMLElement, String)? {
        if let missing = stateless(feature) { return missing }
        guard feature.name == "dirty-ring", feature["state"] == "on" else { return nil }
        guard let size = feature["size"].flatMap({ LibvirtNumber.unsigned($0) }) else {
            return feature["size"] == nil
                ? (feature, "Missing required attribute 'size' in element 'dirty-ring'") : nil
        }
        return size.nonzeroBitCount == 1 && (1024...65536).contains(size)
            ? nil : (feature, "dirty ring must be power of 2 and ranges [1024, 65536]")
    }
}
