import Foundation
import FuzzTargets
import TestSupport
import Testing

/// What once broke something: an input, by target and name of what was wrong, and what is said to it today.
struct Crasher: Sendable, CustomTestStringConvertible {
    var path: String
    /// Whatever is done with the input, each answer once, sorted; `taken` where nothing is wrong with it.
    var answers: [String]

    init(_ path: String, _ answers: String...) {
        self.path = path
        self.answers = answers
    }

    var testDescription: String { path }
}

@Suite struct CrasherTests {
    static let folder = PackageRoot.url.appendingPathComponent("Tests/Fuzz/Crashers")

    static let commandLine: [Crasher] = [
        Crasher(
            "command-line/gms-of-64-bits.args",
            """
            guest.args:1:33: error: 'vfio-pci#7': Parameter 'x-igd-gms' expects uint32_t, and 18446744073709551615 is more \
            than that holds [qemu-property]
            """),
        Crasher(
            "command-line/gms-that-overflows-when-rounded.args",
            """
            guest.args:1:33: error: 'vfio-pci#7': Parameter 'x-igd-gms' expects uint32_t, and 36028797018963967 is more \
            than that holds [qemu-property]
            """),
        Crasher(
            "command-line/maximum-below-size.args",
            """
            guest.args:1:11: error: invalid value of maxmem: maximum memory size (0x40000000) must be at least the initial \
            memory size (0x100000000) [memory-size]
            """),
        Crasher(
            "command-line/maximum-of-64-bits.args",
            "guest.args:1:11: error: maxmem is 18014398509481980 KiB; at most 1 PiB are known [memory-size]"),
        Crasher(
            "command-line/ram-below-4g-of-1-mib.args",
            "guest.args:1:4: error: 'max-ram-below-4g' is 1 MiB; expected 16 MiB to 4 GiB [memory-size]"),
        Crasher(
            "command-line/ram-below-4g-of-63-bits.args",
            "guest.args:1:4: error: 'max-ram-below-4g' is 8192 PiB; expected 16 MiB to 4 GiB [memory-size]"),
        Crasher(
            "command-line/slots-below-zero.args",
            "guest.args:1:11: error: Parameter 'slots' expects a number, found '-1' [memory-size]"),
        Crasher(
            "command-line/slots-of-64-bits.args",
            "guest.args:1:11: error: unsupported amount of memory slots: 18446744073709551615 [memory-size]"),
    ]

    static let topology: [Crasher] = [
        Crasher(
            "topology/bars-of-63-bits.yaml",
            """
            guest.yaml:8:5: error: 'a': BAR 2 has 8192 PiB, the most is 2 PiB [bar-layout]
            guest.yaml:9:5: error: 'b': BAR 2 has 8192 PiB, the most is 2 PiB [bar-layout]
            """),
        Crasher("topology/host-base-at-the-end.yaml", "taken"),
        Crasher(
            "topology/igd-without-function-0.yaml",
            """
            guest.yaml:3:6: error: 'igd' is at pcie.0:05.1, where there is no function 0: no guest will look for it \
            [no-function-zero]
            """),
        Crasher("topology/moved-by-linux-out-of-ovmf.yaml", "taken"),
    ]

    static let recorded: [Crasher] = [
        // QEMU makes that file itself, so the plan does without the one by hand.
        Crasher("recorded/stolen-memory-size-by-hand.json", "taken"),
        Crasher("recorded/opregion-file-of-78-mib.json", "taken"),
    ]

    static let rehearsed = [Crasher("rehearsed/bar-of-no-bytes.json", "taken")]

    static let optionROM = [
        Crasher(
            "option-rom/data-structure-of-the-next-image.rom",
            """
            a.rom:1:1: error: the PCI data structure at 0x41c is not in the image, which has 1024 bytes [option-rom]
            """)
    ]

    static let domain: [Crasher] = [
        Crasher(
            "domain/opregion-by-hand-of-no-bytes.xml", "taken",
            """
            guest.xml:1:1: error: no <hostdev> has the host's 0000:00:02.0 as its source; add one, or give the host with \
            --host [no-igd]
            """, "error: 'probe' has no IGD; add an 'igd' section, or a host with --host [no-igd]"),
        Crasher(
            "domain/override-of-64-bits.xml",
            """
            guest.xml:5:5: error: 'hostdev0': Parameter 'x-igd-gms' expects uint32_t, and 18446744073709551615 is more \
            than that holds [qemu-property]
            """, "taken"),
    ]

    static let all = commandLine + topology + domain + recorded + rehearsed + optionROM

    @Test(arguments: all)
    func `what once broke something is taken or refused`(crasher: Crasher) throws {
        let name = crasher.path.split(separator: "/").first.map(String.init)
        let target = try #require(FuzzTarget.all.first { $0.name == name })
        let bytes = try Data(contentsOf: Self.folder.appendingPathComponent(crasher.path))
        let answers = try target.answers(Array(bytes)).map { answer in
            if case .refused(let words) = answer { words } else { "taken" }
        }
        #expect(answers.sorted() == crasher.answers.sorted())
    }

    @Test func `every file is in the table`() throws {
        let files = try FuzzTarget.all.flatMap { target in
            let folder = Self.folder.appendingPathComponent(target.name).path
            guard FileManager.default.fileExists(atPath: folder) else { return [String]() }
            return try FileManager.default.contentsOfDirectory(atPath: folder).map { "\(target.name)/\($0)" }
        }
        #expect(files.sorted() == Self.all.map(\.path).sorted())
    }
}
