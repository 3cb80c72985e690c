package import BerthStack

/// The machine that a VM has: QEMU's version of it, and Proxmox' revision of that.
package struct VMMachine: Hashable, Sendable {
    package var isQ35: Bool
    /// What decides what qemu-server makes.
    package var version: QEMURelease
    package var revision: Int
    /// As `-machine type=` names it.
    package var name: String
    /// Whether the file names a version, so that it is the same wherever the VM runs.
    package var isPinned: Bool

    func isAtLeast(_ major: Int, _ minor: Int, _ pve: Int = 0) -> Bool {
        let other = QEMURelease(major, minor)
        return version > other || version == other && revision >= pve
    }
}

/// Proxmox' revisions of QEMU's machines: the highest of each version that has some.
///
/// Source: `$PVE_MACHINE_VERSION` in PVE/QemuServer/Machine.pm @ qemu-server 9.2.6; 8.4 ends at 9.2, 7.4 at 4.1.
enum MachineRevisions {
    static let highest: [QEMURelease: Int] = [
        QEMURelease(4, 1): 2, QEMURelease(9, 2): 1, QEMURelease(10, 0): 1, QEMURelease(11, 0): 2,
    ]
}

extension VMConfiguration {
    /// What stands in `machine:`: `pc`, `q35`, `pc-q35-8.1+pve0`; without it a VM is a `pc`.
    var machineType: String { machineProperties?["type"] ?? "pc" }

    var machineProperties: PropertyString? { properties("machine", defaultKey: "type") }

    /// Source: `machine_type_is_q35` in PVE/QemuServer/Machine.pm.
    package var isQ35: Bool { machineType.contains("q35") }

    /// The release of a versioned machine type; nil for `pc`, `q35`, and for what is none.
    package var pinnedRelease: MachineRelease? {
        let text = machineType.replacing(".pxe", with: "")
        for prefix in ["pc-i440fx-", "pc-q35-", "pc-"] where text.hasPrefix(prefix) {
            return MachineRelease(String(text.dropFirst(prefix.count)))
        }
        return nil
    }

    /// The machine under a QEMU. Windows, which takes a changed machine for another computer, keeps the one it was created with.
    ///
    /// Source: `get_vm_machine` and `windows_get_pinned_machine_version` in PVE/QemuServer/Machine.pm @ qemu-server 9.2.6; the
    /// version of creation counts since 8.3.
    func machine(under qemu: QEMURelease) -> VMMachine {
        if let pinned = pinnedRelease {
            let text = machineType.replacing(".pxe", with: "")
            let revision = text.split(separator: "+").dropFirst().first.flatMap { Int($0.dropFirst("pve".count)) } ?? 0
            let name = text.contains("+pve") ? text : "\(text)+pve0"
            return VMMachine(
                isQ35: isQ35, version: pinned.qemu, revision: revision,
                name: name.hasPrefix("pc-i440fx") || isQ35 ? name : "pc-i440fx-" + name.dropFirst("pc-".count),
                isPinned: true)
        }
        let kind = isQ35 ? "q35" : "pc"
        guard windowsVersion > 0 else {
            let revision = MachineRevisions.highest[qemu] ?? 0
            return VMMachine(
                isQ35: isQ35, version: qemu, revision: revision, name: "\(kind)+pve\(revision)", isPinned: false)
        }
        var version = QEMURelease(5, 1)
        if let created = creationQEMU, created >= QEMURelease(9, 1) { version = created }
        var revision = 0
        if version > qemu { (version, revision) = (qemu, MachineRevisions.highest[qemu] ?? 0) }
        let full = (isQ35 ? "pc-q35-" : "pc-i440fx-") + "\(version)+pve\(revision)"
        return VMMachine(isQ35: isQ35, version: version, revision: revision, name: full, isPinned: false)
    }

    /// `creation-qemu` of `meta:`, which qemu-server writes since 7.1.
    var creationQEMU: QEMURelease? {
        properties("meta", defaultKey: "")?["creation-qemu"].flatMap { QEMURelease(grammar: $0) }
    }

    /// 5 to 11; 0 for what is no Windows.
    ///
    /// Source: `windows_version` in PVE/QemuServer/Helpers.pm.
    package var windowsVersion: Int {
        switch self["ostype"] ?? "" {
        case "wxp", "w2k3", "w2k": 5
        case "w2k8", "wvista": 6
        case let type where type.hasPrefix("win"): Int(type.dropFirst("win".count)) ?? 0
        default: 0
        }
    }
}
