public import BerthTopology

/// What a plan says of one region.
public struct Claim: Hashable, Sendable {
    public enum Place: Hashable, Sendable {
        case bar(Slot, register: Int)
        /// RAM that the firmware takes out of the memory map.
        case reservedRAM
        /// RAM at a number that somebody chose; whoever reserves it is no model of ours.
        case chosenRAM
        /// Something that is mapped at a number that somebody chose.
        case mapped
    }

    public enum Writer: Hashable, Sendable {
        case firmware
        /// The register keeps the host's value.
        case nobody
        /// The option ROM, QEMU, a script: not modelled.
        case other
    }

    /// `stolen memory` or `OpRegion`.
    public var name: String
    public var place: Place
    public var address: UInt64?
    /// Whether it may be unknown before the guest runs.
    public var isOpen: Bool
    /// Bytes that the guest needs, and that are taken.
    public var needed: UInt64
    public var taken: UInt64
    /// What the address has to be a multiple of.
    public var alignment: UInt64
    /// Offset and bits of the register that points there.
    public var register: Int?
    public var bits: Int
    public var writer: Writer
    /// What an address in the register may lie behind `address`: the host's OpRegion need not start on a page.
    public var slack: UInt64

    /// Whether the firmware that was booted is the one that does what the plan says. Where another one has to be made
    /// first, the memory map is not yet that of the plan.
    public var isTodaysFirmware: Bool

    public init(
        _ name: String, _ place: Place, address: UInt64?, isOpen: Bool, needed: UInt64, taken: UInt64,
        alignment: UInt64,
        register: Int?, bits: Int, writer: Writer, slack: UInt64 = 0, isTodaysFirmware: Bool = true
    ) {
        self.name = name
        self.place = place
        self.address = address
        self.isOpen = isOpen
        self.needed = needed
        self.taken = taken
        self.alignment = alignment
        self.register = register
        self.bits = bits
        self.writer = writer
        self.slack = slack
        self.isTodaysFirmware = isTodaysFirmware
    }
}
