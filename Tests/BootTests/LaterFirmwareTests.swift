import BerthBoot
import BerthPCI
import BerthQEMU
import BerthStack
import BerthTopology
import Testing

/// Releases that were read but not measured, by examples computed by hand from their sources.
@Suite struct LaterFirmwareTests {
    private func boot(
        _ firmware: String, memory: String = "4G", cpu: String? = nil, extra: [String] = []
    ) throws -> (PCITree, FirmwareOutcome) {
        let processor = cpu.map { ["-cpu", $0] } ?? []
        var topology = try CommandLineReader.read(["-nodefaults", "-M", "q35", "-m", memory] + processor + extra)
            .topology
        topology.firmware = try #require(FirmwareChoice(firmware))
        let tree = try topology.resolved()
        return (tree, FirmwareModels.model(for: topology.firmware).boot(topology, tree))
    }

    private func address(_ firmware: String, cpu: String? = nil, membar: String, extra: [String] = []) throws -> UInt64?
    {
        let device = ["-device", "pci-testdev,id=td,membar=\(membar),addr=3.0"]
        let (tree, outcome) = try boot(firmware, cpu: cpu, extra: device + extra)
        let index = try #require(tree.functions.firstIndex { $0.name == "td" })
        return outcome.functions[index].addresses[.bar(2)]
    }

    /// 128 GiB below 1 TiB overlap the HyperTransport hole, so the window moves down by its size.
    @Test(arguments: ["seabios:1.16.3", "seabios:1.17.0"])
    func `SeaBIOS places 64-bit BARs near the top once there is RAM above 4 GiB`(firmware: String) throws {
        #expect(try address(firmware, membar: "1G") == 0xc0_0000_0000)
        #expect(try address(firmware, membar: "64M") == 0xc0_0000_0000)
    }

    /// 40 bits of an Intel processor are QEMU's default and nobody's real number.
    @Test func `SeaBIOS 1_16_3 does not trust 40 Intel bits and 1_17_0 goes above RAM all the same`() throws {
        let cpu = "qemu64,vendor=GenuineIntel"
        #expect(try address("seabios:1.16.3", cpu: cpu, membar: "64M") == 0xf800_0000)
        #expect(try address("seabios:1.17.0", cpu: cpu, membar: "64M") == 0x1_8000_0000)
        #expect(try address("seabios:1.16.3", cpu: cpu, membar: "1G") == 0x1_8000_0000)
    }

    /// 8 TiB below 64 TiB, and 2 TiB below the 16 TiB that 44 bits reach.
    @Test func `SeaBIOS limits wide processors to 46 bits and later to 44`() throws {
        let cpu = "qemu64,vendor=GenuineIntel,phys-bits=48"
        #expect(try address("seabios:1.16.3", cpu: cpu, membar: "1G") == 0x3800_0000_0000)
        #expect(try address("seabios:1.17.0", cpu: cpu, membar: "1G") == 0xe00_0000_0000)
    }

    @Test func `fw_cfg switches SeaBIOS 1_17_0 back to placing below 4 GiB`() throws {
        let off = ["-fw_cfg", "name=opt/org.seabios/pci64,string=off"]
        #expect(try address("seabios:1.17.0", membar: "64M", extra: off) == 0xf800_0000)
        let neither = ["-fw_cfg", "name=opt/org.seabios/pci64,string=false"]
        #expect(try address("seabios:1.17.0", membar: "64M", extra: neither) == 0xc0_0000_0000)
    }

    /// 2^40 >> 11 is 512 MiB.
    @Test(arguments: ["seabios:1.16.3", "seabios:1.17.0"])
    func `SeaBIOS gives an empty hot-plug port a window of 512 MiB`(firmware: String) throws {
        let (tree, outcome) = try boot(firmware, extra: ["-device", "pcie-root-port,id=rp,addr=5.0"])
        let index = try #require(tree.functions.firstIndex { $0.name == "rp" })
        let bridge = try #require(outcome.functions[index].bridge)
        #expect(bridge.prefetchable == BridgeWindow(.prefetchableMemory, base: 0xc0_0000_0000, limit: 0xc0_1fff_ffff))
        #expect(bridge.memory.size == .mib(2))
    }

