import BerthDiagnostics
import BerthPCI
import BerthTopology
import Testing

/// Guests that QEMU would not start: the first finding, to the letter.
struct ImpossibleGuestTests {
    private static let card = "{model: card, id: card, at: 00:03.0, identity: 8086:1533, class: 0x020000, bars: ["
    private static let port = "{model: pcie-root-port, id: port1, at: 00:04.0}"

    @Test(arguments: [
        (
            Reading.q35("{model: e1000, id: net0, at: 00:03.0}", "{model: e1000, id: net1, at: 00:03.0}"), 5,
            "00:03.0 is taken by 'net0', so 'net1' cannot be there (QEMU: slot 3 function 0 not available for e1000)"
        ),
        (
            Reading.q35("{model: e1000, id: net0, at: 00:02.0}", igd: "{platform: skylake}"), 5,
            "00:02.0 is taken by 'igd', so 'net0' cannot be there (QEMU: slot 2 function 0 not available for e1000)"
        ),
        (
            Reading.q35("{model: e1000, id: net0, at: 00:1f.2}"), 4,
            "00:1f.2 is taken by 'ich9-ahci', so 'net0' cannot be there (QEMU: slot 31 function 2 not available for e1000)"
        ),
        (
            Reading.q35(port, "{model: e1000, id: a, on: port1, at: 00.0}", "{model: edu, id: b, on: port1, at: 00.0}"),
            6, "port1:00.0 is taken by 'a', so 'b' cannot be there (QEMU: slot 0 function 0 not available for edu)"
        ),
    ])
    func `an address is used once`(text: String, line: Int, message: String) throws {
        #expect(try Reading.refusal(text) == "guest.yaml:\(line):5: error: \(message) [duplicate-address]")
    }

    @Test(arguments: [
        (
            Reading.q35(port, "{model: e1000, id: net0, on: prot1, at: 00.0}"), 5, 5,
            "bus 'prot1' not found; the buses are pcie.0, port1; did you mean 'port1'?"
        ),
        (
            Reading.q35("{model: e1000, id: net0, on: elsewhere, at: 00.0}"), 4, 5,
            "bus 'elsewhere' not found; the buses are pcie.0"
        ),
        (
            Reading.q35("{model: pci-bridge, id: loop, on: loop, at: 01.0}"), 4, 5,
            "bus 'loop' not found; the buses are pcie.0"
        ),
        (
            Reading.q35(
                "{model: pci-bridge, id: one, on: two, at: 01.0}", "{model: pci-bridge, id: two, on: one, at: 01.0}"),
            4, 5, "bus 'two' not found; the buses are pcie.0"
        ),
        (
            Reading.q35("{model: edu, id: leaf, at: 00:03.0}", "{model: edu, id: e, on: leaf, at: 00.0}"), 5, 5,
            "bus 'leaf' not found; the buses are pcie.0"
        ),
        (
            Reading.q35("{model: e1000, id: net0, at: 05:00.0}"), 4, 34,
            "'at' of device 'net0' is on bus 05, but firmware numbers the buses; name the bridge with 'on' and give "
                + "device and function, such as 00.0"
        ),
        (
            Reading.q35("{model: e1000, id: net0, at: 0001:00:03.0}"), 4, 34,
            "'at' of device 'net0' is in segment 0001; the guest has segment 0000 only"
        ),
    ])
    func `a function needs a bus that is there`(text: String, line: Int, column: Int, message: String) throws {
        #expect(try Reading.refusal(text) == "guest.yaml:\(line):\(column): error: \(message) [missing-bus]")
    }

