public import BerthPCI

/// What can be said of an address before the guest runs.
public enum PredictedAddress: Hashable, Sendable, CustomStringConvertible {
    /// It starts here.
    case exact(GuestPhysicalAddress)
    /// Somewhere in RAM below this address; the firmware's allocator is not modelled.
    case below(GuestPhysicalAddress)
    /// Wherever QEMU likes.
    case chosenByQEMU
    /// It has none.
    case none

    /// In words: `0xba700000`, `below 0xc0000000 (firmware's choice)`.
    public var description: String {
        switch self {
        case .exact(let address): address.description
        case .below(let limit): "below \(limit) (firmware's choice)"
        case .chosenByQEMU: "QEMU's choice"
        case .none: "none"
        }
    }

    /// Where it starts; nil where that is not known, or there is nothing.
    public var exact: GuestPhysicalAddress? { if case .exact(let address) = self { address } else { nil } }
}
