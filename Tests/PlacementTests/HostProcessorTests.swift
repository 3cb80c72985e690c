import BerthDiagnostics
import BerthHost
import BerthIGD
import BerthPCI
import BerthPlacement
import BerthQEMU
import BerthTopology
import Testing

/// A copy of /proc/cpuinfo among the dumps of a host, and the processor of a guest on it.
@Suite struct HostProcessorTests {
    private static let functions = "00:02.0 0300: 8086:9a49 (rev 01)\n00:1f.0 0601: 8086:a082 (rev 20)\n"
    private static let cpuinfo = """
        processor\t: 0
        vendor_id\t: GenuineIntel
        cpu family\t: 6
        flags\t\t: fpu vme pdpe1gb lm
        address sizes\t: 46 bits physical, 48 bits virtual

        """

    private func host(_ processor: String) throws -> HostInventory {
        try HostReader.read(files: [
            (name: "lspci.txt", bytes: Array(Self.functions.utf8)), (name: "cpu.txt", bytes: Array(processor.utf8)),
        ])
    }

    private func guest(_ arguments: String) throws -> GuestTopology {
        let words = ("-M q35 -accel kvm -device vfio-pci,host=00:02.0,addr=02.0 " + arguments).split(separator: " ")
        return try CommandLineReader.read(words.map(String.init)).topology
    }

    @Test(arguments: [
        ("-cpu host", 46, true), ("-cpu host,host-phys-bits-limit=42", 42, true), ("-cpu host,phys-bits=39", 39, true),
        ("-cpu Skylake-Client", 40, false), ("-cpu Skylake-Client,host-phys-bits=on", 46, false),
    ])
    func `the width of the host is the guest's where it asks for it`(
        arguments: String, bits: Int, hasGiantPages: Bool
    ) throws {
        let processor = try guest(arguments).adopting(try host(Self.cpuinfo)).processor
        #expect(processor.vendor == .intel)
        #expect(processor.physicalAddressBits == bits)
        #expect(processor.hasGiantPages == hasGiantPages)
    }

    @Test func `lscpu says the same`() throws {
        let text =
            "Vendor ID:               GenuineIntel\n  CPU family:            6\nAddress sizes:           42 bits physical, 48 bits virtual\n"
        #expect(try guest("-cpu host").adopting(try host(text)).processor.physicalAddressBits == 42)
    }

    @Test func `a copy that says no width leaves 39 bits`() throws {
        let host = try host("vendor_id\t: GenuineIntel\ncpu family\t: 6\n")
        #expect(host.findings.map(\.severity) == [.note])
        #expect(try guest("-cpu host").adopting(host).processor.physicalAddressBits == 39)
    }
}
