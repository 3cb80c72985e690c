import BerthDiagnostics
import BerthIGD
import BerthPCI
import BerthStack
import BerthTopology
import Testing

/// Every key of a topology file, read to the exact value.
struct TopologyFileKeysTests {
    @Test func `keys of the file`() throws {
        let guest = try Reading.topology(
            """
            name: everything
            summary: every key once
            machine: pc-q35-7.2
            max-ram-below-4g: 1GiB
            usb: on
            memory: 8GiB
            max-memory: 16GiB
            memory-slots: 4
            firmware: ovmf:2022.11
            guest: windows-11
            qemu: 10.1.2
            """)
        #expect(guest.name == "everything")
        #expect(guest.summary == "every key once")
        #expect(
            guest.machine
                == Machine(.q35, version: QEMURelease(7, 2), maxRAMBelow4GiB: .gib(1), hasUSB: true, hasSATA: true))
        #expect(guest.ram == GuestRAM(.gib(8), maximum: .gib(16), slots: 4))
        #expect(guest.firmware == .ovmf(OVMFRelease(2022, 11)))
        #expect(guest.guest == .windows(11))
        #expect(guest.qemu == QEMURelease(10, 1))
        #expect(guest.processor == .qemu64)
        #expect(guest.igd == nil)
        #expect(guest.devices == [])
    }

    @Test func `a stack names releases, and keys beside it replace them`() throws {
        let text = "machine: q35\nmemory: 2GiB\nstack: debian-13\n"
        let guest = try Reading.topology(text)
        #expect(guest.stack == Stack.named("debian-13"))
        #expect(guest.firmware == .seabios(SeaBIOSRelease(1, 16, 3)))
        #expect(guest.guest == .linux(LinuxRelease(6, 12, 117)))
        let other = try Reading.topology(text + "firmware: ovmf:2024.02\nqemu: 10.1\nguest: linux-6.14\n")
        #expect(other.qemu == QEMURelease(10, 1))
        #expect(other.firmware == .ovmf(OVMFRelease(2024, 2)))
        #expect(other.guest == .linux(LinuxRelease(6, 14)))
        #expect(other.stack.name == "debian-13")
    }

    @Test func `the user's stack goes before the releases of a file, not before its kind of firmware and its guest`()
        throws
    {
        let text =
            "machine: q35\nmemory: 2GiB\nstack: debian-13\nfirmware: ovmf:2024.02\nqemu: 10.1\nguest: linux-6.14\n"
        let choice = StackChoice(named: .standard)
        let guest = try TopologyFile.read(Array(text.utf8), file: "guest.yaml", stack: choice)
        #expect(guest.stack == .standard)
        #expect(guest.firmware == .ovmf(OVMFRelease(2022, 11)))
        #expect(guest.guest == .linux(LinuxRelease(6, 14)))
    }

    @Test(arguments: [
        (
            "", QEMURelease(10, 1),
            "guest.yaml:1:10: note: the machine type 'pc-q35-10.1' is one of QEMU 10.1, which is taken instead of 7.2; "
                + "--stack or --qemu-version name another [stack]"
        ),
        (
            "qemu: 9.2\n", QEMURelease(9, 2),
            "guest.yaml:1:10: warning: QEMU 9.2 has no machine type 'pc-q35-10.1', which came with 10.1 [stack]"
        ),
        ("qemu: 10.2\n", QEMURelease(10, 2), ""),
    ])
    func `a machine type of a later QEMU is spoken of`(line: String, release: QEMURelease, finding: String) throws {
        let text = "machine: pc-q35-10.1\nmemory: 2GiB\n" + line
        let (guest, findings) = try TopologyFile.reading(Array(text.utf8), file: "guest.yaml", stack: StackChoice())
        #expect(guest.qemu == release)
        #expect(findings.map(\.description).joined() == finding)
    }

    @Test func `what is left out has documented values`() throws {
        let guest = try Reading.topology("machine: pc\nmemory: 2GiB\n")
        #expect(guest.name == "guest")
        #expect(guest.summary == "")
        #expect(guest.machine == Machine(.pc))
        #expect(guest.ram == GuestRAM(.gib(2)))
        #expect(guest.firmware == .seabios(SeaBIOSRelease(1, 16, 2)))
        #expect(guest.guest == .linux(.init(6, 1)))
        #expect(guest.qemu == QEMURelease(7, 2))
        #expect(guest.processor == Processor(vendor: .amd, physicalAddressBits: 40, hasGiantPages: false))
    }

    @Test(
        arguments: [
            ("", .passedThrough), ("processor: {vendor: amd}", .qemu64),
            ("processor: {physical-address-bits: 46}", Processor(vendor: .intel, physicalAddressBits: 46)),
            (
                "processor: {vendor: intel, giant-pages: on}",
                Processor(
                    vendor: .intel, physicalAddressBits: 39, hasGiantPages: true, fromHost: .init(hasWidth: true))
            ),
            (
                "processor: {physical-address-bits: 46, guest-physical-address-bits: 39}",
                Processor(vendor: .intel, physicalAddressBits: 46, guestPhysicalAddressBits: 39)
            ),
        ] as [(String, Processor)])
    func `the host of an IGD is Intel's`(text: String, processor: Processor) throws {
        #expect(try Reading.topology(Reading.q35(igd: "{platform: skylake}") + text + "\n").processor == processor)
    }

    @Test func `keys of the processor`() throws {
        let guest = try Reading.topology(
            """
            machine: pc
            memory: 2GiB
            processor: {vendor: intel, physical-address-bits: 46, giant-pages: yes}
            """)
        #expect(guest.processor == Processor(vendor: .intel, physicalAddressBits: 46, hasGiantPages: true))
    }

    @Test func `keys of the IGD`() throws {
        let guest = try Reading.topology(
            """
            machine: pc
            memory: 4GiB
            igd:
              id: graphics
              device: 0x1912
              at: 00:05.0
              host: 0001:00:02.0
              stolen-memory: 96 MiB
              opregion: 16KiB
              rom: {file: /rom/igd.rom, contains: gop}
              class: display
              ggc: 0x03c1
              bdsm: 0x8b800001
              asls: 0x87f88018
              lpc: 0xa145
            """)
        let igd = try #require(guest.igd)
        #expect(igd.id == "graphics")
        #expect(igd.device == 0x1912)
        #expect(igd.platform == .skylake)
        #expect(igd.slot == Slot("pci.0", devfn: 5 << 3))
        #expect(igd.host == PCIAddress("0001:00:02.0"))
        #expect(igd.stolenMemory == .mib(96))
        #expect(igd.opRegion == .kib(16))
        #expect(igd.rom == .file(path: "/rom/igd.rom", contents: .gop))
        #expect(igd.classCode == .otherDisplay)
        #expect(igd.graphicsControl == 0x03c1)
        #expect(igd.hostStolenBase == 0x8b80_0000, "without the lock bit")
        #expect(igd.hostASLS == 0x87f8_8018, "with the offset into its page")
        #expect(igd.hostLPC == 0xa145)
        #expect(igd.location == SourceLocation(file: "guest.yaml", line: 4, column: 3))
    }

    @Test func `an IGD needs no more than a platform`() throws {
        let guest = try Reading.topology("machine: q35\nmemory: 4GiB\nigd: {platform: kaby-lake}\n")
        let igd = try #require(guest.igd)
        #expect(igd.id == "igd")
        #expect(igd.device == Platform.kabyLake.representativeDeviceID)
        #expect(igd.slot == Slot("pcie.0", devfn: 2 << 3))
        #expect(igd.host == PCIAddress("00:02.0"))
        #expect(igd.stolenMemory == .mib(64))
        #expect(igd.opRegion == .kib(8))
        #expect(igd.rom == .hostShadow)
        #expect(igd.classCode == .vga)
        #expect(igd.graphicsControl == nil)
        #expect(igd.hostStolenBase == nil)
        #expect(igd.hostASLS == nil)
        #expect(igd.hostLPC == nil)
    }

    @Test(arguments: [
        ("platform: kaby-lake, ggc: 0x01c1", ByteCount.mib(32)),
        ("platform: kaby-lake, ggc: 0xf0c1", .mib(4)),
        ("platform: haswell, ggc: 0x0218", .mib(96)),
        ("platform: kaby-lake, ggc: 0x01c1, stolen-memory: 128MiB", .mib(128)),
        ("platform: meteor-lake", .zero),
        ("device: 0x7d55", .zero),
    ])
    func `the size of stolen memory comes from the file, then the host, then the platform`(
        igd: String, size: ByteCount
    ) throws {
        let guest = try Reading.topology("machine: q35\nmemory: 4GiB\nigd: {\(igd)}\n")
        #expect(guest.igd?.stolenMemory == size)
    }

    @Test(arguments: [("none", IGDAssignment.ROM.none), ("host", .hostShadow)])
    func `a ROM may be a word`(word: String, rom: IGDAssignment.ROM) throws {
        let guest = try Reading.topology("machine: q35\nmemory: 4GiB\nigd: {platform: skylake, rom: \(word)}\n")
        #expect(guest.igd?.rom == rom)
    }

    @Test func `keys of a device`() throws {
        let guest = try Reading.topology(
            """
            machine: q35
            memory: 2GiB
            devices:
              - model: pcie-root-port
                id: port1
                at: 00:1c.0
                multifunction: true
                properties: {mem-reserve: 32M, hotplug: off, chassis: 0x11, x-speed: "16"}
              - {model: ivshmem-plain, id: shared, on: port1, at: 00.0, memory: 16MiB}
              - {model: e1000, at: 00:03.0}
            """)
        var port = Device(
            id: "port1", model: "pcie-root-port", at: Slot("pcie.0", devfn: 0x1c << 3), multifunction: true,
            properties: [
                Property("mem-reserve", .text("32M")), Property("hotplug", .bool(false)),
                Property("chassis", .number(17)), Property("x-speed", .number(16)),
            ])
        port.location = SourceLocation(file: "guest.yaml", line: 4, column: 5)
        var shared = Device(
            id: "shared", model: "ivshmem-plain", at: Slot("port1", devfn: 0),
            backend: MemoryBackend(id: "shared-memory", size: .mib(16)))
        shared.location = SourceLocation(file: "guest.yaml", line: 9, column: 5)
        var network = Device(id: "e1000-3", model: "e1000", at: Slot("pcie.0", devfn: 3 << 3))
        network.location = SourceLocation(file: "guest.yaml", line: 10, column: 5)
        #expect(guest.devices == [port, shared, network])
    }

    @Test func `a function described register by register`() throws {
        let guest = try Reading.topology(
            """
            machine: q35
            memory: 2GiB
            devices:
              - model: my-card
                at: 00:03.0
                identity: 8086:1533
                class: 0x020000
                bars:
                  - {bar: 0, memory32: 128KiB}
                  - {bar: 1, io: 32}
                  - {bar: 2, prefetchable64: 1GiB}
                  - {bar: 4, prefetchable32: 4KiB}
                  - {rom: 64KiB}
              - model: other-card
                at: 00:04.0
                identity: 10de:0001
                class: "030000"
                bars: [{bar: 0, memory64: 16M}]
            """)
        #expect(
            guest.devices[0].described
                == DescribedFunction(
                    vendor: 0x8086, device: 0x1533, classCode: .init(rawValue: 0x02_0000),
                    bars: [
                        BAR(.bar(0), .memory32(size: .kib(128), prefetchable: false)), BAR(.bar(1), .io(size: 32)),
                        BAR(.bar(2), .memory64(size: .gib(1), prefetchable: true)),
                        BAR(.bar(4), .memory32(size: .kib(4), prefetchable: true)), .rom(size: .kib(64)),
                    ]))
        #expect(
            guest.devices[1].described?.bars == [BAR(.bar(0), .memory64(size: .mib(16), prefetchable: false))])
        let tree = try guest.resolved()
        let card = try #require(tree.functions.first { $0.name == "my-card-1" })
        #expect(card.vendor == 0x8086 && card.device == 0x1533)
        #expect(card[.rom]?.kind.size == .kib(64))
    }

    @Test(arguments: [
        ("2147483648", ByteCount.gib(2)), ("0x80000000", .gib(2)), ("2G", .gib(2)), ("2GiB", .gib(2)),
        ("2 GiB", .gib(2)), ("2048M", .gib(2)), ("2097152k", .gib(2)), ("3328MiB", .mib(3328)), ("16m", .mib(16)),
    ])
    func `sizes have human units`(text: String, size: ByteCount) throws {
        #expect(try Reading.topology("machine: q35\nmemory: \(text)\n").ram.size == size)
    }

    @Test func `JSON is read as well`() throws {
        let guest = try Reading.topology(
            #"{"machine": "q35", "memory": "2GiB", "devices": [{"model": "e1000", "at": "00:03.0"}]}"#)
        #expect(guest.devices.map(\.model) == ["e1000"])
    }

    @Test func `Windows line ends and a byte order mark are no trouble`() throws {
        #expect(try Reading.topology("machine: q35\r\nmemory: 2GiB\r\n").ram.size == .gib(2))
        #expect(try Reading.topology("\u{feff}machine: q35\nmemory: 2GiB\n").ram.size == .gib(2))
    }
}
