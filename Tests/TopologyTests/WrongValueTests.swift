import BerthIGD
import BerthStack
import BerthTopology
import Testing

/// Values out of range: the first finding, to the letter.
struct WrongValueTests {
    private static let base = "machine: q35\nmemory: 2GiB\n"
    private static let size = "expected a size such as 64MiB, 4KiB or 4096"

    @Test(arguments: ["q53", "microvm", "pc-q35", "pc-q35-", "pc-q35-x.1", "PC"])
    func `an unknown machine names the known ones`(name: String) throws {
        #expect(
            try Reading.refusal("machine: \(name)\nmemory: 2GiB\n")
                == "guest.yaml:1:10: error: 'machine' of the file is '\(name)'; expected one of pc, q35, "
                + "pc-i440fx-VERSION, pc-q35-VERSION [topology-file]")
    }

    @Test(arguments: [
        ("0", "0 B"), ("15MiB", "15 MiB"), ("1TiB", "1 TiB"), ("1013GiB", "1013 GiB"), ("1PiB", "1 PiB"),
        ("16384P", nil),
    ])
    func `RAM out of range is refused`(text: String, shown: String?) throws {
        let expected =
            shown.map { "'memory' is \($0); expected 16 MiB to 1012 GiB [memory-size]" }
            ?? "'memory' of the file is '\(text)'; \(Self.size) [topology-file]"
        #expect(try Reading.refusal("machine: q35\nmemory: \(text)\n") == "guest.yaml:2:9: error: \(expected)")
    }

    @Test(arguments: ["16MiB", "1012GiB"])
    func `RAM at the bounds is taken`(text: String) throws {
        #expect(GuestRAM.bounds.contains(try Reading.topology("machine: q35\nmemory: \(text)\n").ram.size))
    }

    @Test(arguments: ["-1", "64MB", "1.5GiB", "99999999999999999999", "0x", "GiB", "2GiBx"])
    func `a size needs a number and a binary unit`(text: String) throws {
        #expect(
            try Reading.refusal("machine: q35\nmemory: \(text)\n")
                == "guest.yaml:2:9: error: 'memory' of the file is '\(text)'; \(Self.size) [topology-file]")
    }

    @Test(arguments: [
        ("max-memory: 1GiB", "3:13", "'max-memory' is 1 GiB, which is less than 'memory' or beyond 1 PiB"),
        ("max-memory: 2PiB", "3:13", "'max-memory' is 2 PiB, which is less than 'memory' or beyond 1 PiB"),
        ("max-ram-below-4g: 8GiB", "3:19", "'max-ram-below-4g' is 8 GiB; expected 16 MiB to 4 GiB"),
        ("max-ram-below-4g: 8MiB", "3:19", "'max-ram-below-4g' is 8 MiB; expected 16 MiB to 4 GiB"),
    ])
    func `limits of memory are kept`(line: String, place: String, message: String) throws {
        #expect(
            try Reading.refusal(Self.base + line + "\n") == "guest.yaml:\(place): error: \(message) [memory-size]")
    }

    @Test(arguments: [
        ("memory-slots: 257", "3:15", "'memory-slots' of the file is '257'; expected a number from 0 to 256"),
        ("usb: maybe", "3:6", "'usb' of the file is 'maybe'; expected true or false"),
        (
            "firmware: bios", "3:11",
            "'firmware' of the file: 'bios' is not one of seabios, seabios:RELEASE, ovmf, ovmf:RELEASE"
        ),
        (
            "firmware: ovmf:2025.03", "3:11",
            "'firmware' of the file: '2025.03' is no release of OVMF that is known; near are 2025.02 and 2025.05"
        ),
        (
            "guest: dos", "3:8",
            "'guest' of the file: 'dos' is not one of firmware-only, linux-6.1, linux-VERSION, windows-10, windows-11"
        ),
        (
            "guest: linux-7.5", "3:8",
            "'guest' of the file: '7.5' is no release of Linux that is known; near is 7.2"
        ),
        (
            "qemu: seven", "3:7",
            "'qemu' of the file: 'seven' is no release of QEMU that is known; known are 2.7 to 11.1"
        ),
        (
            "stack: debian-14", "3:8",
            "'stack' of the file: 'debian-14' is not one of \(NamedStack.all.map(\.name).joined(separator: ", ")); "
                + "did you mean 'debian-12'?"
        ),
        ("processor: {vendor: via}", "3:21", "'vendor' of 'processor' is 'via'; expected amd, intel or other"),
        (
            "processor: {physical-address-bits: 53}", "3:36",
            "'physical-address-bits' of 'processor' is '53'; expected a number from 32 to 52"
        ),
    ])
    func `keys of the file take what they say`(line: String, place: String, message: String) throws {
        #expect(
            try Reading.refusal(Self.base + line + "\n") == "guest.yaml:\(place): error: \(message) [topology-file]")
    }

    private static let platforms = Platform.allCases.map(\.rawValue).joined(separator: ", ")

    @Test(arguments: [
        ("platform: sky-lake", 17, "'platform' of 'igd' is 'sky-lake'; expected a platform, one of \(platforms)"),
        ("device: 0x12345", 15, "'device' of 'igd' is '0x12345'; expected a PCI device id such as 0x5912"),
        (
            "platform: skylake, at: 01:00.0", 30,
            "'at' of 'igd' is 01:00.0; expected a slot of the root bus, 00:01.0 to 00:1f.7"
        ),
        (
            "platform: skylake, at: 00:00.0", 30,
            "'at' of 'igd' is 00:00.0; expected a slot of the root bus, 00:01.0 to 00:1f.7"
        ),
        (
            "platform: skylake, host: 00:20.0", 32,
            "'host' of 'igd' is '00:20.0'; expected an address such as 0000:00:02.0"
        ),
        (
            "platform: skylake, stolen-memory: 4GiB", 41,
            "'stolen-memory' of 'igd' is 4 GiB; expected whole MiB, at most 2 GiB"
        ),
        (
            "platform: skylake, stolen-memory: 100KiB", 41,
            "'stolen-memory' of 'igd' is 100 KiB; expected whole MiB, at most 2 GiB"
        ),
        ("platform: skylake, opregion: 4KiB", 36, "'opregion' of 'igd' is 4 KiB; expected 0, or 8 KiB to 64 KiB"),
        ("platform: skylake, opregion: 65KiB", 36, "'opregion' of 'igd' is 65 KiB; expected 0, or 8 KiB to 64 KiB"),
        ("platform: skylake, opregion: 8193", 36, "'opregion' of 'igd' is 8193 B; expected 0, or 8 KiB to 64 KiB"),
        (
            "platform: skylake, rom: maybe", 31,
            "'rom' of 'igd' is 'maybe'; expected none, host, or keys file and contains"
        ),
        (
            "platform: skylake, rom: {file: a.rom, contains: gop}", 38,
            "'file' of 'rom' is 'a.rom'; expected an absolute path"
        ),
        (
            "platform: skylake, rom: {file: /a.rom, contains: bios}", 56,
            "'contains' of 'rom' is 'bios'; expected one of vbios, vfio-igd-pkg, host-base, gop"
        ),
        ("platform: skylake, class: 3d", 33, "'class' of 'igd' is '3d'; expected vga or display"),
        ("platform: skylake, ggc: 0x12345", 31, "'ggc' of 'igd' is '0x12345'; expected a 16-bit number such as 0x02c1"),
        ("platform: skylake, bdsm: low", 32, "'bdsm' of 'igd' is 'low'; expected an address such as 0x89000000"),
        (
            "platform: skylake, asls: 0x100000000", 32,
            "'asls' of 'igd' is '0x100000000'; expected an address such as 0x87f88018"
        ),
        ("platform: skylake, lpc: -1", 31, "'lpc' of 'igd' is '-1'; expected a device id such as 0xa145"),
    ])
    func `keys of the IGD take what they say`(keys: String, column: Int, message: String) throws {
        #expect(
            try Reading.refusal(Self.base + "igd: {\(keys)}\n")
                == "guest.yaml:3:\(column): error: \(message) [topology-file]")
    }
}
