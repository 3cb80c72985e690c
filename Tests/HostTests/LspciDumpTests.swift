import BerthDiagnostics
import BerthHost
import BerthIGD
import BerthPCI
import Testing

struct LspciDumpTests {
    private let kabyLake =
        "00:02.0 VGA compatible controller: Intel Corporation HD Graphics 620 (rev 04)\n"
        + Dump.graphics(0x5916, [(0x50, 0x02c1, 2), (0x5c, 0x7c00_0001, 4), (0xfc, 0x7a1b_5018, 4)])

    @Test func `a hex dump gives every register of the device`() throws {
        let igd = try #require(try Dump.read(kabyLake).igd)
        #expect(igd.address.short == "00:02.0")
        #expect(igd.deviceID == 0x5916)
        #expect(igd.platform == .kabyLake)
        #expect(igd.generation == .gen9)
        #expect(igd.revision == 4)
        #expect(igd.subsystemVendor == 0x17aa)
        #expect(igd.subsystem == 0x2238)
        #expect(igd.classCode == .vga)
        #expect(igd.isVGA)
        #expect(igd.graphicsControl == GraphicsControl(word: 0x02c1, encoding: .e))
        #expect(igd.stolenMemorySize == .mib(64))
        #expect(igd.bdsm == 0x7c00_0000)
        #expect(igd.bdsmIsLocked == true)
        #expect(igd.asls == 0x7a1b_5018)
        #expect(igd.aslsPageOffset == 0x18)
        #expect(igd.stolenMemory?.description == "0x7c000000-0x7fffffff")
    }

    @Test func `segments, CRLF, explanations, comments and a byte order mark change nothing`() throws {
        let plain = try Dump.read(kabyLake)
        let lines = kabyLake.split(separator: "\n")
        let crowded =
            "\u{feff}# lspci -vxxx\n0000:" + lines[0] + "\n\tControl: I/O+ Mem+\n\t\tDeep: 00:00.0\n\npcilib: sysfs\n"
            + lines.dropFirst().joined(separator: "\n")
        for text in [crowded, crowded.replacing("\n", with: "\r\n")] {
            let read = try Dump.read(text)
            #expect(read.functions == plain.functions)
            #expect(read.igd == plain.igd)
        }
    }

