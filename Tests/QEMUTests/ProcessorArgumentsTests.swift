import BerthDiagnostics
import BerthPCI
import BerthQEMU
import BerthRehearsal
import BerthStack
import BerthTopology
import Foundation
import Testing

/// What the processor of a guest is, by its command line.
@Suite struct ProcessorArgumentsTests {
    private static let igd = "-device vfio-pci,host=00:02.0,addr=02.0"
    private static let share = "-device vfio-pci,host=00:02.1"

    private static func intel(_ bits: Int, giantPages: Bool = false) -> Processor {
        Processor(vendor: .intel, physicalAddressBits: bits, hasGiantPages: giantPages)
    }

    /// Under KVM every model has the host's vendor, but the host's width only where it is asked for.
    @Test(
        arguments: [
            ("", intel(40)), ("-accel kvm", intel(40)), ("-enable-kvm -cpu kvm64", intel(40)),
            ("-M pc,accel=kvm:tcg -cpu host", intel(39)), ("-cpu max,+pdpe1gb", intel(39, giantPages: true)),
            ("-cpu host,host-phys-bits-limit=36", intel(36)), ("-cpu host,host-phys-bits=off", intel(40)),
            ("-cpu Skylake-Client,host-phys-bits=true", intel(39)), ("-cpu host,phys-bits=46", intel(46)),
            ("-cpu qemu64,vendor=GenuineIntel,phys-bits=36", intel(36)), ("-cpu qemu64,phys-bits=0", intel(40)),
            // Asked for by name, TCG makes the processor that its model says.
            ("-accel tcg", .qemu64), ("-M pc,accel=tcg -cpu qemu64", .qemu64),
        ] as [(String, Processor)])
    func `an IGD guest's processor is Intel's`(arguments: String, expected: Processor) throws {
        for device in [Self.igd, Self.share] {
            let words = "\(arguments) \(device)".split(separator: " ").map(String.init)
            var processor = try CommandLineReader.read(words).topology.processor
            processor.fromHost = nil
            #expect(processor == expected, "\(device)")
        }
    }

    /// KVM's own width for guests is the host's, and no more than what the processor says.
    @Test(
        arguments: [
            ("-M pc-q35-9.0 -cpu host", 39, nil), ("-M pc-q35-9.1 -cpu host", 39, 39), ("-M pc-q35-10.0", 40, 39),
            ("-M pc-q35-10.0 -cpu host,phys-bits=46", 46, 46),
            ("-M pc-q35-10.0 -cpu host,host-phys-bits-limit=36", 36, 36),
            ("-M pc-q35-10.0 -cpu host,guest-phys-bits=0", 39, nil),
            ("-M pc-q35-10.0 -cpu host,guest-phys-bits=-1", 39, 39), ("-cpu qemu64,guest-phys-bits=38", 40, 38),
        ] as [(String, Int, Int?)])
    func `machines from 9_1 on tell how much a guest can reach`(arguments: String, bits: Int, guestBits: Int?) throws {
        let words = "\(arguments) \(Self.igd)".split(separator: " ").map(String.init)
        let expected = Processor(vendor: .intel, physicalAddressBits: bits, guestPhysicalAddressBits: guestBits)
        var processor = try CommandLineReader.read(words).topology.processor
        processor.fromHost = nil
        #expect(processor == expected)
    }

    @Test(arguments: [
        ("-cpu host,hv_relaxed,hv_vapic", GuestOS.windows(10)), ("-cpu host,+hv-time", .windows(10)),
        ("-cpu host,hv_time=on -tpmdev emulator,id=t,chardev=c", .windows(11)),
        ("-cpu host,hv_vendor_id=abc", .linux(.init(6, 1))), ("-cpu host,hv-time=off", .linux(.init(6, 1))),
        ("-tpmdev emulator,id=t,chardev=c", .linux(.init(6, 1))),
    ])
    func `enlightenments of Hyper-V give Windows away`(arguments: String, expected: GuestOS) throws {
        let words = "\(Self.igd) \(arguments)".split(separator: " ").map(String.init)
        let (topology, findings) = try CommandLineReader.read(words)
        #expect(topology.guest == expected)
        #expect(findings.contains { $0.rule == "guest-os" } == (expected.isLinux == false))
    }

