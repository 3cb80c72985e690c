import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

/// `<features>`.
enum FeatureSettings: RuleTable {
    static let all = [
        architecture, state, spinlocks, vendor, dirtyRing, tcg, tcgCache, ps2, ps2State, vmport, hyperVNeeds,
        hyperVMode,
    ]

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
                // NEWS.rst @ 11.9.0: "Add support for Hyper-V spinlocks never notify mechanism".
                if domain.isRead(by: .since(11, 9)) { continue }
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

    private static let keyboard = [
        "libvirt 10.7.0 NEWS.rst: qemu: Introduce the ability to disable the built-in PS/2 controller"
    ]

    private static func hasNoPS2(_ domain: CheckedDomain) -> Bool { feature(domain, "ps2")?["state"] == "off" }

    private static let ps2 = RuleRow.domain(
        "feature-ps2", "a PS/2 mouse or keyboard has a PS/2 controller", releases: .since(10, 7),
        remedy: "write bus='usb' or 'virtio', or remove <ps2 state='off'/>",
        sources: keyboard + ["libvirt 11.3.0 src/conf/domain_validate.c virDomainInputDefValidate"],
        "<ps2 state='off'/> takes the board's controller away."
    ) { domain, report in
        guard hasNoPS2(domain) else { return }
        for device in domain.devices("input")
        where device["bus"] == "ps2" || device["bus"] == nil && ["mouse", "keyboard"].contains(device["type"] ?? "") {
            report.refuse("ps2 bus inputs require the ps2 feature not to be disabled", at: device)
        }
    }

    private static let ps2State = RuleRow.domain(
        "feature-ps2-state", "the PS/2 controller is switched by a QEMU that can", releases: .since(10, 7),
        remedy: "remove <ps2>",
        sources: keyboard + [
            "libvirt 11.3.0 src/qemu/qemu_capabilities.c virQEMUCapsSupportsI8042Toggle",
            "QEMU 7.0 hw/i386/pc.c: the property i8042 of the machine",
        ],
        "Before QEMU 7.0 every PC has one."
    ) { domain, report in
        guard let release = domain.host.qemu, !release.switchesPS2, let ps2 = feature(domain, "ps2"),
            ps2["state"] != nil
        else { return }
        report.refuse("ps2 feature state cannot be controlled with this QEMU binary", at: ps2)
    }

    private static let vmport = RuleRow.domain(
        "feature-vmport", "VMware's port is a part of the PS/2 controller", releases: .since(10, 7),
        remedy: "write <vmport state='off'/>",
        sources: keyboard + ["libvirt 11.3.0 src/qemu/qemu_validate.c qemuValidateDomainDefFeatures"],
        "QEMU's vmport hands over its mouse."
    ) { domain, report in
        guard hasNoPS2(domain), let port = feature(domain, "vmport"), port["state"] ?? "on" == "on" else { return }
        report.refuse("vmport feature requires the ps2 feature not to be disabled", at: port)
    }

    /// What a feature of Hyper-V needs, as 12.8.0 says of each alone.
    private static let needs = [
        ("tlbflush", "vpindex", "tlbflush"), ("ipi", "vpindex", "ipi"), ("evmcs", "vapic", "evmcs"),
    ]

    private static let hyperVMode = RuleRow.domain(
        "feature-hyperv-mode", "Hyper-V's features are chosen in a way that libvirt knows",
        remedy: "write mode='custom'",
        sources: hyperV + ["libvirt 11.9.0 NEWS.rst: Introduce Hyper-V host-model mode"],
        "custom, passthrough, and from 11.9 on host-model."
    ) { domain, report in
        guard let all = feature(domain, "hyperv"), let mode = all["mode"], !["custom", "passthrough"].contains(mode),
            mode != "host-model" || domain.isRead(by: .until(11, 9))
        else { return }
        report.refuse("Invalid value for attribute 'mode' in element 'hyperv': '\(mode)'.", at: all, "mode")
    }

    private static let hyperVNeeds = RuleRow.domain(
        "feature-hyperv", "a feature of Hyper-V has those it builds on", releases: .since(11, 9),
        remedy: "add the feature that is named",
        sources: [
            "libvirt 11.9.0 NEWS.rst: qemu: Validate Hyper-V enlightenment dependencies",
            "libvirt 12.0.0 NEWS.rst: qemu: Relax validation of some hyperv features",
        ],
        "Windows finds the one through the other. Releases before take them as they are."
    ) { domain, report in
        guard let all = feature(domain, "hyperv"), all["mode"] ?? "custom" == "custom" else { return }
        func isOn(_ name: String) -> Bool { all.first(name)?["state"] == "on" }
        func refuse(_ name: String, _ needed: String, _ kind: String, at element: XMLElement) {
            report.refuse("'\(name)' hyperv feature requires '\(needed)' \(kind)", at: element)
        }
        for (name, needed, called) in needs where isOn(name) && !isOn(needed) {
            refuse(called, needed, "feature", at: all.first(name) ?? all)
        }
        if isOn("tlbflush"), let direct = all.first("tlbflush")?.first("direct"), direct["state"] == "on",
            !isOn("vapic")
        {
            refuse("hv-tlbflush-direct", "vapic", "feature", at: direct)
        }
        let timers = domain.root.first("clock")?.elements("timer") ?? []
        if isOn("stimer"), !timers.contains(where: { $0["name"] == "hypervclock" && $0["present"] == "yes" }) {
            refuse("stimer", "hypervclock", "timer", at: all.first("stimer") ?? all)
        }
    }
}