    @Test func `from generation 11 on BDSM has 64 bits at 0xc0`() throws {
        let igd = try #require(
            try Dump.read(
                "00:02.0 VGA: x\n"
                    + Dump.graphics(0x9a49, [(0x50, 0x02c1, 2), (0x5c, 0x1111_1111, 4), (0xc0, 0x1_4b80_0001, 8)])
            ).igd)
        #expect(igd.bdsm == 0x1_4b80_0000)
        #expect(igd.bdsmIsLocked == true)
        #expect(igd.aslsPageOffset == nil)
        #expect(igd.asls == 0)
    }

    @Test func `from Meteor Lake on configuration space says nothing of stolen memory`() throws {
        let text = "00:02.0 VGA: x\n" + Dump.graphics(0x7d55, [(0x50, 0x02c1, 2), (0xfc, 0x6000_0000, 4)])
        let igd = try #require(try Dump.read(text).igd)
        #expect(igd.generation == .xeLPG)
        #expect(igd.graphicsControl == nil)
        #expect(igd.stolenMemorySize == nil)
        #expect(igd.bdsm == nil)
        #expect(igd.bdsmIsLocked == nil)
        #expect(igd.asls == 0x6000_0000)
        #expect(igd.aslsPageOffset == .zero)
    }

    @Test func `before generation 6 the control word is in the host bridge`() throws {
        let device =
            "00:02.0 VGA: x\n" + Dump.graphics(0x2a42, [(0x50, 0xffff, 2), (0x52, 0xffff, 2), (0x5c, 0xbf80_0000, 4)])
        let bridge =
            "00:00.0 Host bridge: y\n" + Dump.hex([(0, 0x2a40_8086, 4), (8, 0x0600_0000, 4), (0x52, 0x0070, 2)])
        let igd = try #require(try Dump.read(bridge + device).igd)
        #expect(igd.platform == .g45)
        #expect(igd.graphicsControl == GraphicsControl(word: 0x0070, encoding: .b))
        #expect(igd.stolenMemorySize == .mib(64))
        #expect(igd.bdsm == 0xbf80_0000)
        #expect(igd.bdsmIsLocked == false)
        #expect(try Dump.read(device).igd?.graphicsControl == nil)
    }

    @Test func `an id in no list leaves the platform open`() throws {
        let igd = try #require(
            try Dump.read("00:02.0 VGA: x\n" + Dump.graphics(0xabcd, [(0x50, 0x02c1, 2), (0xfc, 0x6000_0100, 4)])).igd)
        #expect(igd.platform == nil)
        #expect(igd.generation == nil)
        #expect(igd.graphicsControl == nil)
        #expect(igd.bdsm == nil)
        #expect(igd.aslsPageOffset == 0x100)
    }

    @Test func `a display that is no VGA is the graphics device, too`() throws {
        let text = "00:02.0 Display controller: x\n" + Dump.graphics(0xa7a0, [], class: 0x03_8000)
        let igd = try #require(try Dump.read(text).igd)
        #expect(igd.classCode == .otherDisplay)
        #expect(!igd.isVGA)
    }

    @Test(arguments: [
        "00:02.1 VGA compatible controller [0300]: x [8086:5916]\n", "01:00.0 VGA [0300]: x [8086:56a0]\n",
        "00:02.0 VGA compatible controller [0300]: x [1002:1638]\n", "00:02.0 Audio device [0403]: x [8086:5916]\n",
        "0001:00:02.0 VGA compatible controller [0300]: x [8086:5916]\n",
    ])
    func `other functions are not the graphics device`(text: String) throws {
        let inventory = try Dump.read(text)
        #expect(inventory.functions.count == 1)
        #expect(inventory.igd == nil)
    }

    @Test func `64 bytes give the identity and a warning`() throws {
        let text = "00:02.0 VGA: x\n" + Dump.hex([(0, 0x5916_8086, 4), (8, 0x0300_0002, 4)], length: 64)
        let inventory = try Dump.read(text)
        #expect(inventory.igd?.platform == .kabyLake)
        #expect(inventory.igd?.graphicsControl == nil)
        #expect(inventory.igd?.asls == nil)
        #expect(
            inventory.findings.map(\.description) == [
                "dump.txt:1:1: warning: the graphics device has only 64 bytes in this dump, its registers are beyond; "
                    + "run 'lspci -xxx' as root [host-dump-short]"
            ])
    }

    @Test func `4096 bytes are read with three digits of offset`() throws {
        let inventory = try Dump.read("00:1f.0 ISA bridge: x\n" + Dump.hex([(0xffc, 0x1234_5678, 4)], length: 4096))
        #expect(inventory.functions.first?.configuration.dword(at: 0xffc) == 0x1234_5678)
    }

    @Test func `ones only are no bytes but a sleeping device`() throws {
        let ones = (0..<16).map {
            "\($0 == 0 ? "00" : "\(String($0, radix: 16))0"):" + String(repeating: " ff", count: 16)
        }
        let inventory = try Dump.read("00:02.0 VGA [0300]: x [8086:5916]\n" + ones.joined(separator: "\n"))
        #expect(inventory.igd?.deviceID == 0x5916)
        #expect(inventory.igd?.bdsm == nil)
        #expect(inventory.findings.map(\.rule) == ["host-dump-asleep"])
    }

    @Test func `a segment of more than 16 bits is left out with a note`() throws {
        let text =
            "10000:e0:06.0 PCI bridge: x\n" + Dump.hex([(0, 0x09ab_8086, 4)], length: 64) + "0000:" + kabyLake
        let inventory = try Dump.read(text)
        #expect(inventory.functions.map(\.address.description) == ["0000:00:02.0"])
        #expect(inventory.findings.map(\.rule) == ["host-dump-segment"])
        #expect(inventory.findings.first?.location?.line == 1)
    }
}