    @Test func `macOS is not modelled, and that is said`() throws {
        let words = "\(Self.igd) -device isa-applesmc,osk=x".split(separator: " ").map(String.init)
        let notes = try CommandLineReader.read(words).findings.filter { $0.rule == "guest-os" }
        #expect(
            notes.map(\.message) == [
                "isa-applesmc: the guest is macOS, which is not modelled; what depends on the guest's OS is said of linux-6.1"
            ])
    }

    @Test func `without KVM only who asks for it has a width for guests`() throws {
        let read = { (words: [String]) in try CommandLineReader.read(words).topology.processor.guestPhysicalAddressBits
        }
        #expect(try read(["-M", "pc-q35-10.0"]) == nil)
        #expect(try read(["-M", "pc-q35-10.0", "-cpu", "qemu64,guest-phys-bits=38"]) == 38)
    }

    @Test func `what is assumed is said`() throws {
        let notes = { (arguments: String) in
            let words = "\(arguments) \(Self.igd)".split(separator: " ").map(String.init)
            return try CommandLineReader.read(words).findings.map(\.description).filter { $0.contains("processor") }
        }
        #expect(
            try notes("-m 2G -cpu host") == [
                "command line:1:4: note: the processor is the host's: Intel with 39 physical address bits is assumed; -cpu with "
                    + "phys-bits= tells, or --host with a copy of /proc/cpuinfo [qemu-option]"
            ])
        #expect(
            try notes("-m 2G") == [
                "command line:1:1: note: a host with an IGD is Intel's, and so is the guest's processor under KVM; its 40 physical "
                    + "address bits are QEMU's default unless -cpu host or phys-bits= is given [qemu-option]"
            ])
        #expect(try notes("-cpu host,phys-bits=39") == [])
        #expect(try notes("-accel tcg") == [])
    }

    @Test func `a program whose name ends in kvm tries KVM first`() throws {
        for program in ["/usr/bin/kvm", "/usr/libexec/qemu-kvm"] {
            #expect(try CommandLineReader.read([program, "-cpu", "host"]).topology.processor == .passedThrough)
        }
        for words in [["qemu-system-x86_64", "-cpu", "host"], ["kvm", "-accel", "tcg", "-cpu", "host"]] {
            do {
                _ = try CommandLineReader.read(words)
                Issue.record("\(words)")
            } catch {
                #expect(error.findings.map(\.message) == ["-cpu: CPU model 'host' requires KVM or HVF"])
            }
        }
    }

    @Test func `under KVM the processor is the host's, with an IGD or without`() throws {
        let (topology, findings) = try CommandLineReader.read(["-accel", "kvm", "-cpu", "host"])
        #expect(topology.processor == .passedThrough)
        #expect(findings.map(\.severity) == [.note])
        let known = topology.processor.onHost(addressBits: 46, giantPages: true)
        #expect(known.physicalAddressBits == 46)
        #expect(known.hasGiantPages)
    }

    @Test(arguments: [
        ("EPYC", Processor.Vendor.amd, 40, true), ("Skylake-Client-v2", .intel, 40, false),
        ("Dhyana", .other, 40, true),
        ("pentium3", .intel, 36, false),
    ])
    func `under TCG a model says what the processor is`(
        model: String, vendor: Processor.Vendor, bits: Int, giantPages: Bool
    ) throws {
        let processor = try CommandLineReader.read(["-accel", "tcg", "-cpu", model]).topology.processor
        #expect(
            processor == Processor(vendor: vendor, physicalAddressBits: bits, hasGiantPages: giantPages))
    }

    @Test(arguments: [("pc-q35-7.2", "EPYC-Genoa"), ("pc", "Skylake"), ("pc", "EPYC-v9")])
    func `a model that a release does not have is refused`(machine: String, model: String) {
        #expect(throws: (any Error).self) { try CommandLineReader.read(["-M", machine, "-cpu", model]) }
    }

    @Test(arguments: [("pc-q35-rhel9.4.0", 39), ("pc-q35-noble-hpb", 39), ("pc-q35-noble", 40)])
    func `machines of distributions may give every model the host's width`(machine: String, bits: Int) throws {
        let words = "-M \(machine) -cpu Skylake-Client \(Self.igd)".split(separator: " ").map(String.init)
        #expect(try CommandLineReader.read(words).topology.processor.physicalAddressBits == bits)
    }

    /// Recordings ran with TCG, and a case that has a vfio-pci device was recorded with a stand-in.
    @Test func `a recorded case keeps the processor that it ran on`() throws {
        let text = """
            {"machine": "q35", "firmware": "ovmf", "memory": "2048", "arguments": ["-device", "vfio-pci,host=00:02.0,addr=02.0"]}
            """
        let recorded = try RecordedCase.read(Data(text.utf8), file: "case.json")
        #expect(try recorded.topology(source: "case.json").processor == .qemu64)
    }

    @Test(arguments: ["phys-bits=53", "phys-bits=x", "host-phys-bits-limit=9", "guest-phys-bits=9"])
    func `a width that is none is refused`(option: String) {
        #expect(throws: (any Error).self) { try CommandLineReader.read(["-cpu", "host,\(option)"]) }
    }
}
