/// What firmware asks the virtual processor: vendor, address width, page sizes.
package struct Processor: Hashable, Sendable {
    package enum Vendor: String, Hashable, Sendable, CaseIterable { case amd, intel }

    package var vendor: Vendor
    /// CPUID 80000008 EAX[7:0], 32...52.
    package var physicalAddressBits: Int
    /// CPUID 80000001 EDX bit 26.
    package var hasGiantPages: Bool
    /// CPUID 80000008 EAX[23:16], 32...52: how much of that a guest can really reach; nil where it says 0.
    package var guestPhysicalAddressBits: Int?

    package init(
        vendor: Vendor, physicalAddressBits: Int, hasGiantPages: Bool = false, guestPhysicalAddressBits: Int? = nil
    ) {
        self.vendor = vendor
        self.physicalAddressBits = physicalAddressBits
        self.hasGiantPages = hasGiantPages
        self.guestPhysicalAddressBits = guestPhysicalAddressBits
    }

    /// QEMU's default without KVM, and what recordings ran on: `qemu64`, which says AuthenticAMD and 40 bits.
    package static let qemu64 = Processor(vendor: .amd, physicalAddressBits: 40)

    /// The processor of a host with an IGD, passed through to the guest: Intel, and 39 bits as most client processors
    /// from Haswell on have (older ones 36, the largest 46). What an IGD guest has when nobody says otherwise: nobody runs
    /// one without KVM, and KVM shows the host's vendor.
    package static let passedThrough = Processor(vendor: .intel, physicalAddressBits: 39)

    /// AMD processors reserve the last 12 GiB below 1 TiB, and QEMU says so in the memory map
    /// (`pc_memory_init` in hw/i386/pc.c @ QEMU 7.2).
    package var hasHyperTransportHole: Bool { vendor == .amd && physicalAddressBits >= 40 }
}
