import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

/// `<features>`.
enum FeatureSettings: RuleTable {
    static let all = [architecture, state, spinlocks, vendor, dirtyRing, tcg, tcgCache]

    private static let validate = ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDefFeatures"]
    private static let hyperV = ["libvirt 9.0.0 src/conf/domain_conf.c virDomainFeaturesHyperVDefParse"]
    private static let kvm = ["libvirt 9.0.0 src/conf/domain_conf.c virDomainFeaturesKVMDefParse"]

    private static func feature(_ domain: CheckedDomain, _ name: String) -> XMLElement? {
        domain.isX86 ? domain.features?.first(name) : nil
    }

    private static let architecture = RuleRow.domain(
        "feature-architecture", "a feature is one of x86",
        sources: validate + ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDefPSeriesFeature"],
        "Those of POWER and ARM are refused where they are on, some wherever they are."
    ) { domain, report in
        guard domain.isX86 else { return }
        let arch = domain.root.first("os")?.first("type")?["arch"] ?? "x86_64"
        let always: Set = ["htm", "nested-hv", "ccf-assist", "cfpc", "sbbc", "ibs"]
        for feature in domain.features?.elements() ?? []
        where always.contains(feature.name)
            || ["hpt", "gic"].contains(feature.name) && feature["state"] ?? "on" == "on"
        {
            report.surplus(
                "The '\(feature.name)' feature is not supported for architecture '\(arch)' or machine type "
                    + "'\(domain.expandedMachine)'", feature)
        }
    }

    /// Those below Hyper-V and KVM that libvirt looks at.
    private static func enlightenments(_ domain: CheckedDomain) -> [XMLElement] {
        let hyperV = feature(domain, "hyperv").flatMap { $0["mode"] == "passthrough" ? nil : $0 }
        return (hyperV?.elements() ?? []) + (feature(domain, "kvm")?.elements() ?? [])
    }

    private static let state = RuleRow.domain(
        "feature-state", "a feature of Hyper-V or KVM is on or off", remedy: "write state='on'",
        sources: hyperV + kvm, "state= has no default."
    ) { domain, report in
        for feature in enlightenments(domain) where feature["state"] == nil {
            report.refuse("Missing required attribute 'state' in element '\(feature.name)'", at: feature)
        }
    }

    private static let spinlocks = RuleRow.domain(
        "feature-spinlocks", "Hyper-V's spinlocks are tried 4095 times at least", remedy: "write retries='8191'",
        sources: hyperV, "Then the guest tells the host that it waits."
    ) { domain, report in
        for feature in enlightenments(domain) where feature.name == "spinlocks" && feature["state"] == "on" {
            guard let retries = feature["retries"] else {
                report.refuse("Missing required attribute 'retries' in element 'spinlocks'", at: feature)
                continue
            }
            if LibvirtNumber.unsigned(retries) ?? 4095 < 4095 {
                report.refuse("HyperV spinlock retry count must be at least 4095", at: feature)
            }
        }
    }

    private static let vendor = RuleRow.domain(
        "feature-vendor", "Hyper-V's vendor has 12 characters at most", remedy: "write value='Microsoft Hv'",
        sources: hyperV, "CPUID has three registers of four bytes for it; QEMU's command line no comma."
    ) { domain, report in
        for feature in enlightenments(domain) where feature.name == "vendor_id" && feature["state"] == "on" {
            guard let vendor = feature["value"] else {
                report.refuse("missing 'value' attribute for HyperV feature 'vendor_id'", at: feature)
                continue
            }
            if vendor.utf8.count > 12 {
                report.refuse("HyperV vendor_id value must not be more than 12 characters.", at: feature)
            } else if vendor.contains(",") {
                report.refuse("HyperV vendor_id value is invalid", at: feature)
            }
        }
    }

    private static let dirtyRing = RuleRow.domain(
        "feature-dirty-ring", "KVM's dirty ring is a power of two from 1024 to 65536", remedy: "write size='4096'",
        sources: kvm, "It holds the pages that a vCPU wrote to."
    ) { domain, report in
        guard let feature = feature(domain, "kvm")?.first("dirty-ring"), feature["state"] == "on" else { return }
        guard let text = feature["size"] else {
            return report.refuse("Missing required attribute 'size' in element 'dirty-ring'", at: feature)
        }
        guard let size = LibvirtNumber.unsigned(text),
            size.nonzeroBitCount != 1 || !(1024...65536).contains(size)
        else { return }
        report.refuse("dirty ring must be power of 2 and ranges [1024, 65536]", at: feature)
    }

    private static let tcg = RuleRow.domain(
        "feature-tcg", "features of emulation are for an emulated guest", sources: validate,
        "KVM translates no code."
    ) { domain, report in
        guard let feature = feature(domain, "tcg"), domain.root["type"] != "qemu" else { return }
        report.surplus("TCG features are incompatible with domain type '\(domain.root["type"] ?? "")'", feature)
    }

    private static let tcgCache = RuleRow.domain(
        "feature-tcg-cache", "the cache of translated code has whole MiB",
        remedy: "write <tb-cache unit='MiB'>128</tb-cache>",
        sources: validate, "QEMU counts them."
    ) { domain, report in
        guard let cache = feature(domain, "tcg")?.first("tb-cache"), domain.root["type"] == "qemu",
            let size = ScaledSize.bytes(cache, defaultUnit: 1024), !size.isMultiple(of: 1 << 20)
        else { return }
        report.refuse("tb-cache size must be an integer multiple of MiB", at: cache)
    }
}
