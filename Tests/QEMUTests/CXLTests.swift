import BerthDiagnostics
import BerthPCI
import BerthQEMU
import BerthStack
import BerthTopology
import Testing

/// The expander of CXL, and what `cxl=on` keeps above RAM.
struct CXLTests {
    private func read(
        _ machine: String, _ memory: String, _ more: [String] = [], _ stack: String
    ) throws -> GuestTopology {
        let (topology, _) = try CommandLineReader.read(
            ["-nodefaults", "-machine", machine, "-m", memory] + more, stack: StackChoice(named: Stack.named(stack))
        )
        return topology
    }

    @Test func `without cxl=on QEMU refuses the expander`() throws {
        let guest = try read("q35", "1G", ["-device", "pxb-cxl,id=cxl,bus_nr=12"], "debian-13")
        #expect(
            guest.resolve().findings.map(\.message) == [
                "'cxl': model: CXL host bridges present, but cxl=off; give the machine 'cxl=on'"
            ])
    }

    @Test(arguments: [("debian-12", UInt16(0), UInt16(0)), ("debian-13", 0x1b36, 0x000b)])
    func `it has no identity before 8.1`(stack: String, vendor: UInt16, device: UInt16) throws {
        let guest = try read("q35,cxl=on", "1G", ["-device", "pxb-cxl,id=cxl,bus_nr=12"], stack)
        let tree = try guest.resolved()
        let function = try #require(tree.functions.first { $0.qdevID == "cxl" })
        #expect(function.vendor == vendor && function.device == device)
    }

    @Test func `a device that names no bus goes to the expander made last`() throws {
        let guest = try read(
            "q35,cxl=on", "1G", ["-device", "pxb-cxl,id=cxl,bus_nr=12", "-device", "cxl-rp,id=port,chassis=1"],
            "debian-13")
        #expect(guest.devices.last?.slot.bus == BusName("cxl"))
    }

    @Test(arguments: [
        // Beside RAM above 4 GiB a MiB of registers, then windows at a multiple of 256 MiB.
        ("q35", "4G", "debian-13", UInt64?.none, UInt64(0x1_8000_0000)),
        ("q35,cxl=on", "4G", "debian-13", 0x1_c000_0000, 0x1_c000_0000),
        ("q35,cxl=on,cxl-fmw.0.targets.0=cxl,cxl-fmw.0.size=4G", "4G", "debian-13", 0x2_c000_0000, 0x2_c000_0000),
        ("q35,cxl=on", "4G,slots=2,maxmem=8G", "debian-13", 0x3_4000_0000, 0x3_4000_0000),
        // Up to 10.0.3 firmware is told only of memory that can be plugged in.
        ("q35,cxl=on", "4G", "debian-12", nil, 0x1_c000_0000),
        ("q35,cxl=on", "4G,slots=2,maxmem=8G", "debian-12", 0x3_4000_0000, 0x3_4000_0000),
    ])
    func `what is above RAM moves the hole`(
        machine: String, memory: String, stack: String, told: UInt64?, hole: UInt64
    ) throws {
        let guest = try read(machine, memory, [], stack)
        #expect(guest.reservedMemoryEnd?.rawValue == told)
        #expect(guest.holeAbove4GiB?.rawValue == hole)
    }
}
