import BerthDiagnostics
import BerthPCI
import BerthStack
import BerthTopology
import Testing

/// How devices become a PCI tree.
struct TreeTests {
    private func tree(_ devices: [Device], on type: MachineType = .q35, added: [AddedBAR] = []) -> PCITree {
        var guest = GuestTopology(name: "t", machine: Machine(type), ram: GuestRAM(.gib(2)), firmware: .init(.seabios))
        guest.devices = devices
        guest.addedBARs = added
        let (tree, findings) = guest.resolve()
        #expect(findings == [])
        return tree
    }

    private func device(
        _ id: String, _ model: String, on bus: BusName = "pcie.0", _ number: UInt8, _ properties: [Property] = []
    ) -> Device {
        Device(id: id, model: model, at: Slot(bus, devfn: number << 3), properties: properties)
    }

    @Test(arguments: [
        (
            Machine(.pc),
            [
                "00:00.0 i440FX 8086:1237", "00:01.0 PIIX3 8086:7000", "00:01.1 piix3-ide 8086:7010",
                "00:01.3 PIIX4_PM 8086:7113",
            ]
        ),
        (
            Machine(.pc, hasUSB: true),
            [
                "00:00.0 i440FX 8086:1237", "00:01.0 PIIX3 8086:7000", "00:01.1 piix3-ide 8086:7010",
                "00:01.2 piix3-usb-uhci 8086:7020", "00:01.3 PIIX4_PM 8086:7113",
            ]
        ),
        (
            Machine(.q35),
            [
                "00:00.0 mch 8086:29c0", "00:1f.0 ICH9-LPC 8086:2918", "00:1f.2 ich9-ahci 8086:2922",
                "00:1f.3 ICH9-SMB 8086:2930",
            ]
        ),
        (Machine(.q35, hasSATA: false, hasSMBus: false), ["00:00.0 mch 8086:29c0", "00:1f.0 ICH9-LPC 8086:2918"]),
        (
            Machine(.q35, hasUSB: true, hasSATA: false, hasSMBus: false),
            [
                "00:00.0 mch 8086:29c0", "00:1d.0 ich9-usb-uhci1 8086:2934", "00:1d.1 ich9-usb-uhci2 8086:2935",
                "00:1d.2 ich9-usb-uhci3 8086:2936", "00:1d.7 ich9-usb-ehci1 8086:293a", "00:1f.0 ICH9-LPC 8086:2918",
            ]
        ),
    ])
    func `functions of the board`(machine: Machine, expected: [String]) {
        let guest = GuestTopology(name: "t", machine: machine, ram: GuestRAM(.gib(2)), firmware: .init(.seabios))
        let tree = guest.resolve().tree
        let rows = tree.buses[0].functions.map { index in
            let f = tree.functions[index]
            return "\(tree.place(of: f)) \(f.name) \(String(f.vendor, radix: 16)):\(String(f.device, radix: 16))"
        }
        #expect(rows == expected)
    }

    @Test func `a device may come before the bridge it sits on`() {
        let tree = tree([
            device("net0", "e1000", on: "bridge2", 2), device("bridge2", "pci-bridge", on: "bridge1", 1),
            device("bridge1", "pci-bridge", 3),
        ])
        #expect(tree.buses.map(\.name) == ["pcie.0", "bridge1", "bridge2"])
        #expect(tree.functions.suffix(3).map { tree.place(of: $0) } == ["00:03.0", "bridge1:01.0", "bridge2:02.0"])
        #expect(tree.functions.suffix(3).map(\.origin) == [.device(2), .device(1), .device(0)])
    }

    @Test func `pxb-pcie brings an Express root bus with its own number`() throws {
        let tree = tree([
            device("pxb1", "pxb-pcie", 4, [Property("bus_nr", .number(0x80))]),
            device("port1", "pcie-root-port", on: "pxb1", 0),
            device("net0", "virtio-net-pci", on: "port1", 0),
        ])
        #expect(tree.buses.map(\.name) == ["pcie.0", "pxb1", "port1"])
        #expect(tree.buses[1].parent == .root(number: 0x80))
        #expect(tree.buses[1].isExpress && tree.buses[2].isExpress)
        #expect(tree.roots == [0, 1])
        let port = try #require(tree.functions.first { $0.name == "port1" })
        #expect(tree.place(of: port) == "80:00.0")
        let expander = try #require(tree.functions.first { $0.name == "pxb1" })
        #expect(expander.vendor == 0x1b36 && expander.device == 0x000b)
        #expect(expander.classCode == .hostBridge)
    }

    @Test func `pxb brings a root bus with a bridge on it, behind which devices sit`() throws {
        let tree = tree(
            [
                device("pxb1", "pxb", on: "pci.0", 4, [Property("bus_nr", .number(0x40))]),
                device("net0", "e1000", on: "pxb1", 1),
            ], on: .pc)
        #expect(tree.buses.map(\.name) == ["pci.0", "pxb1-internal", "pxb1"])
        #expect(tree.buses[1].parent == .root(number: 0x40))
        let bridge = tree.functions[tree.buses[1].functions[0]]
        #expect(bridge.device == 0x0001 && bridge.bars == [] && bridge.header == .bridge)
        #expect(bridge.origin == .expander(0))
        #expect(tree.place(of: bridge) == "40:00.0")
        let network = try #require(tree.functions.first { $0.name == "net0" })
        #expect(tree.place(of: network) == "pxb1:01.0")
        #expect(tree.buses[network.bus].parent == .bridge(tree.buses[1].functions[0]))
    }

