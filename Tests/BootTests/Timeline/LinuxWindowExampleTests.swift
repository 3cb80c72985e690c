import BerthBoot
import BerthPCI
import BerthStack
import BerthTopology
import Testing

/// Windows that releases of Linux open for what is plugged in, worked out by hand from drivers/pci/setup-bus.c.
@Suite struct LinuxWindowExampleTests {
    /// The memory windows of two ports, each after a device with 16 MiB and 4 KiB was plugged into it.
    private func windows(_ linux: String) throws -> [BridgeWindow] {
        var guest = try TimelineGuest(guest: linux)
        // Older machines leave hot-plug to the ports.
        guest.topology.machine.version = QEMURelease(6, 0)
        for number: UInt64 in 1...2 {
            guest.topology.devices += [
                Device(
                    id: "rp\(number)", model: "pcie-root-port", at: guest.topology.rootSlot(3 + UInt8(number)),
                    properties: [Property("chassis", .number(number)), Property("slot", .number(number))]),
                Device(id: "hp\(number)", model: "secondary-vga", at: Slot(BusName("rp\(number)"), devfn: 0)),
            ]
        }
        let tree = try guest.topology.resolved()
        let index = { (name: String) in try #require(tree.functions.firstIndex { $0.name == name }) }
        let outcome = BootOutcome.run(guest.topology, tree, then: [.plug(try index("hp1")), .plug(try index("hp2"))])
        return try ["rp1", "rp2"].map { try #require(outcome.guest.functions[try index($0)].bridge).memory }
    }

    private func memory(_ base: UInt64, _ limit: UInt64) -> BridgeWindow {
        BridgeWindow(.memory, base: base, limit: limit)
    }

    /// `calculate_mem_align` ends at half the largest alignment, 8 MiB, and 16 MiB and 4 KiB rounded up to that are 24 MiB.
    @Test(arguments: ["5.15", "6.10", "6.11", "6.12", "6.12.117", "6.14", "6.17", "6.18", "6.18.13", "6.19.3"])
    func `windows are multiples of their alignment`(release: String) throws {
        #expect(
            try windows("linux-\(release)") == [memory(0x4000_0000, 0x417f_ffff), memory(0x4180_0000, 0x42ff_ffff)])
    }

    /// `calculate_head_align` stays at 16 MiB, as 4 KiB do not fill 8 MiB before the first multiple of it; and 17 MiB are
    /// enough.
    @Test(arguments: ["6.18.14", "6.18.33", "6.19.4", "7.0", "7.0.10"])
    func `windows are multiples of 1 MiB`(release: String) throws {
        #expect(
            try windows("linux-\(release)") == [memory(0x4000_0000, 0x410f_ffff), memory(0x4200_0000, 0x430f_ffff)])
    }

    /// `pci_align_resource`: the 1 MiB beyond 16 goes before the multiple of 16 MiB, where there is room.
    @Test(arguments: ["7.1", "7.2"])
    func `a window starts before its alignment where there is room`(release: String) throws {
        #expect(
            try windows("linux-\(release)") == [memory(0x4000_0000, 0x410f_ffff), memory(0x41f0_0000, 0x42ff_ffff)])
    }
}
