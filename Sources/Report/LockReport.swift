import BerthDiagnostics
package import BerthPlacement
import BerthTopology

/// Why a lock cannot be kept, for programs.
package struct LockDocument: Codable, Hashable, Sendable {
    package var lock: String
    package var kept: Bool
    package var changes: [Change]

    package struct Change: Codable, Hashable, Sendable {
        /// `version`, `berth`, `function`.
        package var kind: String
        package var what: String
        package var from: String?
        package var to: String?
        /// What the guest's OS makes of it.
        package var consequence: String?
    }

    package init(_ lock: PlanLock, _ changes: [LockChange], file: String) {
        self.lock = file
        kept = !changes.contains(where: \.isGuestVisible)
        self.changes = changes.map { change in
            switch change {
            case .version(let what, let from, let to): Change(kind: "version", what: what, from: from, to: to)
            case .berth(let region, let from, let to):
                Change(
                    kind: "berth", what: region.name, from: from.description, to: to?.description)
            case .function(let id, let model, let code, let from, let to):
                Change(
                    kind: "function", what: "\(id) (\(model))", from: from, to: to,
                    consequence: from.flatMap { from in
                        to.map { GuestNames.consequence(lock, code: code, from: from, to: $0) }
                    })
            }
        }
    }
}

/// The same for people.
package enum LockReportText {
    package static func render(_ document: LockDocument) -> String {
        var layout = TextLayout()
        layout.line("\(document.lock) cannot be kept. What the guest would see:")
        for change in document.changes {
            switch change.kind {
            case "function":
                let move =
                    switch (change.from, change.to) {
                    case (let from?, let to?): "moves from \(from) to \(to)"
                    case (let from?, nil): "is gone; it was at \(from)"
                    default: "is new, at \(change.to ?? "no address")"
                    }
                layout.line("\(change.what) \(move)", indent: 2)
                if let consequence = change.consequence { layout.line(consequence, indent: 6) }
            case "berth":
                layout.line(
                    "\(change.what): \(change.to ?? "no berth that the lock allows"); was \(change.from ?? "")",
                    indent: 2)
            default: layout.line("\(change.what) \(change.to ?? "") instead of \(change.from ?? "")", indent: 2)
            }
        }
        layout.line("Change the guest back, or remove the file and plan again.")
        return layout.text
    }
}

/// What operating systems call a function by its address.
enum GuestNames {
    /// `class`: base class and subclass.
    static func consequence(_ lock: PlanLock, code: Int, from: String, to: String) -> String {
        let isPC = !lock.guest.machine.contains("q35")
        let windows = "Windows finds a new device"
        switch code >> 8 {
        case 2:
            return "Linux: \(network(from, isPC)) becomes \(network(to, isPC)); \(windows) and sets up a new connection"
        case 1:
            return
                "Linux: /dev/disk/by-path/pci-0000:\(from)-* becomes pci-0000:\(to)-*; \(windows), and its disks come back "
                + "behind it; a boot disk may need its driver first"
        default: return windows
        }
    }

    /// `ens3` where ACPI numbers the slots of the root bus, `enp1s0` elsewhere.
    ///
    /// Source: systemd src/udev/udev-builtin-net_id.c (`names_pci_slot`, `names_pci`); systemd.net-naming-scheme(7).
    static func network(_ address: String, _ isPC: Bool) -> String {
        let parts = address.split { $0 == ":" || $0 == "." }
        guard parts.count == 3, let bus = Int(parts[0], radix: 16), let device = Int(parts[1], radix: 16),
            let function = Int(parts[2], radix: 16)
        else { return address }
        let suffix = function > 0 ? "f\(function)" : ""
        return isPC && bus == 0 ? "ens\(device)\(suffix)" : "enp\(bus)s\(device)\(suffix)"
    }
}