    @Test(arguments: [
        ("00:20.0", "expected an address such as 00:03.0"), ("00:03.8", "expected an address such as 00:03.0"),
        ("3.0", "expected an address such as 00:03.0"), ("00:03", "expected an address such as 00:03.0"),
    ])
    func `an address has 32 devices and 8 functions`(at: String, expected: String) throws {
        #expect(
            try Reading.refusal(Reading.q35("{model: e1000, id: net0, at: \"\(at)\"}"))
                == "guest.yaml:4:34: error: 'at' of device 'net0' is '\(at)'; \(expected) [topology-file]")
    }

    @Test(arguments: ["20.0", "00:00.0", "0", "00.8"])
    func `below a bridge there are device and function only`(at: String) throws {
        #expect(
            try Reading.refusal(Reading.q35(Self.port, "{model: e1000, id: net0, on: port1, at: \"\(at)\"}"))
                == "guest.yaml:5:45: error: 'at' of device 'net0' is '\(at)'; below bus 'port1' expected device and "
                + "function, such as 00.0 [topology-file]")
    }

    @Test(arguments: [
        ("{bar: 0, memory32: 3KiB}", "BAR 0 has 3 KiB, which is not a power of two; the next power of two is 4 KiB"),
        ("{bar: 2, memory64: 96M}", "BAR 2 has 96 MiB, which is not a power of two; the next power of two is 128 MiB"),
        ("{bar: 0, memory32: 0}", "BAR 0 has 0 B, which is not a power of two; the next power of two is 1 B"),
        ("{bar: 0, memory32: 4GiB}", "BAR 0 has 4 GiB, the most is 2 GiB"),
        ("{bar: 0, io: 128KiB}", "BAR 0 has 128 KiB, the most is 64 KiB"),
        ("{bar: 0, io: 2}", "BAR 0 has 2 B, the least is 4 B"), ("{rom: 1KiB}", "ROM has 1 KiB, the least is 2 KiB"),
        ("{bar: 5, memory64: 4KiB}", "BAR 5 is 64 bits wide, but the next register is taken or missing"),
        ("{bar: 0, memory32: 4KiB}, {bar: 0, io: 16}", "BAR 0 is used twice"),
        ("{bar: 0, memory64: 4KiB}, {bar: 1, io: 16}", "BAR 1 is used twice"),
    ])
    func `BARs have to fit their registers`(bars: String, message: String) throws {
        #expect(
            try Reading.refusal(Reading.q35(Self.card + bars + "]}"))
                == "guest.yaml:4:5: error: 'card': \(message) [bar-layout]")
    }

    @Test(arguments: [
        ("{bar: 6, io: 16}", 93, "'bar' of a BAR of device 'card' is '6'; expected a number from 0 to 5"),
        ("{bar: 1, io: 16, memory32: 4K}", 114, "BAR 1 of device 'card' has more than one size: io, memory32"),
    ])
    func `a BAR has one register and one size`(bar: String, column: Int, message: String) throws {
        #expect(
            try Reading.refusal(Reading.q35(Self.card + bar + "]}"))
                == "guest.yaml:4:\(column): error: \(message) [topology-file]")
    }

    @Test(arguments: [
        (Reading.q35("{model: e1000, id: a, at: 00:03.0}", "{model: edu, id: a, at: 00:04.0}"), 5, "a", "e1000"),
        (Reading.q35("{model: e1000, id: igd, at: 00:03.0}", igd: "{platform: skylake}"), 5, "igd", "vfio-pci"),
    ])
    func `an id is used once`(text: String, line: Int, id: String, first: String) throws {
        #expect(
            try Reading.refusal(text)
                == "guest.yaml:\(line):5: error: the id '\(id)' is used twice, first for a device \(first) [duplicate-id]"
        )
    }

    @Test func `a bridge cannot have the name of another bus`() throws {
        #expect(
            try Reading.refusal(Reading.q35("{model: pcie-root-port, id: pcie.0, at: 00:03.0}"))
                == "guest.yaml:4:5: error: there is already a bus 'pcie.0' [duplicate-id]")
    }

    @Test(arguments: ["0net", "a,b", "-a", "ä", "a b"])
    func `an id is what QEMU takes for one`(id: String) throws {
        #expect(
            try Reading.refusal(Reading.q35("{model: e1000, at: 00:03.0, id: \"\(id)\"}"))
                == "guest.yaml:4:37: error: 'id' is '\(id)'; expected a letter, then letters, digits, '-', '.', '_' [topology-file]"
        )
    }

    @Test(arguments: [
        ("pci-testdev", "membar: 3M", "membar: 3 MiB is not a power of two"),
        ("nvme", "msix_qsize: 0", "msix_qsize: '0' is not a number from 1 to 2048"),
        ("nvme", "cmb_size_mb: 3", "cmb_size_mb: 3 is not a power of two"),
        ("virtio-net-pci", "disable-legacy: maybe", "disable-legacy: 'maybe' is not 'on' or 'off'"),
        ("virtio-net-pci", "vectors: 4096", "vectors: '4096' is not a number from 0 to 2048"),
        ("bochs-display", "vgamem: 1M", "vgamem: 1 MiB is not between 4 MiB and 256 MiB"),
        (
            "pcie-root-port", "pref32-reserve: 1M, pref64-reserve: 1G",
            "pref64-reserve: given together with pref32-reserve; QEMU takes only one of them"
        ),
        ("pcie-root-port", "mem-reserve: 8G", "mem-reserve: 8 GiB does not fit into 32 bits"),
        (
            "e1000", "romfile: /x.rom",
            "romfile: the size of '/x.rom' is not known; add romsize= with the size of the ROM BAR"
        ),
        (
            "e1000", "romfile: /usr/share/qemu/kvmvapic.bin, romsize: 8192",
            "romfile: romfile \"/usr/share/qemu/kvmvapic.bin\" (9216 bytes) is too large for ROM size 8192"
        ),
        ("e1000", "romfile: /x.rom, romsize: 3000", "romsize: ROM size 3000 is not a power of two"),
        ("pxb-pcie", "id: 1", "bus_nr: missing: the new root bus needs a number from 1 to 255"),
        ("pxb-pcie", "bus_nr: 256", "bus_nr: '256' is not a number from 1 to 255"),
        ("ivshmem-plain", "master: on", "memdev: missing: the device needs a memory backend"),
    ])
    func `a property that QEMU refuses is refused`(model: String, property: String, message: String) throws {
        #expect(
            try Reading.refusal(Reading.q35("{model: \(model), id: t, at: 00:03.0, properties: {\(property)}}"))
                == "guest.yaml:4:5: error: 't': \(message) [device-property]")
    }

    @Test func `the memory behind ivshmem is a power of two`() throws {
        #expect(
            try Reading.refusal(Reading.q35("{model: ivshmem-plain, id: s, at: 00:03.0, memory: 3MiB}"))
                == "guest.yaml:4:5: error: 's': memdev: 's-memory' has 3 MiB, which is not a power of two [device-property]"
        )
    }

    @Test(arguments: ["pcie-root-port", "ioh3420"])
    func `a port has slot 0 only`(model: String) throws {
        let text = Reading.q35("{model: \(model), id: p, at: 00:04.0}", "{model: e1000, id: net0, on: p, at: 01.0}")
        let (tree, findings) = try TopologyFile.read(Array(text.utf8), file: "guest.yaml").resolve()
        #expect(
            findings.map(\.description) == [
                "guest.yaml:5:5: warning: 'net0' is in slot 1 of 'p'; a port has only slot 0, and no guest will see it [port-slot]"
            ])
        #expect(tree.visible(on: 1) == [])
    }

    @Test func `function 1 needs a multifunction function 0`() throws {
        #expect(
            try Reading.refusal(
                Reading.q35("{model: e1000, id: net0, at: 00:03.0}", "{model: e1000, id: net1, at: 00:03.1}"))
                == "guest.yaml:5:5: error: 'net1' is at pcie.0:03.1, but function 0 there, 'net0', is not multifunction [single-function]"
        )
        let text = Reading.q35(
            "{model: e1000, id: net0, at: 00:03.0, multifunction: on}", "{model: e1000, id: net1, at: 00:03.1}")
        #expect(try Reading.topology(text).devices.count == 2)
    }

    @Test func `function 1 alone is only warned of`() throws {
        let (tree, findings) = try Reading.topology(Reading.q35("{model: e1000, id: net1, at: 00:03.1}")).resolve()
        #expect(
            findings.map(\.description) == [
                "guest.yaml:4:5: warning: 'net1' is at pcie.0:03.1, where there is no function 0: no guest will look for it [no-function-zero]"
            ])
        #expect(tree.functions.last?.name == "net1")
    }

    @Test func `an IGD at function 1 alone is an error`() throws {
        #expect(
            try Reading.refusal(Reading.q35(igd: "{platform: skylake, at: 00:05.1}"))
                == "guest.yaml:3:6: error: 'igd' is at pcie.0:05.1, where there is no function 0: no guest will look for it [no-function-zero]"
        )
        let beside = Reading.q35(
            "{model: e1000, id: net0, at: 00:05.0, multifunction: on}", igd: "{platform: skylake, at: 00:05.1}")
        #expect(try Reading.topology(beside).igd?.slot.function == 1)
    }

    @Test(
        arguments: [
            ("e1001", "; did you mean 'e1000'?"), ("virtio-net", nil),
            ("virtio-nets-pci", "; did you mean 'virtio-net-pci'?"),
            ("zzzzzz", ""),
        ] as [(String, String?)])
    func `an unknown device names the nearest one`(model: String, hint: String?) throws {
        let text = Reading.q35("{model: \(model), id: net0, at: 00:03.0}")
        guard let hint else {
            #expect(try Reading.topology(text).devices.count == 1, "an alias of QEMU's")
            return
        }
        #expect(
            try Reading.refusal(text)
                == "guest.yaml:4:5: error: '\(model)' is not a device model we know\(hint); describe it in a topology file with "
                + "identity, class and bars [unknown-device]")
    }

    @Test(arguments: [
        ("identity: 8086", "'identity' of device 'x' is '8086'; expected vendor and device such as 8086:1533"),
        (
            "identity: \"8086:12345\"",
            "'identity' of device 'x' is '8086:12345'; expected vendor and device such as 8086:1533"
        ),
        (
            "class: 0x12020000",
            "'class' of device 'x' is '0x12020000'; expected six hexadecimal digits such as 0x020000"
        ),
    ])
    func `identity and class are hexadecimal`(key: String, message: String) throws {
        let refusal = try Reading.refusal(Reading.q35("{model: x, id: x, at: 00:03.0, \(key)}"))
        let column = 5 + "{model: x, id: x, at: 00:03.0, ".count + (key.hasPrefix("class") ? 7 : 10)
        #expect(refusal == "guest.yaml:4:\(column): error: \(message) [topology-file]")
    }
}
