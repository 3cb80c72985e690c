import BerthDiagnostics
import BerthPCI
import BerthQEMU
import BerthTopology
import Testing

/// What cannot be read, and where.
@Suite struct CommandLineErrorTests {
    private func firstError(_ text: String) -> String? {
        do throws(InputError) {
            let words = try ShellWords.split(Array(text.utf8), file: "args")
            _ = try CommandLineReader.read(words, source: "args").topology.resolved()
            return nil
        } catch {
            return error.findings.first?.description
        }
    }

    @Test func `an unbalanced quote is reported where it starts`() {
        #expect(
            firstError("-m 2G \\\n  -device 'VGA")
                == "args:2:11: error: the quote that starts here is not closed [command-line]")
        #expect(firstError("-name \"a b") == "args:1:7: error: the quote that starts here is not closed [command-line]")
    }

    @Test func `what only a shell can carry out is refused`() {
        #expect(
            firstError("-m 2G; rm x")
                == "args:1:6: error: ';' is for a shell; give QEMU's arguments alone, in quotes where needed [command-line]"
        )
        #expect(
            firstError("-m $(cat x)")
                == "args:1:4: error: '$(cat x)' takes a shell to work out; write a size such as 4G in its place [shell-variable]"
        )
    }

    @Test(arguments: [
        ("-frobnicate", "args:1:1: error: '-frobnicate' is not an option of QEMU that we know [qemu-option]"),
        (
            "-machin q35",
            "args:1:1: error: '-machin' is not an option of QEMU that we know; did you mean 'machine'? [qemu-option]"
        ),
        ("-m", "args:1:1: error: '-m' requires an argument [qemu-option]"),
        ("-m 0", "args:1:4: error: -m: 0 B is not between 16 MiB and 1012 GiB [memory-size]"),
        ("-m 1x", "args:1:4: error: parameter 'size' expects a size, found '1x' [qemu-size]"),
        ("-device id=x", "args:1:9: error: -device: parameter 'driver' is missing in 'id=x' [qemu-device]"),
        (
            "-device '{\"driver\":1'",
            "args:1:9: error: -device: '{\"driver\":1' is not a JSON object [qemu-device]"
        ),
        ("-device ivshmem-plain,memdev=m", "args:1:9: error: 'ivshmem-plain#2': no memory backend 'm' [qemu-object]"),
        (
            "-device e1000,addr=20.9",
            "args:1:9: error: 'e1000': property 'addr' doesn't take value '20.9'; expected slot[.function] in hexadecimal, slot at "
                + "most 1f, function at most 7 [qemu-addr]"
        ),
        (
            "-M microvm",
            "args:1:4: error: unsupported machine type 'microvm'; known are pc, q35, pc-i440fx-VERSION, pc-q35-VERSION [machine-type]"
        ),
        (
            "-device vfio-pci,host=00:02.0,x-igd-gms=18446744073709551615",
            "args:1:9: error: 'vfio-pci#2': Parameter 'x-igd-gms' expects uint32_t, and 18446744073709551615 is more than that "
                + "holds [qemu-property]"
        ),
        (
            "-device vfio-pci,host=00:02.0,id=g,x-igd-gms=36028797018963967",
            "args:1:9: error: 'g': Parameter 'x-igd-gms' expects uint32_t, and 36028797018963967 is more than that holds "
                + "[qemu-property]"
        ),
        (
            "-device vfio-pci,host=00:02.0,id=g,x-igd-gms=much",
            "args:1:9: error: 'g': Parameter 'x-igd-gms' expects integer, found 'much' [qemu-property]"
        ),
        (
            "-device vfio-pci,host=00:02.0,id=g,addr=5.1",
            "args:1:9: error: 'g' is at pci.0:05.1, where there is no function 0: no guest will look for it [no-function-zero]"
        ),
    ])
    func `an unusable command line names the word`(text: String, expected: String) {
        #expect(firstError(text) == expected)
    }

    @Test(
        arguments: [
            ("0x10", .mib(512)), ("2", .mib(64)), ("0", .zero), ("0xf0", .mib(4)), ("0xfe", .mib(60)),
            ("0x40", .gib(2)),
            // No code: QEMU goes on without, or does not start, and says so.
            ("0x41", .mib(64)), ("4294967295", .mib(64)),
        ] as [(String, ByteCount)])
    func `a code for the size of stolen memory is a size`(gms: String, size: ByteCount) throws {
        let topology = try CommandLineReader.read(["-device", "vfio-pci,host=00:02.0,x-igd-gms=\(gms)"]).topology
        #expect(topology.igd?.stolenMemory == size)
    }

    @Test(
        arguments: [
            ("host=0000:00:02.1", "virtual function"), ("host=00:02.7,x-igd-opregion=off", "virtual function"),
            ("sysfsdev=/sys/bus/pci/devices/0000:00:02.3", "virtual function"),
            ("sysfsdev=/sys/bus/mdev/devices/c2177883-f1bb-47f0-914d-32a22e3a8804", "mediated device"),
            (
                "sysfsdev=/sys/devices/pci0000:00/0000:00:02.0/c2177883-f1bb-47f0-914d-32a22e3a8804",
                "mediated device"
            ),
            // Another GPU's, and devices that are none of the IGD's.
            ("sysfsdev=/sys/devices/pci0000:00/0000:01:00.0/c2177883-f1bb-47f0-914d-32a22e3a8804", nil),
            ("host=01:00.1", nil), ("sysfsdev=/sys/bus/pci/devices/0000:01:00.0", nil),
        ] as [(String, String?)])
    func `a share of the host's graphics is no IGD`(source: String, kind: String?) throws {
        let topology = try CommandLineReader.read(["-device", "vfio-pci,id=g,\(source)"]).topology
        #expect(topology.igd == nil)
        let expected = kind.map { "a \($0), which has neither stolen memory nor an OpRegion of its own" }
        #expect(topology.sharedGraphics.map { expected.map($0.statement.hasSuffix) ?? false } ?? (expected == nil))
    }

    @Test func `sysfsdev names the IGD as host does`() throws {
        let arguments = ["-device", "vfio-pci,id=g,sysfsdev=/sys/bus/pci/devices/0000:00:02.0,addr=02.0"]
        let topology = try CommandLineReader.read(arguments).topology
        #expect(topology.igd?.host == PCIAddress("00:02.0"))
        #expect(topology.sharedGraphics == nil)
    }

    @Test func `words know their lines`() throws {
        let words = try ShellWords.split(Array("qemu-system-x86_64 \\\n -m '4 G' # four\n\"a\\\"b\"".utf8), file: "f")
        #expect(words.map(\.text) == ["qemu-system-x86_64", "-m", "4 G", "a\"b"])
        #expect(words.map { "\($0.location)" } == ["f:1:1", "f:2:2", "f:2:5", "f:3:1"])
    }
}
