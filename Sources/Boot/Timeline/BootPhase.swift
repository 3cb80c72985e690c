/// Where in the life of a guest something happens, in order.
public enum BootPhase: Int, Hashable, Sendable, Comparable, CaseIterable, CustomStringConvertible {
    /// QEMU has built the machine; no instruction ran.
    case powerOn
    /// Firmware places BARs and switches decode on.
    case firmware
    /// Firmware reads and runs option ROMs.
    case optionROM
    /// From the option ROMs to the start of the boot loader: ACPI tables, boot manager.
    case firmwareBoot
    /// The OS reads every function and sizes its BARs.
    case enumeration
    /// The OS claims what the firmware left, and places what it cannot keep.
    case assignment
    /// Drivers bind.
    case drivers
    /// The OS runs: resets, suspend, hot-plug.
    case runtime

    /// In the order of time.
    public static func < (a: BootPhase, b: BootPhase) -> Bool { a.rawValue < b.rawValue }

    /// As reports name it: `option ROMs`.
    public var description: String {
        switch self {
        case .powerOn: "power-on"
        case .firmware: "firmware"
        case .optionROM: "option ROMs"
        case .firmwareBoot: "firmware boot"
        case .enumeration: "enumeration"
        case .assignment: "assignment"
        case .drivers: "drivers"
        case .runtime: "runtime"
        }
    }
}
