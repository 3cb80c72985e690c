import BerthDiagnostics
package import BerthPCI
package import BerthStack

/// The guest's memory as asked for: size, and what may be plugged in later.
package struct GuestRAM: Hashable, Sendable {
    package var size: ByteCount
    /// `maxmem`; nil when nothing can be plugged in.
    package var maximum: ByteCount?
    /// `slots` for memory devices.
    package var slots: Int
    /// The size of the host's pages that it is taken from; nil for common ones, or where nothing says.
    package var hugePage: ByteCount?
    /// The most that QEMU may lock, where the guest's definition says (`<memtune><hard_limit>`).
    package var lockLimit: ByteCount?

    package init(_ size: ByteCount, maximum: ByteCount? = nil, slots: Int = 0) {
        self.size = size
        self.maximum = maximum
        self.slots = slots
    }

    /// The least and most we accept. SeaBIOS needs a little over 1 MiB; above 1 TiB - 12 GiB an AMD
    /// processor's memory moves (`enforce_amd_1tb_hole`), which is not modelled.
    package static let bounds: ClosedRange<ByteCount> = .mib(16)...ByteCount((1 << 40) - 12 << 30)
}

extension GuestRAM {
    /// The most that can be plugged in: more than any processor addresses that we know.
    package static let largestMaximum = ByteCount.gib(1 << 20)
    /// `ACPI_MAX_RAM_SLOTS`.
    package static let largestSlots = 256

    /// What is wrong with size, maximum and slots together; nil where nothing is. In QEMU's words where it refuses, too.
    ///
    /// Source: `machine_set_mem` in hw/core/machine.c, `pc_memory_init` in hw/i386/pc.c @ QEMU 7.2.
    package var problem: String? {
        guard (0...Self.largestSlots).contains(slots) else { return "unsupported amount of memory slots: \(slots)" }
        guard let maximum else { return slots > 0 ? "slots specified but no max-size" : nil }
        if maximum < size {
            return
                "invalid value of maxmem: maximum memory size (\(Hexadecimal.string(maximum.rawValue))) must be at least the "
                + "initial memory size (\(Hexadecimal.string(size.rawValue)))"
        }
        if slots > 0, maximum == size {
            return
                "invalid value of maxmem: memory slots were specified but maximum memory size "
                + "(\(Hexadecimal.string(maximum.rawValue))) is equal to the initial memory size"
        }
        if maximum > Self.largestMaximum { return "maxmem is \(maximum); at most \(Self.largestMaximum) are known" }
        return maximum.rawValue % 4096 == 0 ? nil : "maximum memory size must by aligned to multiple of 4096 bytes"
    }
}

/// Where QEMU puts the guest's memory: the part below 4 GiB, and the rest from 4 GiB on.
package struct RAMLayout: Hashable, Sendable {
    package var below4GiB: ByteCount
    package var above4GiB: ByteCount

    /// `version`: the release whose machine it is.
    ///
    /// Source: `pc_init1` in hw/i386/pc_piix.c and `pc_q35_init` in hw/i386/pc_q35.c @ QEMU 7.2, 10.0; recorded from every
    /// machine type of 7.2, 10.0 and 11.1.
    package init(ram: ByteCount, machine: Machine, version: QEMURelease) {
        var low: UInt64
        switch machine.type {
        case .pc:
            low = machine.maxRAMBelow4GiB?.rawValue ?? 0xe000_0000
            // gigabyte_align: a guest too large for the hole gets 1 GiB pages instead of a larger hole.
            if version.alignsRAMToGigabytes, ram.rawValue >= low { low = min(low, 0xc000_0000) }
        case .q35:
            low = ram.rawValue >= 0xb000_0000 ? 0x8000_0000 : 0xb000_0000
            low = min(low, machine.maxRAMBelow4GiB?.rawValue ?? 1 << 32)
        }
        below4GiB = min(ram, ByteCount(low))
        above4GiB = ram - below4GiB
    }
}

extension GuestRAM {
    /// The fw_cfg file `etc/reserved-memory-end`, which exists only if memory can be plugged in.
    ///
    /// Source: `pc_memory_init` in hw/i386/pc.c @ QEMU 7.2, 10.0.
    package func reservedMemoryEnd(layout: RAMLayout, version: QEMURelease) -> GuestPhysicalAddress? {
        pluggableEnd(layout: layout, version: version).flatMap { Alignment.up($0.rawValue, to: 1 << 30) }
            .map { GuestPhysicalAddress($0) }
    }

    /// Where memory ends that may be plugged in; nil where none can.
    func pluggableEnd(layout: RAMLayout, version: QEMURelease) -> GuestPhysicalAddress? {
        guard version.plugsMemory, let maximum, maximum > size else { return nil }
        var room = ByteCount.zero
        if version.tellsEndOfPluggableMemory {
            // A slot takes up to 1 GiB more for its alignment.
            room = (maximum - size) + (version.alignsPluggedMemory ? .gib(UInt64(clamping: slots)) : .zero)
        }
        guard let end = GuestPhysicalAddress.fourGiB.advanced(by: layout.above4GiB),
            let base = Alignment.up(end.rawValue, to: 1 << 30)
        else { return nil }
        return GuestPhysicalAddress(base).advanced(by: room)
    }
}
