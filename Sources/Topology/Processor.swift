/// What firmware asks the virtual processor: vendor, address width, page sizes.
package struct Processor: Hashable, Sendable {
    package enum Vendor: String, Hashable, Sendable, CaseIterable {
        case amd, intel
        /// Hygon, Zhaoxin and whatever `vendor=` makes up: firmware knows no width of theirs.
        case other

        /// By the twelve characters of CPUID leaf 0.
        package init(identification: String) {
            switch identification {
            case "GenuineIntel": self = .intel
            case "AuthenticAMD": self = .amd
            default: self = .other
            }
        }

        /// Twelve characters that make it one.
        package var identification: String {
            switch self {
            case .intel: "GenuineIntel"
            case .amd: "AuthenticAMD"
            case .other: "HygonGenuine"
            }
        }
    }

    package var vendor: Vendor
    /// CPUID 80000008 EAX[7:0], 32...52.
    package var physicalAddressBits: Int
    /// CPUID 80000001 EDX bit 26.
    package var hasGiantPages: Bool
    /// CPUID 80000008 EAX[23:16], 32...52: how much of that a guest can really reach; nil where it says 0.
    package var guestPhysicalAddressBits: Int?
    /// What of it is the host's, and only assumed as long as the host is not known.
    package var fromHost: FromHost?

    /// The parts of a processor that KVM takes from the host.
    package struct FromHost: Hashable, Sendable {
        /// The width of physical addresses.
        package var hasWidth: Bool
        /// The most that this width may be (`host-phys-bits-limit`).
        package var limit: Int?
        /// What a guest can reach: the host's width, no more than the guest's own.
        package var hasReach: Bool
        /// Whether there are pages of 1 GiB.
        package var hasPages: Bool

        package init(hasWidth: Bool, limit: Int? = nil, hasReach: Bool = false, hasPages: Bool = false) {
            self.hasWidth = hasWidth
            self.limit = limit
            self.hasReach = hasReach
            self.hasPages = hasPages
        }
    }

    package init(
        vendor: Vendor, physicalAddressBits: Int, hasGiantPages: Bool = false, guestPhysicalAddressBits: Int? = nil,
        fromHost: FromHost? = nil
    ) {
        self.vendor = vendor
        self.physicalAddressBits = physicalAddressBits
        self.hasGiantPages = hasGiantPages
        self.guestPhysicalAddressBits = guestPhysicalAddressBits
        self.fromHost = fromHost
    }

    /// QEMU's default without KVM, and what recordings ran on: `qemu64`, which says AuthenticAMD and 40 bits.
    package static let qemu64 = Processor(vendor: .amd, physicalAddressBits: 40)

    /// The processor of a host with an IGD, passed through to the guest: Intel, and 39 bits as most client processors
    /// from Haswell on have (older ones 36, the largest 46). What an IGD guest has when nobody says otherwise: nobody runs
    /// one without KVM, and KVM shows the host's vendor.
    package static let passedThrough = Processor(
        vendor: .intel, physicalAddressBits: 39, fromHost: FromHost(hasWidth: true, hasPages: true))

    /// The same with what is the host's as the host has it; `giantPages` nil where that is not known.
    package func onHost(addressBits: Int, giantPages: Bool?) -> Processor {
        guard let fromHost else { return self }
        var copy = self
        if fromHost.hasWidth { copy.physicalAddressBits = min(addressBits, fromHost.limit ?? addressBits) }
        if fromHost.hasReach { copy.guestPhysicalAddressBits = min(addressBits, copy.physicalAddressBits) }
        if fromHost.hasPages, let giantPages { copy.hasGiantPages = giantPages }
        return copy
    }

    /// AMD processors reserve the last 12 GiB below 1 TiB, and QEMU says so in the memory map
    /// (`pc_memory_init` in hw/i386/pc.c @ QEMU 7.2).
    package var hasHyperTransportHole: Bool { vendor == .amd && physicalAddressBits >= 40 }
}
