package import BerthDiagnostics
import BerthPCI
package import BerthTopology

extension GuestAction {
    /// What `init(_:_:)` reads, for messages.
    package static let knownNames = [
        "load-drivers", "rescan", "suspend", "suspend-to-ram", "runtime-suspend", "reboot", "unbind=DEVICE",
        "remove=DEVICE", "reset=DEVICE", "plug=DEVICE",
    ]

    /// Reads one action: `reboot`, or `reset=st` with a device by its id or place (`00:03.0`, `rp1:00.0`).
    ///
    /// Errors: no such action, no such device.
    package init(_ text: String, _ tree: PCITree) throws(InputError) {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2 else {
            self = try Self.whole(text)
            return
        }
        let found = tree.functions.firstIndex { $0.name == parts[1] || tree.place(of: $0) == parts[1] }
        guard let known = Self.knownNames.first(where: { $0.hasPrefix(parts[0] + "=") }) else {
            throw Self.unknown(text)
        }
        guard let index = found else {
            throw InputError(
                "'\(known.prefix(while: { $0 != "=" }))' names '\(parts[1])', which this guest does not have; "
                    + "expected the id of a device or its place, such as 00:03.0", rule: "usage", kind: .usage)
        }
        switch parts[0] {
        case "unbind": self = .unbindDriver(index)
        case "remove": self = .remove(index)
        case "reset": self = .reset(index)
        default:
            guard case .device = tree.functions[index].origin else {
                throw InputError(
                    "'\(parts[1])' comes with the machine and cannot be plugged in; expected a device", rule: "usage",
                    kind: .usage)
            }
            self = .plug(index)
        }
    }

    private static func whole(_ text: String) throws(InputError) -> GuestAction {
        switch text {
        case "load-drivers": .loadDrivers
        case "rescan": .rescan
        case "suspend": .suspendToIdle
        case "suspend-to-ram": .suspendToRAM
        case "runtime-suspend": .runtimeSuspend
        case "reboot": .reboot
        default: throw unknown(text)
        }
    }

    private static func unknown(_ text: String) -> InputError {
        InputError(
            "'\(text)' is not one of \(knownNames.joined(separator: ", "))\(NearestName.hint(text, among: knownNames))",
            rule: "usage", kind: .usage)
    }
}
