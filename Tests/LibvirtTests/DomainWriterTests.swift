import BerthDiagnostics
import BerthLibvirtEditing
import BerthPCI
import BerthStack
import BerthTopology
import BerthXML
import TestSupport
import Testing

@Suite struct DomainWriterTests {
    private func domain(_ guest: GuestTopology) throws -> XMLElement {
        try XMLDocument(DomainWriter.write(asItIs: guest), file: "x").root
    }

    private func arguments(_ guest: GuestTopology) throws -> [String] {
        try domain(guest).first("qemu:commandline")?.elements().compactMap { $0["value"] } ?? []
    }

    private func refusal(_ guest: GuestTopology) -> String? {
        do throws(EmissionRefusal) {
            _ = try DomainWriter.write(asItIs: guest)
            return nil
        } catch {
            return error.description
        }
    }

    private func guest(_ machine: MachineType, _ devices: [Device] = []) -> GuestTopology {
        SampleGuests.make("g", Machine(machine), .seabios, devices)
    }

    @Test func `a switch below a root port is written as recorded`() throws {
        try Golden.expect(
            DomainWriter.write(asItIs: SampleGuests.switchTree), equals: "Tests/LibvirtTests/Golden/switch.xml")
    }

    @Test func `an IGD with a ROM file and a dummy BAR is written as recorded`() throws {
        try Golden.expect(
            DomainWriter.write(asItIs: SampleGuests.romIGD), equals: "Tests/LibvirtTests/Golden/igd-with-rom.xml")
    }