    @Test func `two expanders cannot have one bus number`() {
        var guest = GuestTopology(name: "t", machine: Machine(.q35), ram: GuestRAM(.gib(2)), firmware: .init(.seabios))
        guest.devices = [
            device("pxb1", "pxb-pcie", 4, [Property("bus_nr", .number(9))]),
            device("pxb2", "pxb-pcie", 5, [Property("bus_nr", .number(9))]),
        ]
        #expect(
            guest.resolve().findings.map(\.description) == [
                "error: 'pxb2': bus_nr: bus 9 is already in use [device-property]"
            ])
    }

    @Test(
        arguments: [
            ("pcie.0", nil, UInt16(0x1000), [0, 1, 4, 6]), ("port1", nil, 0x1041, [1, 4, 6]),
            ("legacy1", nil, 0x1000, [0, 1, 4, 6]),
            ("pcie.0", Property("disable-legacy", .bool(true)), 0x1041, [1, 4, 6]),
            ("port1", Property("disable-legacy", .bool(false)), 0x1000, [0, 1, 4, 6]),
            ("pcie.0", Property("disable-modern", .bool(true)), 0x1000, [0, 1, 6]),
        ] as [(BusName, Property?, UInt16, [Int])])
    func `virtio is modern behind an Express port`(
        bus: BusName, property: Property?, id: UInt16, registers: [Int]
    ) throws {
        let tree = tree([
            device("port1", "pcie-root-port", 4), device("port2", "pcie-root-port", 5),
            device("legacy1", "pcie-pci-bridge", on: "port2", 0),
            device("net0", "virtio-net-pci", on: bus, bus == "port1" ? 0 : 6, [property].compactMap { $0 }),
        ])
        let function = try #require(tree.functions.first { $0.name == "net0" })
        #expect(function.device == id)
        #expect(function.bars.map(\.index.position) == registers)
    }

    @Test func `a machine's bridge makes what is behind it conventional or Express`() {
        let tree = tree([
            device("port1", "pcie-root-port", 4), device("up", "x3130-upstream", on: "port1", 0),
            device("down", "xio3130-downstream", on: "up", 0), device("legacy1", "pcie-pci-bridge", on: "down", 0),
            device("bridge1", "pci-bridge", on: "legacy1", 1),
        ])
        #expect(tree.buses.map(\.isExpress) == [true, true, true, true, false, false])
    }

    @Test func `firmware sees functions 1 to 7 only beside a multifunction function 0`() {
        var zero = device("zero", "e1000", 3)
        zero.multifunction = true
        var guest = GuestTopology(name: "t", machine: Machine(.q35), ram: GuestRAM(.gib(2)), firmware: .init(.seabios))
        guest.devices = [
            zero, Device(id: "one", model: "e1000", at: Slot("pcie.0", devfn: 3 << 3 | 1)),
            Device(id: "alone", model: "e1000", at: Slot("pcie.0", devfn: 4 << 3 | 1)),
            device("single", "e1000", 5), Device(id: "hidden", model: "e1000", at: Slot("pcie.0", devfn: 5 << 3 | 7)),
        ]
        let tree = guest.resolve().tree
        let names = tree.visible(on: 0).map { tree.functions[$0].name }
        #expect(names == ["mch", "zero", "one", "single", "ICH9-LPC", "ich9-ahci", "ICH9-SMB"])
    }

    @Test func `a function without vendor hides its whole slot`() {
        var guest = GuestTopology(name: "t", machine: Machine(.pc), ram: GuestRAM(.gib(2)), firmware: .init(.seabios))
        var bridge = device("lpc", "vfio-pci-igd-lpc-bridge", on: "pci.0", 0x1f)
        bridge.multifunction = true
        guest.devices = [bridge, Device(id: "behind", model: "e1000", at: Slot("pci.0", devfn: 0xf9))]
        let tree = guest.resolve().tree
        #expect(tree.functions.contains { $0.name == "behind" })
        #expect(!tree.visible(on: 0).contains { tree.functions[$0].name == "behind" })
        #expect(!tree.visible(on: 0).contains { tree.functions[$0].name == "lpc" })
    }

    @Test func `an added BAR sits on the function that was there`() throws {
        let bar = BAR(.bar(0), .memory32(size: .mib(64), prefetchable: true))
        let tree = tree([], added: [AddedBAR(slot: Slot("pcie.0", devfn: 0xf8), bar: bar)])
        let bridge = try #require(tree.functions.first { $0.name == "ICH9-LPC" })
        #expect(bridge.bars == [bar])
    }

    @Test(arguments: [
        (
            Slot("pcie.0", devfn: 0x18), BARIndex.bar(0),
            "error: there is no function at pcie.0:03.0 to add BAR 0 to [missing-carrier]"
        ),
        (
            Slot("pcie.0", devfn: 0xfa), .bar(5),
            "error: 'ich9-ahci' with an added BAR: BAR 5 is used twice [bar-layout]"
        ),
    ])
    func `an added BAR needs a function and a free register`(slot: Slot, index: BARIndex, message: String) {
        var guest = GuestTopology(name: "t", machine: Machine(.q35), ram: GuestRAM(.gib(2)), firmware: .init(.seabios))
        guest.addedBARs = [AddedBAR(slot: slot, bar: BAR(index, .memory32(size: .kib(4), prefetchable: false)))]
        #expect(guest.resolve().findings.map(\.description) == [message])
    }

    @Test func `the tree shows what is right although something is wrong`() {
        var guest = GuestTopology(name: "t", machine: Machine(.q35), ram: GuestRAM(.gib(2)), firmware: .init(.seabios))
        guest.devices = [device("net0", "e1000", 3), device("net1", "e1000", 3), device("net2", "e1000", 4)]
        let (tree, findings) = guest.resolve()
        #expect(findings.count == 1)
        #expect(tree.functions.suffix(2).map(\.name) == ["net0", "net2"])
    }
}
