package import BerthPCI

/// What can be said of an address before the guest runs.
package enum PredictedAddress: Hashable, Sendable, CustomStringConvertible {
    case exact(GuestPhysicalAddress)
    /// Somewhere in RAM below this address; the firmware's allocator is not modelled.
    case below(GuestPhysicalAddress)
    /// Wherever QEMU likes.
    case chosenByQEMU
    /// It has none.
    case none

    package var description: String {
        switch self {
        case .exact(let address): address.description
        case .below(let limit): "below \(limit) (firmware's choice)"
        case .chosenByQEMU: "QEMU's choice"
        case .none: "none"
        }
    }

    package var exact: GuestPhysicalAddress? { if case .exact(let address) = self { address } else { nil } }
}
