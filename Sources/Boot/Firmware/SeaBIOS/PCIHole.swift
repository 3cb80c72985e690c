package import BerthPCI
package import BerthTopology

/// The part of the first 4 GiB that SeaBIOS gives to BARs.
///
/// Source: src/fw/pciinit.c, src/config.h @ SeaBIOS 1.16.2.
package enum PCIHole {
    /// Just below the I/O APIC (`BUILD_PCIMEM_END`).
    static let end: UInt64 = 0xfec0_0000

    static func start(_ topology: GuestTopology) -> UInt64 {
        let low = topology.ramLayout.below4GiB.rawValue
        switch topology.machine.type {
        case .q35: return 0xc000_0000
        case .pc: return low <= 0x8000_0000 ? 0x8000_0000 : max(low, 0xc000_0000)
        }
    }

    package static func size(_ topology: GuestTopology) -> ByteCount { ByteCount(end - start(topology)) }
}
