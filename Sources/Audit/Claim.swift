package import BerthTopology

/// What a plan says of one region.
package struct Claim: Hashable, Sendable {
    package enum Place: Hashable, Sendable {
        case bar(Slot, register: Int)
        /// RAM that the firmware takes out of the memory map.
        case reservedRAM
        /// RAM at a number that somebody chose; whoever reserves it is no model of ours.
        case chosenRAM
        /// Something that is mapped at a number that somebody chose.
        case mapped
    }

    package enum Writer: Hashable, Sendable {
        case firmware
        /// The register keeps the host's value.
        case nobody
        /// The option ROM, QEMU, a script: not modelled.
        case other
    }

    /// `stolen memory` or `OpRegion`.
    package var name: String
    package var place: Place
    package var address: UInt64?
    /// Whether it may be unknown before the guest runs.
    package var isOpen: Bool
    /// Bytes that the guest needs, and that are taken.
    package var needed: UInt64
    package var taken: UInt64
    /// What the address has to be a multiple of.
    package var alignment: UInt64
    /// Offset and bits of the register that points there.
    package var register: Int?
    package var bits: Int
    package var writer: Writer
    /// What an address in the register may lie behind `address`: the host's OpRegion need not start on a page.
    package var slack: UInt64

    /// Whether the firmware that was booted is the one that does what the plan says. Where another one has to be made
    /// first, the memory map is not yet that of the plan.
    package var isTodaysFirmware: Bool

    package init(
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
