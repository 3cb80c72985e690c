package import BerthBoot
package import BerthPCI
import BerthTopology

/// What a berth costs and who has to change for it, as a comparison lists it.
package struct BerthTraits: Hashable, Sendable {
    /// Who can write to what is behind the addresses.
    package enum Writability: String, Hashable, Sendable, CaseIterable {
        case nothing = "-"
        /// A copy of the guest's own.
        case privateCopy = "own copy"
        case hostMemory = "the host's"
        case readOnly = "no"
    }

    /// Whose code has to change before it works; empty where nobody's has to.
    package var mustChange: [MissingPiece.Party]
    /// Whether the guest's memory map has the range as reserved, so that nobody takes it for RAM.
    package var isReservedInE820: Bool
    package var address: PredictedAddress
    /// Nil for a region that no BAR carries: it is always there.
    package var exposure: Exposure?
    /// Bytes of the hole below 4 GiB or of the aperture above.
    package var holeConsumed: ByteCount
    package var hotPlug: HotPlug
    package var writability: Writability
}

extension Evaluation {
    /// Of one of its berths.
    package func traits(of berth: RegionBerth) -> BerthTraits {
        var parties = Set(berth.missing.map(\.party))
        if berth.writer == .guest { parties.insert(.guest) }
        let isBAR = if case .bar = berth.backing { true } else { false }
        return BerthTraits(
            mustChange: parties.sorted(), isReservedInE820: berth.isReservedInE820,
            address: predictedAddress(of: berth),
            exposure: exposure(of: berth), holeConsumed: isBAR ? berth.reserved : .zero, hotPlug: hotPlug(of: berth),
            writability: berth.writability)
    }
}

extension RegionBerth {
    /// Firmware's allocations are, BARs are not; QEMU has to add an entry for its ranges, which is part of what it would
    /// do. What a kernel parameter keeps free is in the kernel's own map only.
    var isReservedInE820: Bool {
        switch combination.chooser {
        case .firmware: true
        case .barAssignment, .nobody, .administrator: false
        case .host where writer == .guest: false
        case .qemu, .host, .constant:
            combination.memory != .none && combination.memory != .forwardedReads
        }
    }

    var writability: BerthTraits.Writability {
        switch combination.memory {
        case .none: .nothing
        case .guestRAM, .barRAM, .qemuBuffer: .privateCopy
        case .hostMemory: .hostMemory
        case .hostMemoryReadOnly, .forwardedReads: .readOnly
        }
    }
}
