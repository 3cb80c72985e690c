package import BerthDiagnostics
package import BerthPCI
package import BerthTopology

/// Where one region lies and who sees to it: the four questions that every known way answers differently.
package struct RegionBerth: Hashable, Sendable {
    package var region: Region
    package var strategy: StrategyID
    /// What the guest needs.
    package var needed: ByteCount
    /// What it takes, after rounding to what the place can have.
    package var reserved: ByteCount
    package var backing: Backing
    /// The four answers; `writer` is one of them.
    package var combination: Combination
    package var register: TargetRegister?
    /// Bits that whoever writes the register sets beside the address; 0 of all but one idea.
    package var registerFlags: UInt32 = 0
    /// Whether it works in QEMU's legacy mode only.
    package var needsLegacyMode = false
    /// What no release has; empty when the berth can be had today.
    package var missing: [MissingPiece]

    package var writer: RegisterWriter { combination.writer }
    /// What no release has, in one sentence; nil when the berth can be had today.
    package var missingPiece: Statement? {
        missing.isEmpty ? nil : missing.map(\.what).joined(separator: "; ")
    }

    /// What is behind the addresses.
    package enum Backing: Hashable, Sendable {
        /// Guest RAM that the firmware takes out of the memory map.
        case reservedRAM
        /// A BAR of a function.
        case bar(Slot, BARIndex, carrier: Carrier)
        /// The host's own memory at the same address.
        case hostMemory(HostPhysicalAddress)
        /// A range that neither firmware nor BARs give: at this address, or nil where QEMU is free to choose.
        case range(GuestPhysicalAddress?)
        /// There is nothing to place.
        case nothing
    }

    /// What kind of function a dummy BAR sits on; decides what guests do to it.
    package enum Carrier: String, Hashable, Sendable, CaseIterable {
        case ramController = "RAM controller"
        case lpcBridge = "ISA/LPC bridge"
        case hostBridge = "host bridge"
        case igd = "IGD"
        case bogusDevice = "device with made-up ids"
        case pciBridge = "PCI bridge"
        case existingDevice = "existing device"

        /// `a RAM controller`, `an ISA/LPC bridge`
        package var withArticle: String {
            [.lpcBridge, .igd, .existingDevice].contains(self) ? "an \(rawValue)" : "a \(rawValue)"
        }
    }

    /// Who puts the address into the register.
    package enum RegisterWriter: Hashable, Sendable, CaseIterable {
        case firmware
        case optionROM
        case qemu
        /// Berth's own option ROM, which goes with the plan.
        case writerROM
        /// Something that runs in the guest before the driver: an initramfs script.
        case guest
        /// The register keeps the host's value.
        case nobody

        package var description: String {
            switch self {
            case .firmware: "the firmware"
            case .optionROM: "the option ROM"
            case .qemu: "QEMU"
            case .writerROM: "Berth's option ROM, at firmware time"
            case .guest: "something in the guest, before the driver loads"
            case .nobody: "nobody; it keeps the host's value"
            }
        }
    }

    package init(
        _ region: Region, strategy: StrategyID, needed: ByteCount, reserved: ByteCount, backing: Backing,
        _ combination: Combination, register: TargetRegister?, missing: [MissingPiece] = []
    ) {
        self.region = region
        self.strategy = strategy
        self.needed = needed
        self.reserved = reserved
        self.backing = backing
        self.combination = combination
        self.register = register
        self.missing = missing
    }

    package var slot: Slot? {
        if case .bar(let slot, _, _) = backing { slot } else { nil }
    }
    package var carrier: Carrier? {
        if case .bar(_, _, let carrier) = backing { carrier } else { nil }
    }
}

/// The register of the IGD that has to hold the address of a region.
package struct TargetRegister: Hashable, Sendable {
    /// `BDSM` or `ASLS`.
    package var name: String
    /// Offset in configuration space.
    package var offset: Int
    /// 32 or 64.
    package var bits: Int

    package init(name: String, offset: Int, bits: Int) {
        self.name = name
        self.offset = offset
        self.bits = bits
    }

    /// The last address it can hold.
    package var maximum: GuestPhysicalAddress { GuestPhysicalAddress(bits == 64 ? .max : 0xffff_ffff) }
}
