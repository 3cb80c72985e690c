package import BerthPCI

/// What `cxl=on` keeps behind all RAM: a MiB of registers for the host bridges, then the fixed windows.
///
/// Source: `pc_get_cxl_range_start`, `pc_get_cxl_range_end`, `pc_memory_init` in hw/i386/pc.c @ QEMU 7.2, 10.0.
package struct CXLMemory: Hashable, Sendable {
    /// Of the registers.
    package let start: GuestPhysicalAddress
    /// Of all of it; exclusive.
    package let end: GuestPhysicalAddress
    /// The end at a multiple of 1 GiB.
    package let roundedEnd: GuestPhysicalAddress

    /// Nil beyond the address space.
    init?(start: GuestPhysicalAddress, windows: ByteCount) {
        guard var end = start.advanced(by: .mib(1)) else { return nil }
        if windows > .zero {
            let base = Alignment.up(end.rawValue, to: 256 << 20).map { GuestPhysicalAddress($0) }
            guard let last = base?.advanced(by: windows) else { return nil }
            end = last
        }
        guard let rounded = Alignment.up(end.rawValue, to: 1 << 30) else { return nil }
        (self.start, self.end, roundedEnd) = (start, end, GuestPhysicalAddress(rounded))
    }
}
