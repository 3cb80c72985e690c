import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

/// `<cpu>`.
enum ProcessorModel: RuleTable {
    static let all = [
        name, vendor, vendorID, features, featureOnce, featureKnown, migratable, passthrough, cacheOnce, cache,
        addressBits, addressLimit,
    ]

    private static let parsing = ["libvirt 9.0.0 src/conf/cpu_conf.c virCPUDefParseXML"]
    private static let updating = [
        "libvirt 9.0.0 src/qemu/qemu_process.c qemuProcessUpdateGuestCPU",
        "libvirt 9.0.0 src/cpu/cpu_x86.c virCPUx86ValidateFeatures, x86ModelFromCPU",
    ]
    private static let validate = ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDefCpu"]

    private struct Processor {
        var element: XMLElement
        var mode: String
        /// Nil where none is written.
        var model: String?
        var isHost: Bool { ["host-passthrough", "maximum"].contains(mode) }
    }

    private static func processor(_ domain: CheckedDomain) -> Processor? {
        domain.root.first("cpu").map { cpu in
            Processor(
                element: cpu, mode: cpu["mode"] ?? "custom",
                model: cpu.first("model").flatMap { $0.text.isEmpty ? nil : $0.text })
        }
    }

    private static let name = RuleRow.domain(
        "cpu-model", "the model of a processor is one libvirt knows", remedy: "write another <model>, or change mode=",
        sources: updating, "Those of src/cpu_map; mode='host-passthrough' and 'host-model' need none."
    ) { domain, report in
        guard domain.isX86, let cpu = processor(domain), cpu.mode == "custom", let model = cpu.model,
            !ProcessorNames.hasModel(model, in: domain.libvirt)
        else { return }
        report.refuse("Unknown CPU model \(model)", at: cpu.element)
    }

    private static let vendor = RuleRow.domain(
        "cpu-vendor", "a processor with a vendor has a model", remedy: "add <model>", sources: parsing,
        "<vendor> says for which host the model is meant."
    ) { domain, report in
        guard let cpu = processor(domain), cpu.model == nil, let vendor = cpu.element.first("vendor"),
            !vendor.text.isEmpty
        else { return }
        report.refuse("CPU vendor specified without CPU model", at: cpu.element)
    }

    private static let vendorID = RuleRow.domain(
        "cpu-vendor-id", "the vendor that the guest sees has 12 characters", remedy: "write vendor_id='GenuineIntel'",
        sources: parsing, "CPUID has three registers of four bytes for it; QEMU's command line no comma."
    ) { domain, report in
        guard let cpu = processor(domain), !cpu.isHost, let vendor = cpu.element.first("model")?["vendor_id"] else {
            return
        }
        if vendor.utf8.count != 12 {
            report.refuse("vendor_id must be exactly 12 characters long", at: cpu.element)
        } else if vendor.contains(",") {
            report.refuse("vendor id is invalid", at: cpu.element)
        }
    }

    private static let features = RuleRow.domain(
        "cpu-feature-model", "features are added to a model", remedy: "add <model>, or change mode=", sources: parsing,
        "Without a model and a mode there is nothing that they would change."
    ) { domain, report in
        guard let cpu = processor(domain), cpu.model == nil, cpu.mode == "custom", cpu.element.first("feature") != nil
        else { return }
        report.refuse("Non-empty feature list specified without CPU model", at: cpu.element)
    }

    private static let featureOnce = RuleRow.domain(
        "cpu-feature-once", "a feature is given once", sources: parsing, "It is on or off."
    ) { domain, report in
        guard domain.isX86, let cpu = processor(domain) else { return }
        var seen: Set<String> = []
        for feature in cpu.element.elements("feature") where !seen.insert(feature["name"] ?? "").inserted {
            report.surplus("CPU feature '\(feature["name"] ?? "")' specified more than once", feature)
        }
    }

    private static let featureKnown = RuleRow.domain(
        "cpu-feature", "a feature is one libvirt knows", sources: updating, "Those of src/cpu_map/x86_features.xml."
    ) { domain, report in
        guard domain.isX86, let cpu = processor(domain) else { return }
        var seen: Set<String> = []
        for feature in cpu.element.elements("feature") {
            let name = feature["name"] ?? ""
            guard seen.insert(name).inserted, !ProcessorNames.hasFeature(name, in: domain.libvirt) else { continue }
            report.surplus("unknown CPU feature: \(name)", feature)
        }
    }

    private static let migratable = RuleRow.domain(
        "cpu-migratable", "what cannot migrate is left out of the host's processor", remedy: "remove migratable=",
        sources: parsing, "A model has only what can."
    ) { domain, report in
        guard let cpu = processor(domain), cpu.element["migratable"] != nil, !cpu.isHost else { return }
        report.refuse(
            "Attribute migratable is only allowed for 'host-passthrough' / 'maximum' CPU mode", at: cpu.element,
            "migratable")
    }

