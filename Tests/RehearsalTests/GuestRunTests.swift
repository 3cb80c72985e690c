import BerthBoot
import BerthBundled
import BerthDiagnostics
import BerthQEMU
import BerthRehearsal
import BerthStack
import BerthTopology
import Testing

/// Booting guests for real, and why that can fail.
@Suite(.serialized) struct GuestRunTests {
    private let smallGuest = ["-machine", "q35", "-m", "512"]

    @Test(arguments: ["pc-seabios-gen8", "q35-ovmf-gen9"])
    func `A topology boots with the stand-in and does what the model says`(name: String) async throws {
        var topology = try #require(try BundledTopologies.topology(named: name))
        topology.firmwareFiles = []
        topology.qemu = Stack.standard.qemu
        let observed = try await GuestRun.patient.observe(topology)
        #expect(try RecordedComparison.firstDifference(of: topology.withStandIn(), from: observed) == nil)
    }

    @Test func `A program that is not there is named, with Debian's package`() async throws {
        var run = GuestRun()
        run.program = "qemu-system-of-nobody"
        await #expect(throws: GuestRun.Failure.missing(file: "qemu-system-of-nobody", package: "qemu-system-x86")) {
            try await run.observe(arguments: smallGuest, firmware: .seabios)
        }
    }

    @Test func `QEMU's own message says what it refuses`() async throws {
        await #expect {
            try await GuestRun.patient.observe(arguments: smallGuest + ["-device", "no-such-device"], firmware: .ovmf)
        } throws: { error in
            guard case GuestRun.Failure.refused(let message) = error else { return false }
            return message.contains("'no-such-device' is not a valid device model name")
        }
    }

    @Test func `A guest that is not done at the time limit is ended`() async throws {
        var run = GuestRun()
        run.timeLimit = .milliseconds(200)
        await #expect(throws: GuestRun.Failure.notSettled(seconds: 0)) {
            try await run.observe(arguments: smallGuest, firmware: .ovmf)
        }
    }

    @Test func `SeaBIOS's message is kept where it stops`() async throws {
        let displays = (3...10).flatMap { ["-device", "secondary-vga,vgamem_mb=256,addr=\(String($0, radix: 16))"] }
        let observed = try await GuestRun.patient.observe(arguments: smallGuest + displays, firmware: .seabios)
        #expect(observed.halted == "out of 32bit address space")
        #expect(observed.functions == nil)
    }

    @Test func `A reservation below what is used can make SeaBIOS scan a bus from inside itself for ever`() async throws
    {
        let bridges = [
            "pci-bridge,id=b1,chassis_nr=1,addr=2", "pci-bridge,id=b2,chassis_nr=2,bus=b1,addr=1,bus-reserve=0",
            "pci-bridge,id=b3,chassis_nr=3,bus=b1,addr=2",
        ].flatMap { ["-device", $0] }
        let words = ["-machine", "pc", "-m", "512"] + bridges
        let observed = try await GuestRun.patient.observe(arguments: words, firmware: .seabios)
        #expect(observed.halted == SeaBIOSRelease.endlessNumbering)
        let (topology, _) = try CommandLineReader.read(["-nodefaults"] + words)
        #expect(try RecordedComparison.firstDifference(of: topology, from: observed) == nil)
    }

    @Test func `What QEMU refuses, the model refuses`() async throws {
        for (rule, arguments) in Self.refused {
            let words = arguments.split(separator: " ").map(String.init)
            await #expect("\(arguments)") {
                try await GuestRun.patient.observe(arguments: words, firmware: .seabios)
            } throws: {
                if case GuestRun.Failure.refused = $0 { true } else { false }
            }
            let (topology, _) = try CommandLineReader.read(["-nodefaults"] + words)
            #expect(topology.resolve().findings.map(\.rule) == [rule], "\(arguments)")
        }
    }

    private static let refused: [(RuleID, String)] = [
        ("single-balloon", "-machine pc -device virtio-balloon-pci -device virtio-balloon-pci-non-transitional"),
        ("first-display", "-machine q35 -device bochs-display -device qxl-vga"),
        ("duplicate-rom", "-machine pc -device e1000,rombar=0 -device e1000-82545em,rombar=0"),
        ("duplicate-switch", "-machine pc -device rocker -device rocker"),
        ("expander-endpoint", "-machine q35 -device pxb-pcie,id=p,bus_nr=64 -device edu,bus=p"),
        ("expander-endpoint", "-machine pc -device pxb,id=p,bus_nr=64,addr=9 -device edu,addr=a"),
        (
            "shpc-slot",
            "-machine pc -device pxb,id=p,bus_nr=64 -device pci-bridge,id=b,chassis_nr=1,bus=p -device edu,bus=b"
        ),
        (
            "shpc-slot",
            "-machine q35 -device pcie-root-port,id=r,hotplug=off -device pcie-pci-bridge,id=b,bus=r -device edu,bus=b"
        ),
        ("single-function", "-machine pc -device edu,addr=2.1 -device edu"),
    ]
}