    /// Three windows of 512 MiB each come first, in one of 1.5 GiB; then 1.16.3 places 1 GiB at what is no multiple of it.
    @Test(arguments: [
        ("1.16.3", UInt64(0xc0_4000_0000), UInt64(0xc0_6000_0000)), ("1.17.0", 0xc0_0000_0000, 0xc0_0000_0000),
    ])
    func `SeaBIOS 1_16_3 lets a large BAR slip out of its window`(release: String, bar: UInt64, window: UInt64) throws {
        let downstream = (0..<3).flatMap { ["-device", "xio3130-downstream,bus=up,chassis=\(3 + $0),addr=\($0).0"] }
        let (tree, outcome) = try boot(
            "seabios:\(release)",
            extra: [
                "-device", "pcie-root-port,id=a,chassis=1,addr=4.0", "-device", "x3130-upstream,id=up,bus=a",
                "-device", "pcie-root-port,id=b,chassis=2,addr=5.0", "-device", "pci-testdev,id=td,membar=1G,bus=b",
            ] + downstream)
        let device = try #require(tree.functions.firstIndex { $0.name == "td" })
        let port = try #require(tree.functions.firstIndex { $0.name == "b" })
        #expect(outcome.functions[device].addresses[.bar(2)] == bar)
        #expect(outcome.functions[port].bridge?.prefetchable.base == window)
    }

    /// (0xfd00000000 - 128 GiB) rounded down to 128 GiB.
    @Test(arguments: ["2023.02", "2023.05", "2023.08", "2024.02", "2024.08", "2025.05"])
    func `OVMF steps below the HyperTransport hole from 2023_02 on`(release: String) throws {
        #expect(try address("ovmf:2022.11", membar: "1G") == 0xe0_0000_0000)
        #expect(try address("ovmf:\(release)", membar: "1G") == 0xc0_0000_0000)
    }

    /// 32 GiB at the first multiple of that above RAM, for 40 bits of an Intel processor are QEMU's default; and the last
    /// eighth of 39 bits.
    @Test func `OVMF believes the width for guests from 2024_08 on`() throws {
        let cpu = "qemu64,vendor=GenuineIntel,guest-phys-bits=39"
        #expect(try address("ovmf:2024.05", cpu: cpu, membar: "1G") == 0x8_0000_0000)
        #expect(try address("ovmf:2024.08", cpu: cpu, membar: "1G") == 0x70_0000_0000)
        #expect(try address("ovmf:2026.05", cpu: cpu, membar: "1G") == 0x70_0000_0000)
    }

    /// The last eighth of 46 bits and of 42.
    @Test func `the width for guests limits the other one`() throws {
        let cpu = "qemu64,phys-bits=48,pdpe1gb=on,guest-phys-bits=42"
        #expect(try address("ovmf:2024.05", cpu: cpu, membar: "1G") == 0x3800_0000_0000)
        #expect(try address("ovmf:2024.08", cpu: cpu, membar: "1G") == 0x380_0000_0000)
    }

    /// The last eighth of 46 bits, not of 48 as five levels of page tables would allow.
    @Test(arguments: ["2023.08", "2024.02", "2024.05", "2024.11", "2025.08", "2026.08"])
    func `builds without five levels of page tables stay at 46 bits`(release: String) throws {
        let cpu = "qemu64,vendor=GenuineIntel,phys-bits=52,pdpe1gb=on,la57=on"
        #expect(try address("ovmf:\(release)", cpu: cpu, membar: "1G") == 0x3800_0000_0000)
    }

