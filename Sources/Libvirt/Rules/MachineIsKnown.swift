import BerthDiagnostics
import BerthStack
import BerthTopology
import BerthXML

/// The machine type is one of the QEMU release.
struct MachineIsKnown: DomainRule {
    let id: RuleID = "machine-known"
    let summary = "the machine type is one of the QEMU release"
    let documentation = """
        Versioned machine types (pc-q35-7.2) come with the QEMU release of that number and stay for years. The release
        is 7.2 unless --qemu-version names another.
        """
    let sources = [
        "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDef", "QEMU 7.2 qemu-system-x86_64 -machine help",
    ]

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard domain.isX86, let type = domain.root.first("os")?.first("type"), let name = type["machine"],
            !MachineNames.contains(name, in: domain.host.qemu)
        else { return [] }
        let emulator = domain.root.first("devices")?.first("emulator")?.text ?? "/usr/bin/qemu-system-x86_64"
        let near = NearestName.of(name, among: MachineNames.aliases)
        return [
            finding(
                "Emulator '\(emulator)' does not support machine type '\(name)'", at: type, "machine", in: domain,
                fix: "write machine='\(near ?? "q35")'")
        ]
    }

    /// What exists beside the versioned types.
    fileprivate enum MachineNames {
        static let aliases = ["pc", "q35", "isapc", "microvm", "none", "x-remote", "xenfv", "xenpv"]

        static func contains(_ name: String, in release: QEMURelease) -> Bool {
            if aliases.contains(name) { return true }
            for (prefix, oldest) in [("pc-i440fx-", QEMURelease(1, 4)), ("pc-q35-", QEMURelease(2, 4))]
            where name.hasPrefix(prefix) {
                let number = String(name.dropFirst(prefix.count))
                // 4.0 was followed by 4.0.1 on q35 alone.
                if number == "4.0.1" { return prefix == "pc-q35-" }
                guard let version = QEMURelease(number), number == version.description else { return false }
                return version >= oldest && version <= release
            }
            return ["xenfv-3.1", "xenfv-4.2"].contains(name)
        }
    }
}