    @Test func `nothing is left for libvirt to add`() throws {
        let devices = try #require(domain(guest(.q35)).first("devices"))
        #expect(
            devices.withoutLines
                == XMLElement(
                    "devices", [:],
                    [
                        XMLElement("controller", ["type": "pci", "index": "0", "model": "pcie-root"]),
                        XMLElement("controller", ["type": "usb", "model": "none"]),
                        XMLElement("video", [:], [XMLElement("model", ["type": "none"])]),
                        XMLElement("memballoon", ["model": "none"]),
                    ]))
    }

    @Test func `machine options and firmware files are arguments of QEMU's`() throws {
        var guest = guest(.q35)
        guest.machine.maxRAMBelow4GiB = .gib(1)
        guest.machine.hasSATA = false
        guest.firmwareFiles = [
            FirmwareFile("etc/igd-opregion", .file(path: "/a,b", size: .kib(8))), FirmwareFile("opt/x", .text("y,z")),
        ]
        #expect(
            try arguments(guest) == [
                "-machine", "max-ram-below-4g=1G,sata=off", "-fw_cfg", "name=etc/igd-opregion,file=/a,,b", "-fw_cfg",
                "name=opt/x,string=y,,z",
            ])
    }

    @Test func `memory that libvirt cannot have is an argument beside it`() throws {
        #expect(
            try arguments(guest(.q35, [SampleGuests.memory("m", "pcie.0", 0x1f, function: 1, .kib(8))])) == [
                "-object", #"{"qom-type":"memory-backend-ram","id":"mem-ua-m","size":8192}"#, "-device",
                #"{"driver":"ivshmem-plain","id":"ua-m","memdev":"mem-ua-m","bus":"pcie.0","addr":"0x1f.0x1"}"#,
            ])
    }

    @Test(arguments: [
        (ByteCount.mib(1), "/dev/shm/mine", "mine"), (ByteCount.gib(1), nil, "g-m"), (ByteCount.kib(512), nil, nil),
        (ByteCount.mib(1), "/srv/file", nil), (ByteCount.mib(1), "/dev/shm/a/b", nil),
    ])
    func `shared memory is an element where size and path allow`(
        size: ByteCount, path: String?, name: String?
    ) throws {
        var device = SampleGuests.memory("m", "pcie.0", 3, size)
        device.backend?.path = path
        #expect(try domain(guest(.q35, [device])).first("devices")?.first("shmem")?["name"] == name)
    }

    @Test func `an IGD's properties are overrides of its alias with QEMU's types`() throws {
        var guest = guest(.pc)
        guest.igd = SampleGuests.igd(
            "pci.0", rom: .none,
            [
                Property("x-igd-opregion", .text("on")), Property("x-igd-gms", .text("0x10")),
                Property("x-igd-legacy-mode", .bool(false)),
            ])
        let override = try #require(domain(guest).first("qemu:override")?.first("qemu:device"))
        #expect(override["alias"] == "ua-igd")
        let properties = override.first("qemu:frontend")?.elements().map { $0.attributes.map(\.value) }
        #expect(
            properties == [
                ["x-igd-opregion", "bool", "true"], ["x-igd-gms", "unsigned", "16"],
                ["x-igd-legacy-mode", "string", "off"],
            ])
        #expect(try domain(guest).first("devices")?.first("hostdev")?.first("rom")?["bar"] == "off")
    }

    @Test func `two ports never get one chassis number`() throws {
        let xml = try domain(SampleGuests.switchTree)
        let numbers = xml.first("devices")?.elements("controller").compactMap { $0.first("target")?["chassis"] }
        // rp2 asked for 1, which would have been rp1's.
        #expect(numbers == ["255", "1", "4", "5"])
    }

    @Test func `what cannot be written is refused with what is missing`() {
        var added = guest(.q35)
        added.addedBARs = [
            AddedBAR(slot: added.rootSlot(0x1f), bar: BAR(.bar(0), .memory64(size: .mib(64), prefetchable: true)))
        ]
        #expect(
            refusal(added)
                == "no released QEMU can put a BAR on 00:1f.0; a device of its own with a BAR of 64 MiB, such as "
                + "ivshmem-plain, can be written [added-bar]")
        var number = guest(.q35)
        number.firmwareFiles = [FirmwareFile("etc/igd-bdsm-size", .number(0x400_0000))]
        #expect(
            refusal(number)
                == "QEMU takes the number 0x4000000 for the fw_cfg file 'etc/igd-bdsm-size' only as a file of 8 bytes, "
                + "little endian; name one [fw-cfg-file]")
        var odd = guest(.q35)
        odd.ram = GuestRAM(ByteCount(0x4000_1000))
        #expect(refusal(odd) == "libvirt rounds memory up to whole mebibytes; 1048580 KiB is not [memory-size]")
        var slots = guest(.q35)
        slots.ram = GuestRAM(.gib(1), maximum: .gib(2))
        #expect(
            refusal(slots)
                == "libvirt needs 1 to 256 memory slots where memory can grow to 2 GiB, this guest has 0 [memory-slots]"
        )
        let relabelled = guest(
            .q35, [SampleGuests.relabelled])
        #expect(
            refusal(relabelled)
                == "no property of QEMU's gives 'edu' (edu) another vendor, device id or class; only vfio-pci has "
                + "such properties [device-identity]")
        let expander = guest(
            .q35,
            [
                SampleGuests.device("pxb", "pxb-pcie", "pcie.0", 3, with: [Property("bus_nr", .number(8))]),
                SampleGuests.device("nic", "virtio-net-pci", "pxb", 1),
            ])
        #expect(
            refusal(expander)
                == "QEMU would not start this guest: 'nic' cannot be on 'pxb': only bridges can be on an expander's root bus "
                + "[expander-endpoint]")
        let typed = guest(
            .q35, [SampleGuests.device("nic", "virtio-net-pci", "pcie.0", 3, with: [Property("mq", .text("maybe"))])])
        #expect(
            refusal(typed)
                == "QEMU would not start this guest: 'nic': mq: 'maybe' is not 'on' or 'off' [device-property]")
        let balloons = guest(
            .q35, [1, 2].map { SampleGuests.device("b\($0)", "virtio-balloon-pci", "pcie.0", $0) })
        #expect(
            refusal(balloons)
                == "QEMU would not start this guest: 'b2' is a second balloon beside 'b1'; QEMU supports one [single-balloon]"
        )
        let missing = guest(.q35, [SampleGuests.device("nic", "e1000", "nowhere", 3)])
        #expect(
            refusal(missing)
                == "QEMU would not start this guest: bus 'nowhere' not found; the buses are pcie.0 [missing-bus]")
        var unwritable = guest(.q35)
        unwritable.name = "a\u{1}"
        #expect(
            refusal(unwritable)
                == "the guest cannot be written as XML: <domain/name>: the character U+0001 cannot occur in XML "
                + "[xml-character]")
    }
}
