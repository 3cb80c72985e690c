import BerthPlacement
import BerthTopology

/// What operating systems call a function by its address.
enum GuestNames {
    /// `code`: base class and subclass. Of a guest in which either may run.
    static func consequence(_ lock: PlanLock, code: Int, from: String, to: String) -> String {
        let isPC = !lock.guest.machine.contains("q35")
        return [linux(isPC, code, from, to), windows(code)].compactMap { $0 }.joined(separator: "; ")
    }

    /// Nil where this OS does not mind.
    static func consequence(_ system: GuestOS, isPC: Bool, code: Int, from: String, to: String) -> String? {
        switch system {
        case .firmwareOnly: nil
        case .linux: linux(isPC, code, from, to)
        case .windows: windows(code)
        }
    }

    private static func linux(_ isPC: Bool, _ code: Int, _ from: String, _ to: String) -> String? {
        switch code >> 8 {
        case 2: "Linux: \(network(from, isPC)) becomes \(network(to, isPC))"
        case 1: "Linux: /dev/disk/by-path/pci-0000:\(from)-* becomes pci-0000:\(to)-*"
        default: nil
        }
    }

    private static func windows(_ code: Int) -> String {
        let found = "Windows finds a new device"
        return switch code >> 8 {
        case 2: "\(found) and sets up a new connection"
        case 1: "\(found), and its disks come back behind it; a boot disk may need its driver first"
        default: found
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
