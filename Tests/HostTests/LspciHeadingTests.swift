import BerthHost
import BerthIGD
import BerthPCI
import Testing

struct LspciHeadingTests {
    @Test(arguments: [
        ("00:02.0 0300: 8086:9a49 (rev 01)", 0x03_0000, 0x9a49, 1), ("00:02.0 0300: 8086:3ea0", 0x03_0000, 0x3ea0, 0),
        ("00:02.0 Class 0300: 8086:2a02 (rev 03)", 0x03_0000, 0x2a02, 3),
        ("00:02.0 0380: 8086:a7a0 (rev 04) (prog-if 01)", 0x03_8001, 0xa7a0, 4),
        (
            "00:02.0 VGA compatible controller [0300]: Intel Corporation TigerLake-LP GT2 [Iris Xe] [8086:9a49] (rev 01) "
                + "(prog-if 00 [VGA controller])", 0x03_0000, 0x9a49, 1
        ),
        ("00:02.0 Display controller [0380]: Intel Corporation [8086:4692]", 0x03_8000, 0x4692, 0),
    ])
    func `numbers are read with -n and with -nn`(line: String, code: UInt32, device: UInt16, revision: UInt8) throws {
        let function = try #require(try Dump.read(line + "\n").functions.first)
        #expect(function.classCode?.rawValue == code)
        #expect(function.identity == FunctionIdentity(vendor: 0x8086, device: device, revision: revision))
    }

    @Test(arguments: ["\tSubsystem: 17aa:2238", "\tSubsystem: Lenovo ThinkPad [T470] [17aa:2238]"])
    func `the subsystem's ids are read from the explanations`(line: String) throws {
        let igd = try #require(try Dump.read("00:02.0 0300: 8086:5916\n\(line)\n").igd)
        #expect(igd.subsystemVendor == 0x17aa)
        #expect(igd.subsystem == 0x2238)
    }

    @Test(
        arguments: [
            ("VGA compatible controller", ClassCode.vga), ("Display controller", .otherDisplay),
            ("Host bridge", .hostBridge),
            ("ISA bridge", .isaBridge), ("PCI bridge", .pciBridge), ("Coffee machine", nil),
        ] as [(String, ClassCode?)])
    func `names alone give the class at best`(name: String, code: ClassCode?) throws {
        let inventory = try Dump.read("00:02.0 \(name): Intel Corporation Thing [Brand] (rev 01)\n")
        #expect(inventory.functions.first?.classCode == code)
        #expect(inventory.functionsWithoutIdentity.map(\.short) == ["00:02.0"])
        #expect(inventory.igd == nil)
    }

    @Test func `the bridges are found by place and class`() throws {
        let inventory = try Dump.read("00:1f.0 0601: 8086:a082 (rev 20)\n00:00.0 0600: 8086:9a14 (rev 01)\n")
        #expect(inventory.lpc == FunctionIdentity(vendor: 0x8086, device: 0xa082, revision: 0x20))
        #expect(inventory.hostBridge == FunctionIdentity(vendor: 0x8086, device: 0x9a14, revision: 1))
        #expect(inventory.functions.map(\.address.short) == ["00:00.0", "00:1f.0"])
        let other = try Dump.read("00:1f.0 0106: 8086:a082\n00:00.0 0604: 8086:9a14\n")
        #expect(other.lpc == nil)
        #expect(other.hostBridge == nil)
    }
}
