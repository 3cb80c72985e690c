import BerthBoot
import BerthPCI
import BerthStack
import BerthTopology
import Testing

/// An assigned IGD under OVMF.
@Suite struct OVMFDisplayTests {
    @Test(arguments: IGDAssignment.ROM.Contents.allCases)
    func `No register is written, whatever the option ROM holds`(contents: IGDAssignment.ROM.Contents) throws {
        var topology = GuestTopology(
            name: "igd", machine: Machine(.pc), ram: GuestRAM(.gib(2)), firmware: FirmwareChoice(.ovmf))
        let host = try #require(PCIAddress("00:02.0"))
        topology.igd = IGDAssignment(
            slot: topology.rootSlot(2), host: host, device: 0x5912, stolenMemory: .mib(64),
            rom: .file(path: "igd.rom", contents: contents))
        let tree = try topology.resolved()
        let outcome = OVMF().boot(topology, tree)
        let index = try #require(tree.functions.firstIndex { $0.origin == .igd })
        #expect(outcome.registers.isEmpty)
        #expect(outcome.register(0x5c, of: index) == nil)
        #expect(outcome.register(0xfc, of: index) == nil)
        #expect(
            outcome.functions[index].addresses
                == [.bar(0): 0xe0_1000_0000, .bar(2): 0xe0_0000_0000, .bar(4): 0xc000])
        #expect(outcome.functions[index].romReservation == 0x8000_0000)
    }
}
