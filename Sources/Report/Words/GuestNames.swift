import BerthPlacement

/// What operating systems call a function by its address.
enum GuestNames {
    /// `class`: base class and subclass.
    static func consequence(_ lock: PlanLock, code: Int, from: String, to: String) -> String {
        consequence(isPC: !lock.guest.machine.contains("q35"), code: code, from: from, to: to)
    }

    static func consequence(isPC: Bool, code: Int, from: String, to: String) -> String {
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
