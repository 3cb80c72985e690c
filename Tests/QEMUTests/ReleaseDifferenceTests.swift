import BerthDiagnostics
import BerthQEMU
import BerthStack
import BerthTopology
import Testing

/// What one release of QEMU does with a command line and another does not; recorded from 7.2, 10.0 and 11.1.
@Suite struct ReleaseDifferenceTests {
    private func read(
        _ arguments: String, _ major: Int, _ minor: Int
    ) throws(InputError) -> (topology: GuestTopology, findings: [Finding]) {
        let words = ("-nodefaults " + arguments).split(separator: " ").map(String.init)
        return try CommandLineReader.read(words, stack: StackChoice(qemu: QEMURelease(major, minor)))
    }

    /// `slot.function vendor:device`, in order.
    private func functions(_ arguments: String, _ major: Int, _ minor: Int) throws -> [String] {
        try read(arguments, major, minor).topology.resolved().functions.map {
            "\(Slot("pci.0", devfn: $0.devfn).slotText) \(Hexadecimal.plain($0.vendor, digits: 4)):\(Hexadecimal.plain($0.device, digits: 4))"
        }
    }

    @Test(arguments: [
        ("pc-i440fx-2.3", 10, 0, "9.0"), ("pc-q35-2.4", 11, 1, "10.0"), ("pc-q35-5.1", 11, 1, "11.0"),
        ("pc-i440fx-1.4", 8, 2, "8.1"),
    ])
    func `a machine type that was taken away is said`(machine: String, major: Int, minor: Int, last: String) throws {
        let found = try read("-M \(machine)", major, minor).findings.filter { $0.rule == "stack" }
        #expect(
            found.map(\.message) == [
                "QEMU \(major).\(minor) has no machine type '\(machine)' any more and starts no such guest; QEMU \(last) is the last "
                    + "that has it"
            ])
        #expect(found.map(\.severity) == [.warning])
    }

    @Test func `one that is still there is not`() throws {
        #expect(try read("-M pc-q35-5.2", 11, 1).findings.isEmpty)
        #expect(try read("-M pc-i440fx-1.4", 7, 2).findings.isEmpty)
    }

    @Test(arguments: ["-M pc,acpi=off", "-M pc -no-acpi"])
    func `without ACPI the i440FX has no power management`(arguments: String) throws {
        #expect(try functions(arguments, 7, 2) == ["00.0 8086:1237", "01.0 8086:7000", "01.1 8086:7010"])
        #expect(try read(arguments, 7, 2).findings.map(\.severity) == [.warning])
    }

    @Test func `an option that is gone switches nothing off`() throws {
        #expect(try functions("-M pc -no-acpi", 10, 0).contains("01.3 8086:7113"))
    }

    @Test func `the south bridge can be a PIIX4`() throws {
        #expect(
            try functions("-M pc,x-south-bridge=piix4-isa", 10, 0) == [
                "00.0 8086:1237", "01.0 8086:7110", "01.1 8086:7111", "01.3 8086:7113",
            ])
        #expect(try functions("-M pc,x-south-bridge=PIIX3", 10, 0).contains("01.0 8086:7000"))
    }

    @Test(arguments: [(7, 2, "1022:0008"), (10, 0, "1022:1419"), (11, 1, "1022:1419")])
    func `amd-iommu makes a function`(major: Int, minor: Int, identity: String) throws {
        let found = try functions("-M q35 -device amd-iommu -device e1000", major, minor)
        #expect(found.contains("01.0 \(identity)"))
        #expect(found.contains("02.0 8086:100e"))
        #expect(throws: InputError.self) { try read("-M pc -device amd-iommu", major, minor) }
    }

    @Test(arguments: ["bogus", "rocker", "usb-net"])
    func `a network card that is none`(model: String) throws {
        let error = #expect(throws: InputError.self) { try read("-M pc -nic user,model=\(model)", 7, 2) }
        #expect(error?.findings.map(\.message) == ["Unsupported NIC model: \(model)"])
        let (topology, findings) = try read("-M pc -nic user,model=\(model)", 10, 0)
        #expect(topology.devices.isEmpty)
        #expect(
            findings.map(\.message) == [
                "QEMU makes no network card of the model '\(model)': not supported by this machine"
            ])
    }

    @Test func `igb came as a card with 8_0`() throws {
        #expect(throws: InputError.self) { try read("-M pc -nic user,model=igb", 7, 2) }
        #expect(try functions("-M pc -nic user,model=igb", 10, 0).contains("02.0 8086:10c9"))
        #expect(try read("-M pc -nic user,model=ne2k_isa", 10, 0).topology.devices.isEmpty)
    }

    @Test(arguments: [
        ("-device igb,addr=5 -device e1000,addr=15", "is taken by 'a virtual function of igb#"),
        ("-device e1000,addr=15 -device igb,addr=5", "where a virtual function of 'igb#"),
        ("-device igb,addr=10", "VF addr overflows"),
        ("-device igb,addr=5 -device igb,addr=6", "where a virtual function of 'igb#"),
    ])
    func `virtual functions of an igb take places`(arguments: String, words: String) throws {
        let (topology, _) = try read("-M q35 \(arguments)", 10, 0)
        let found = topology.resolve().findings
        #expect(found.map(\.rule) == ["duplicate-address"])
        #expect(found.allSatisfy { $0.message.contains(words) }, "\(found)")
        #expect(try read("-M q35 \(arguments)", 9, 2).topology.resolve().findings.isEmpty)
    }

    @Test func `a vmware-svga behind a VGA ends later releases`() throws {
        let arguments = "-M pc -vga std -device vmware-svga"
        #expect(try read(arguments, 7, 2).topology.resolve().findings.isEmpty)
        #expect(try read(arguments, 10, 0).topology.resolve().findings.map(\.rule) == ["duplicate-display"])
        #expect(try read("-M pc -vga vmware -device VGA", 10, 0).topology.resolve().findings.isEmpty)
    }
}
