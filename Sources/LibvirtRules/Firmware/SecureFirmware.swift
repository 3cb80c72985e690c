import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

/// System management mode, and what stands on it.
enum SecureFirmware: RuleTable {
    static let all = [secureBoot, architecture, smm, segment, segmentSize]

    private static let boot = ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDefBoot"]
    private static let features = ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDefFeatures"]

    private static func loader(_ domain: CheckedDomain) -> XMLElement? {
        domain.root.first("os")?.first("loader").flatMap { $0["secure"] == "yes" ? $0 : nil }
    }

    private static let secureBoot = RuleRow.domain(
        "secure-boot", "a guest with Secure Boot is a q35", remedy: "write machine='q35', or secure='no'",
        sources: boot,
        "Only system management mode can keep the guest from writing the variables of the firmware; only Q35 has it."
    ) { domain, report in
        guard let loader = loader(domain), domain.chipset != .q35 else { return }
        report.refuse("Secure boot is supported with q35 machine types only", at: loader, "secure")
    }

    private static let architecture = RuleRow.domain(
        "secure-boot-architecture", "a guest with Secure Boot is x86_64", remedy: "write secure='no'", sources: boot,
        "The firmware of no other architecture uses SMM."
    ) { domain, report in
        guard let loader = loader(domain), let arch = domain.root.first("os")?.first("type")?["arch"], arch != "x86_64"
        else { return }
        report.refuse("Secure boot is supported for x86_64 architecture only", at: loader, "secure")
    }

    private static let smm = RuleRow.domain(
        "secure-boot-smm", "a guest with Secure Boot has SMM", remedy: "add <smm state='on'/> to <features>",
        sources: boot,
        "Where libvirt selects the firmware it switches SMM on itself."
    ) { domain, report in
        guard let loader = loader(domain), domain.root.first("os")?["firmware"] == nil, !domain.hasFeature("smm") else {
            return
        }
        report.refuse("Secure boot requires SMM feature enabled", at: loader, "secure")
    }

    private static func segment(_ domain: CheckedDomain) -> XMLElement? {
        domain.features?.first("smm").flatMap { $0["state"] == "off" ? nil : $0.first("tseg") }
    }

    private static let segment = RuleRow.domain(
        "smm-tseg", "the memory of SMM is set on Q35 only", remedy: "write machine='q35', or remove <tseg>",
        sources: features, "<smm><tseg> sizes the top segment, a register of the Q35 host bridge."
    ) { domain, report in
        guard let segment = segment(domain), domain.chipset != .q35 else { return }
        report.refuse("SMM TSEG is only supported with q35 machine type", at: segment)
    }

    private static let segmentSize = RuleRow.domain(
        "smm-tseg-size", "the memory of SMM is set in whole MiB", remedy: "write <tseg unit='MiB'>48</tseg>",
        sources: features, "The register counts them."
    ) { domain, report in
        guard let segment = segment(domain), domain.chipset == .q35,
            let size = ScaledSize.bytes(segment, defaultUnit: 1 << 20), !size.isMultiple(of: 1 << 20)
        else { return }
        report.refuse("SMM TSEG size must be divisible by 1 MiB", at: segment)
    }
}
