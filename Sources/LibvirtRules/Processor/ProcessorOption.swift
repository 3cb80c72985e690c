import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct ProcessorOption: DomainCheck {
    let rule = DomainRule(
        "cpu-option", "what is said of the processor fits its mode",
        sources: [
            "libvirt 9.0.0 src/conf/cpu_conf.c virCPUDefParseXML",
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDefCpu",
            "libvirt 9.0.0 src/qemu/qemu_process.c qemuProcessUpdateGuestCPU",
            "libvirt 9.0.0 src/cpu/cpu_x86.c virCPUx86ValidateFeatures, x86ModelFromCPU",
        ],
        """
        A vendor and features need a model or a mode; migratable= and the host's cache need host-passthrough or
        maximum; an emulated cache is level 3. host-passthrough needs KVM.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard let cpu = domain.root.first("cpu") else { return [] }
        let mode = cpu["mode"] ?? "custom"
        let whole = model(cpu, mode, domain).map { message, attribute in
            finding(message, at: cpu, attribute, in: domain, fix: "add <model>, or change mode=")
        }
        let parts = ((domain.isX86 ? features(cpu) : []) + caches(cpu, mode) + addresses(cpu)).map { element, message in
            finding(message, at: element, in: domain, fix: "remove <\(element.name)>")
        }
        return whole + parts
    }

    private func model(_ cpu: XMLElement, _ mode: String, _ domain: CheckedDomain) -> [(String, String?)] {
        var found: [(String, String?)] = []
        let isHost = ["host-passthrough", "maximum"].contains(mode)
        let model = cpu.first("model").flatMap { $0.text.isEmpty ? nil : $0.text }
        if cpu["migratable"] != nil, !isHost {
            found.append(
                ("Attribute migratable is only allowed for 'host-passthrough' / 'maximum' CPU mode", "migratable"))
        }
        if model == nil {
            if let vendor = cpu.first("vendor"), !vendor.text.isEmpty {
                found.append(("CPU vendor specified without CPU model", nil))
            }
            if mode == "custom" {
                if cpu.first("feature") != nil {
                    found.append(("Non-empty feature list specified without CPU model", nil))
                }
            }
        }
        if !isHost, let vendor = cpu.first("model")?["vendor_id"], vendor.utf8.count != 12 {
            found.append(("vendor_id must be exactly 12 characters long", nil))
        } else if !isHost, cpu.first("model")?["vendor_id"]?.contains(",") ?? false {
            found.append(("vendor id is invalid", nil))
        }
        if let model, mode == "custom", domain.isX86, !ProcessorNames.models.contains(model) {
            found.append(("Unknown CPU model \(model)", nil))
        }
        if mode == "host-passthrough", domain.root["type"] == "qemu" {
            let arch = domain.root.first("os")?.first("type")?["arch"] ?? "x86_64"
            found.append(
                (
                    "CPU mode 'host-passthrough' for \(arch) qemu domain on x86_64 host is not supported by hypervisor",
                    "mode"
                ))
        }
        return found
    }

    private func features(_ cpu: XMLElement) -> [(XMLElement, String)] {
        var seen: Set<String> = []
        return cpu.elements("feature").compactMap { feature in
            let name = feature["name"] ?? ""
            if !seen.insert(name).inserted { return (feature, "CPU feature '\(name)' specified more than once") }
            return ProcessorNames.features.contains(name) ? nil : (feature, "unknown CPU feature: \(name)")
        }
    }

    private func caches(_ cpu: XMLElement, _ mode: String) -> [(XMLElement, String)] {
        let caches = cpu.elements("cache")
        if caches.count > 1 { return [(caches[1], "at most one CPU cache element may be specified")] }
        guard let cache = caches.first, let kind = cache["mode"] else { return [] }
        let level = cache["level"].flatMap { LibvirtNumber.signed($0, base: 10) }
        if let level, !(1...3).contains(level) {
            return [(cache, "invalid CPU cache level, must be in range [1,3]")]
        }
        switch kind {
        case "emulate" where level != 3: return [(cache, "CPU cache mode 'emulate' can only be used with level='3'")]
        case "passthrough" where !["host-passthrough", "maximum"].contains(mode):
            return [(cache, "CPU cache mode 'passthrough' can only be used with 'host-passthrough' / 'maximum' CPUs")]
        case "passthrough" where level != nil, "disable" where level != nil:
            return [(cache, "unsupported CPU cache level for mode '\(kind)'")]
        default: return []
        }
    }

    private func addresses(_ cpu: XMLElement) -> [(XMLElement, String)] {
        guard let limit = cpu.first("maxphysaddr") else { return [] }
        if let bits = limit["bits"], LibvirtNumber.signed(bits, base: 10) == nil {
            return [
                (
                    limit,
                    "Invalid value for attribute 'bits' in element 'maxphysaddr': '\(bits)'. Expected integer value"
                )
            ]
        }
        switch limit["mode"] {
        case "passthrough" where limit["bits"] != nil:
            return [
                (
                    limit,
                    "CPU maximum physical address bits number specification cannot be used with mode='passthrough'"
                )
            ]
        case "emulate" where limit["bits"] == nil:
            return [
                (limit, "if using CPU maximum physical address mode='emulate', bits= must be specified too")
            ]
        default: return []
        }
    }
}
