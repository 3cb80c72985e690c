import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct FirmwareSelection: DomainCheck {
    let rule = DomainRule(
        "firmware-selection", "firmware is either selected or named",
        sources: ["libvirt 9.0.0 src/conf/domain_validate.c virDomainDefOSValidate"],
        """
        With <os firmware=> libvirt selects from the installed descriptors, and what it fills in may not be written: a
        loader with path, type or readonly, a template of the variables. Without it a loader has to name the file.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard let os = domain.root.first("os") else { return [] }
        let loader = os.first("loader")
        let nvram = os.first("nvram")
        let found = os["firmware"] == nil ? manual(os, loader, nvram, domain) : automatic(os, loader, nvram, domain)
        return found.isEmpty ? variables(os, loader, nvram, domain) : found
    }

    private func manual(
        _ os: XMLElement, _ loader: XMLElement?, _ nvram: XMLElement?, _ domain: CheckedDomain
    ) -> [Finding] {
        if let firmware = os.first("firmware") {
            return [
                finding(
                    "cannot use feature-based firmware autoselection when firmware autoselection is disabled",
                    at: firmware, in: domain, fix: "write <os firmware='efi'>")
            ]
        }
        guard loader != nil || nvram != nil, loader?.text.isEmpty ?? true else { return [] }
        return [
            finding(
                "no loader path specified and firmware auto selection disabled", at: loader ?? nvram ?? os, in: domain,
                fix: "add <loader readonly='yes' type='pflash'>PATH</loader>, or write <os firmware='efi'>")
        ]
    }

    private func automatic(
        _ os: XMLElement, _ loader: XMLElement?, _ nvram: XMLElement?, _ domain: CheckedDomain
    ) -> [Finding] {
        for name in ["readonly", "type"] {
            if let loader, loader[name] != nil, name == "type" || ["yes", "no"].contains(loader[name]) {
                return refuse("loader attribute '\(name)'", loader, name, domain)
            }
        }
        if let loader, !loader.text.isEmpty { return refuse("loader path", loader, nil, domain) }
        if let nvram, nvram["template"] != nil {
            return refuse("nvram attribute 'template'", nvram, "template", domain)
        }
        if let loader, loader["secure"] == "no" { return refuse("loader attribute 'secure'", loader, "secure", domain) }
        if let nvram, let kind = os["firmware"], kind == "bios" {
            return [
                finding("firmware type '\(kind)' does not support nvram", at: nvram, in: domain, fix: "remove <nvram>")
            ]
        }
        return []
    }

    private func variables(
        _ os: XMLElement, _ loader: XMLElement?, _ nvram: XMLElement?, _ domain: CheckedDomain
    ) -> [Finding] {
        guard let loader, let stateless = loader["stateless"] else { return [] }
        if stateless == "yes", let nvram {
            let what = nvram["template"] == nil ? "NVRAM" : "NVRAM template"
            return [
                finding(
                    "\(what) is not permitted when loader is stateless", at: nvram, in: domain, fix: "remove <nvram>")
            ]
        }
        guard stateless == "no", os["firmware"] == nil, loader["type"] != "pflash" else { return [] }
        return [
            finding(
                "Only pflash loader type permits NVRAM", at: loader, "stateless", in: domain, fix: "write type='pflash'"
            )
        ]
    }

    private func refuse(
        _ what: String, _ element: XMLElement, _ attribute: String?, _ domain: CheckedDomain
    ) -> [Finding] {
        [
            finding(
                "\(what) cannot be specified when firmware autoselection is enabled", at: element, attribute,
                in: domain,
                fix: "remove it, or remove firmware= from <os>")
        ]
    }
}