    @Test func `OVMF moves ECAM up in 2023_05 and starts placing at 2 GiB`() throws {
        let display = ["-device", "bochs-display,id=gfx,addr=2.0"]
        for (release, expected) in [("2023.02", UInt64(0xc000_0000)), ("2023.05", 0x8000_0000)] {
            let (tree, outcome) = try boot("ovmf:\(release)", memory: "2G", extra: display)
            let index = try #require(tree.functions.firstIndex { $0.name == "gfx" })
            #expect(outcome.functions[index].addresses[.bar(0)] == expected)
        }
        let (_, outcome) = try boot("ovmf:2023.05", memory: "2G", extra: display)
        #expect(outcome.apertures.below4GiB?.description == "0x80000000-0xdfffffff")
    }

    /// 128 GiB >> 8 is 512 MiB.
    @Test func `OVMF leaves room behind ports by the window above 4 GiB from 2022_11 on`() throws {
        let port = ["-device", "pcie-root-port,id=rp,addr=5.0", "-fw_cfg", "name=opt/ovmf/X-PciMmio64Mb,string=65536"]
        for (release, size) in [("2022.02", nil), ("2022.11", ByteCount.mib(512))] as [(String, ByteCount?)] {
            let (tree, outcome) = try boot("ovmf:\(release)", extra: port)
            let index = try #require(tree.functions.firstIndex { $0.name == "rp" })
            let window = try #require(outcome.functions[index].bridge).prefetchable
            #expect((window.isOpen ? window.size : nil) == size)
        }
    }

    @Test func `OVMF opens no port window for an empty slot from 2023_08 on`() throws {
        let port = ["-device", "pcie-root-port,id=rp,addr=5.0"]
        for (release, isOpen) in [("2023.05", true), ("2023.08", false)] {
            let (tree, outcome) = try boot("ovmf:\(release)", extra: port)
            let index = try #require(tree.functions.firstIndex { $0.name == "rp" })
            #expect(outcome.functions[index].bridge?.io.isOpen == isOpen)
        }
    }

    /// The BAR of an NVMe controller is 64-bit and not prefetchable.
    @Test(arguments: [
        ("2025.11", UInt64(0x8000_0000)..<0xe000_0000), ("2026.02", 0xc0_0000_0000..<0xe0_0000_0000),
        ("2026.05", 0x8000_0000..<0xe000_0000),
    ])
    func `OVMF 2026_02 alone puts every wide BAR behind a port above 4 GiB`(
        release: String, expected: Range<UInt64>
    ) throws {
        let disk = ["-device", "pcie-root-port,id=rp,addr=5.0", "-device", "nvme,id=nv,serial=x,bus=rp"]
        let (tree, outcome) = try boot("ovmf:\(release)", memory: "2G", extra: disk)
        let index = try #require(tree.functions.firstIndex { $0.name == "nv" })
        let address = try #require(outcome.functions[index].addresses[.bar(0)])
        #expect(expected.contains(address))
    }

    /// 2 + 254 is 256: a byte starts again at 0, and the reservation asks for nothing.
    @Test(arguments: [("2025.11", true), ("2026.02", false)])
    func `OVMF gives up from 2026_02 on where bus numbers end`(release: String, works: Bool) throws {
        let ports = [
            "-device", "pcie-root-port,id=a,addr=5.0,chassis=1",
            "-device", "pcie-root-port,id=b,addr=6.0,chassis=2,bus-reserve=254",
        ]
        #expect((try address("ovmf:\(release)", membar: "64M", extra: ports) != nil) == works)
    }

    /// The classic window: 64 GiB at the first multiple of 64 GiB above RAM.
    @Test func `OVMF honours the size that users set from 2025_05 on`() throws {
        let size = ["-fw_cfg", "name=opt/ovmf/X-PciMmio64Mb,string=65536"]
        #expect(try address("ovmf:2024.08", membar: "1G", extra: size) == 0xc0_0000_0000)
        #expect(try address("ovmf:2025.05", membar: "1G", extra: size) == 0x10_0000_0000)
    }
}
