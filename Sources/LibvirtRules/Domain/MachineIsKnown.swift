import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthTopology
import BerthXML

struct MachineIsKnown: DomainCheck {
    let rule = DomainRule(
        "machine-known", "the machine type is one of the QEMU release",
        sources: [
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDef",
            "QEMU 7.2, 10.0 and 11.1 qemu-system-x86_64 -machine help",
        ],
        """
        Versioned machine types (pc-q35-7.2) come with the QEMU release of that number and stay for years: 11.1 begins
        with 5.2. The release is that
        of the machine type itself unless --stack or --qemu-version name another. Distributions have types of their own,
        such as pc-q35-rhel9.4.0, which no other QEMU has.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard domain.isX86, let type = domain.root.first("os")?.first("type"), let name = type["machine"],
            !MachineNames.contains(name, in: domain.host)
        else { return [] }
        let fix = "write machine='\(MachineNames.near(name, in: domain.host))'"
        if domain.host.qemu == nil, MachineNames.isDistribution(name) {
            return [
                finding(
                    .warning, "'\(name)' is no machine of QEMU's own; a distribution's QEMU may have it", at: type,
                    "machine", in: domain, fix: fix)
            ]
        }
        let emulator = domain.root.first("devices")?.first("emulator")?.text ?? "/usr/bin/qemu-system-x86_64"
        return [
            finding(
                "Emulator '\(emulator)' does not support machine type '\(name)'", at: type, "machine", in: domain,
                fix: fix)
        ]
    }
}

/// Names of QEMU's machine types for x86.
private enum MachineNames {
    /// What exists beside the versioned types.
    static let aliases = ["pc", "q35", "isapc", "microvm", "none", "x-remote", "xenfv", "xenpv"]

    /// A chipset, whose versioned types begin with `prefix`.
    private struct Family {
        let prefix: String
        let alias: String
        let hasType: @Sendable (QEMURelease) -> Bool
    }

    private static let families = [
        Family(prefix: "pc-i440fx-", alias: "pc") { $0.namesI440FX },
        Family(prefix: "pc-q35-", alias: "q35") { $0.namesQ35 },
    ]

    /// A host of which nobody said anything may have any release, and QEMU's own machines.
    static func contains(_ name: String, in host: LibvirtHost) -> Bool {
        if aliases.contains(name) { return true }
        let (release, vendor) = (host.qemu, host.machines ?? .upstream)
        for family in families where name.hasPrefix(family.prefix) {
            let number = String(name.dropFirst(family.prefix.count))
            if let machine = MachineRelease(number), machine.vendor != .upstream {
                return vendor.has(machine.vendor) && release.map { machine.qemu <= $0 } ?? true
            }
            guard vendor.has(.upstream) else { return false }
            // 4.0 was followed by 4.0.1 on q35 alone.
            if number == "4.0.1" { return family.alias == "q35" }
            guard let version = QEMURelease(grammar: number), number == version.description,
                version.isNumberedAsReleases
            else { return false }
            return family.hasType(version) && release.map { version <= $0 && $0.keepsMachines(of: version) } ?? true
        }
        return ["xenfv-3.1", "xenfv-4.2"].contains(name)
    }

    /// A machine of one of the chipsets whose version is not written as QEMU does.
    static func isDistribution(_ name: String) -> Bool {
        if name.hasPrefix("rhel") { return true }
        return families.contains { family in
            name.hasPrefix(family.prefix) && name.dropFirst(family.prefix.count).contains { $0.isASCII && $0.isLetter }
        }
    }

    /// Of the same chipset: the newest of the release, or the one without a version.
    static func near(_ name: String, in host: LibvirtHost) -> String {
        if let family = families.first(where: { name.hasPrefix($0.prefix) }) {
            guard let release = host.qemu, family.hasType(release), host.machines?.has(.upstream) ?? true else {
                return family.alias
            }
            return family.prefix + release.description
        }
        return NearestName.of(name, among: aliases) ?? (DomainMachine(name: name).chipset == .i440fx ? "pc" : "q35")
    }
}