    private static let passthrough = RuleRow.domain(
        "cpu-passthrough", "the host's processor is passed through under KVM",
        remedy: "write mode='maximum', or <domain type='kvm'>", sources: validate,
        "TCG emulates one."
    ) { domain, report in
        guard let cpu = processor(domain), cpu.mode == "host-passthrough", domain.root["type"] == "qemu" else { return }
        let arch = domain.root.first("os")?.first("type")?["arch"] ?? "x86_64"
        report.refuse(
            "CPU mode 'host-passthrough' for \(arch) qemu domain on x86_64 host is not supported by hypervisor",
            at: cpu.element, "mode")
    }

    private static let cacheOnce = RuleRow.domain(
        "cpu-cache-once", "the cache of a processor is described once", sources: parsing, "There is one <cache>."
    ) { domain, report in
        let caches = processor(domain)?.element.elements("cache") ?? []
        if caches.count > 1 { report.surplus("at most one CPU cache element may be specified", caches[1]) }
    }

    private static let cache = RuleRow.domain(
        "cpu-cache", "a cache is emulated on level 3, or is the host's of a host's processor",
        sources: parsing + validate, "mode='emulate' needs level='3'; 'passthrough' and 'disable' have no level."
    ) { domain, report in
        guard let cpu = processor(domain), let cache = cpu.element.first("cache"), let kind = cache["mode"] else {
            return
        }
        let level = cache["level"].flatMap { LibvirtNumber.signed($0, base: 10) }
        if let level, !(1...3).contains(level) {
            report.surplus("invalid CPU cache level, must be in range [1,3]", cache)
        } else if kind == "emulate", level != 3 {
            report.surplus("CPU cache mode 'emulate' can only be used with level='3'", cache)
        } else if kind == "passthrough", !cpu.isHost {
            report.surplus(
                "CPU cache mode 'passthrough' can only be used with 'host-passthrough' / 'maximum' CPUs", cache)
        } else if ["passthrough", "disable"].contains(kind), level != nil {
            report.surplus("unsupported CPU cache level for mode '\(kind)'", cache)
        }
    }

    private static let addressBits = RuleRow.domain(
        "cpu-address-bits", "emulated address bits have a number, the host's have none",
        sources: parsing + ["libvirt 9.3.0 NEWS.rst: Improve handling of maximum physical address configuration"],
        "<maxphysaddr mode='emulate' bits='39'/>, or mode='passthrough'. From 9.3 on bits= may be left out."
    ) { domain, report in
        guard let limit = processor(domain)?.element.first("maxphysaddr") else { return }
        if let bits = limit["bits"], LibvirtNumber.signed(bits, base: 10) == nil {
            report.surplus(
                "Invalid value for attribute 'bits' in element 'maxphysaddr': '\(bits)'. Expected integer value", limit)
        } else if limit["mode"] == "passthrough", limit["bits"] != nil {
            report.surplus(
                "CPU maximum physical address bits number specification cannot be used with mode='passthrough'", limit)
        } else if limit["mode"] == "emulate", limit["bits"] == nil, domain.isRead(by: .until(9, 3)) {
            report.surplus(
                "if using CPU maximum physical address mode='emulate', bits= must be specified too", limit)
        }
    }

    private static let addressLimit = RuleRow.domain(
        "cpu-address-limit", "a limit of address bits is a number, for mode='passthrough'",
        releases: .since(9, 3),
        sources: [
            "libvirt 9.3.0 NEWS.rst: Improve handling of maximum physical address configuration",
            "libvirt 11.3.0 src/conf/cpu_conf.c virCPUDefParseXML",
        ],
        "<maxphysaddr mode='passthrough' limit='39'/> keeps a guest movable to a host with fewer address lines."
    ) { domain, report in
        guard let bits = processor(domain)?.element.first("maxphysaddr"), let limit = bits["limit"] else { return }
        guard let number = LibvirtNumber.unsigned(limit, base: 10) else {
            return report.surplus(
                "Invalid value for attribute 'limit' in element 'maxphysaddr': '\(limit)'. Expected non-negative "
                    + "integer value", bits, "limit")
        }
        if number == 0 {
            report.surplus(
                "Invalid value for attribute 'limit' in element 'maxphysaddr': Zero is not permitted", bits, "limit")
        } else if bits["mode"] != "passthrough" {
            report.surplus("attribute 'limit' is only supported for maxphysaddr mode 'passthrough'", bits, "limit")
        }
    }
}
