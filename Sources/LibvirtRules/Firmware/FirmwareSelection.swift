import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

/// Which firmware starts.
enum FirmwareSelection: RuleTable {
    static let all = [feature, path, automatic, nvram, stateless, variables]

    private static let validate = ["libvirt 9.0.0 src/conf/domain_validate.c virDomainDefOSValidate"]

    private static func os(_ domain: CheckedDomain) -> (element: XMLElement, isAutomatic: Bool)? {
        domain.root.first("os").map { ($0, $0["firmware"] != nil) }
    }

    private static let feature = RuleRow.domain(
        "firmware-feature", "features are those of firmware that libvirt selects", remedy: "write <os firmware='efi'>",
        sources: validate, "<firmware><feature name=> narrows down the installed descriptors."
    ) { domain, report in
        guard let os = os(domain), !os.isAutomatic, let firmware = os.element.first("firmware") else { return }
        report.refuse(
            "cannot use feature-based firmware autoselection when firmware autoselection is disabled", at: firmware)
    }

    private static let path = RuleRow.domain(
        "firmware-path", "a loader names its file, unless libvirt selects the firmware",
        remedy: "add <loader readonly='yes' type='pflash'>PATH</loader>, or write <os firmware='efi'>",
        sources: validate,
        "<nvram> alone does not say for which firmware the variables are."
    ) { domain, report in
        guard let os = os(domain), !os.isAutomatic, os.element.first("firmware") == nil else { return }
        let (loader, nvram) = (os.element.first("loader"), os.element.first("nvram"))
        guard let place = loader ?? nvram, loader?.text.isEmpty ?? true else { return }
        report.refuse("no loader path specified and firmware auto selection disabled", at: place)
    }

    private static let automatic = RuleRow.domain(
        "firmware-selection", "what libvirt selects is not written", releases: .until(9, 2),
        remedy: "remove it, or remove firmware= from <os>",
        sources: validate + ["libvirt 9.2.0 NEWS.rst: qemu: Make firmware selection persistent"],
        "From 9.2 on libvirt writes what it selected into the domain, and takes it back. With <os firmware=> it fills in path, type and mode of the loader and the template of the variables."
    ) { domain, report in
        guard let os = os(domain), os.isAutomatic else { return }
        let (loader, nvram) = (os.element.first("loader"), os.element.first("nvram"))
        func refuse(_ what: String, _ element: XMLElement, _ attribute: String? = nil) {
            report.refuse(
                "\(what) cannot be specified when firmware autoselection is enabled", at: element, attribute)
        }
        if let loader {
            if ["yes", "no"].contains(loader["readonly"]) { refuse("loader attribute 'readonly'", loader, "readonly") }
            if loader["type"] != nil { refuse("loader attribute 'type'", loader, "type") }
            if !loader.text.isEmpty { refuse("loader path", loader) }
            if loader["secure"] == "no" { refuse("loader attribute 'secure'", loader, "secure") }
        }
        if let nvram, nvram["template"] != nil { refuse("nvram attribute 'template'", nvram, "template") }
    }

    private static let nvram = RuleRow.domain(
        "firmware-nvram", "a BIOS has no file for variables", sources: validate, "They are UEFI's."
    ) { domain, report in
        guard let os = os(domain), os.element["firmware"] == "bios" else { return }
        report.surplus("firmware type 'bios' does not support nvram", os.element.first("nvram"))
    }

    private static let stateless = RuleRow.domain(
        "firmware-stateless", "a loader without state has no variables", sources: validate,
        "stateless='yes' forgets them at each start."
    ) { domain, report in
        guard let os = os(domain)?.element, os.first("loader")?["stateless"] == "yes", let nvram = os.first("nvram")
        else { return }
        let what = nvram["template"] == nil ? "NVRAM" : "NVRAM template"
        report.surplus("\(what) is not permitted when loader is stateless", nvram)
    }

    private static let variables = RuleRow.domain(
        "firmware-pflash", "a loader with state is a flash", remedy: "write type='pflash'", sources: validate,
        "A ROM cannot be written."
    ) { domain, report in
        guard let os = os(domain), let loader = os.element.first("loader"), loader["stateless"] == "no" else { return }
        if os.isAutomatic {
            guard os.element["firmware"] != "efi" else { return }
            report.refuse("Only EFI firmware permits NVRAM", at: loader, "stateless")
        } else if loader["type"] != "pflash" {
            report.refuse("Only pflash loader type permits NVRAM", at: loader, "stateless")
        }
    }
}
