/// What a machine type does that earlier ones do not, asked of the release that its name tells.
///
/// Source: `pc_i440fx_machine_*_options` in hw/i386/pc_piix.c, `pc_q35_machine_*_options` in hw/i386/pc_q35.c,
/// `pc_compat_*` in hw/i386/pc.c @ QEMU 7.2, 10.0; recorded from every machine type of QEMU 7.2, 10.0 and 11.1.
extension QEMURelease {
    /// q35 plugs by ACPI, not by the port itself (6.1, `pc_compat_6_0`).
    package var plugsByACPI: Bool { self >= Self(6, 1) }
    /// Slots of ports say that they can be plugged, though ACPI does it; those of 6.1 alone do not (`pc_compat_6_1`).
    package var keepsSlotHotPlug: Bool { self != Self(6, 1) }
    /// Under KVM the processor says how wide addresses are that a guest can reach (9.1, `pc_compat_9_0`;
    /// `kvm_set_guest_phys_bits` in target/i386/kvm/kvm-cpu.c @ QEMU 10.0).
    package var passesGuestPhysicalBits: Bool { self >= Self(9, 1) }
    /// The memory map keeps the HyperTransport range (7.1, `enforce_amd_1tb_hole`).
    package var keepsHyperTransportRange: Bool { self >= Self(7, 1) }
    /// The host bridge promises room above 4 GiB where nothing is there yet (2.11, `x-pci-hole64-fix`).
    package var promisesRoomAbove4GiB: Bool { self >= Self(2, 11) }
    /// Firmware is told where memory ends that may be plugged in, not where it starts (2.5, `broken_reserved_end`).
    package var tellsEndOfPluggableMemory: Bool { self >= Self(2, 5) }
    /// Memory can be plugged in at all (2.1, `has_reserved_memory`).
    package var plugsMemory: Bool { self >= Self(2, 1) }
    /// There is 1 GiB more for each slot of memory to be plugged in (2.2, `enforce_aligned_dimm`).
    package var alignsPluggedMemory: Bool { self >= Self(2, 2) }
    /// A large guest of the i440FX has 3 GiB of its memory below 4 GiB, not 3.5 (2.0, `gigabyte_align`).
    package var alignsRAMToGigabytes: Bool { self >= Self(2, 0) }
    /// The display that nobody asked for is VGA, not cirrus-vga (2.2, `default_display`).
    package var defaultsToStandardVGA: Bool { self >= Self(2, 2) }
    /// The network card of a q35 that nobody asked for is an e1000e, not an e1000 (2.12, `default_nic`).
    package var defaultsToE1000E: Bool { self >= Self(2, 12) }
}

extension QEMURelease {
    /// Whether this release has the machine type of another, of one of the two chipsets.
    ///
    /// Those of 1.x went with 8.2, those up to 2.3 with 9.1; from 10.1 on one goes with each release, six years after it came.
    ///
    /// Source: recorded from 7.2, 10.0 and 11.1; `MACHINE_VER_DELETION` in include/hw/boards.h @ QEMU 10.0, its
    /// docs/about/removed-features.rst.
    package func hasMachine(_ machine: Self, isQ35: Bool) -> Bool {
        guard machine <= self, isQ35 ? machine.namesQ35 : machine.namesI440FX else { return false }
        if self >= Self(10, 1) { return machine > Self(major - 6, minor) }
        if self >= Self(9, 1) { return machine >= Self(2, 4) }
        return self < Self(8, 2) || machine >= Self(2, 0)
    }
}
