import BerthDiagnostics
import BerthHost
import BerthPCI
import BerthPlacement
import BerthTopology
import Testing

/// Problems that dumps of the host give away.
struct HostProblemTests {
    @Test func `the host's IGD has no function-level reset (20)`() {
        func found(_ change: (inout [UInt8]) -> Void) -> String? {
            var bytes = [UInt8](repeating: 0, count: 256)
            bytes.replaceSubrange(0..<12, with: [0x86, 0x80, 0x16, 0x59, 7, 0, 0x10, 0, 2, 0, 0, 3])
            // A vendor's capability, MSI, power management.
            bytes[0x34] = 0x40
            bytes.replaceSubrange(0x40..<0x42, with: [9, 0x70])
            bytes.replaceSubrange(0x70..<0x72, with: [5, 0xd0])
            bytes.replaceSubrange(0xd0..<0xd2, with: [1, 0])
            change(&bytes)
            let function = HostFunction(
                address: PCIAddress(bus: 0, devfn: 0x10), configuration: ConfigurationSpace(bytes: bytes))
            let host = HostInventory(functions: [function])
            return Problems.find(in: Guests.classic(), host: host).first { $0.fact.rule == "no-function-reset" }?
                .fact.statement.description
        }
        #expect(found { _ in } == "the host's 00:02.0 has no function-level reset")
        // No list of capabilities at all; a list that goes round in circles; one that is cut off.
        #expect(found { $0[6] = 0 } != nil)
        #expect(found { $0[0xd1] = 0x40 } != nil)
        #expect(found { $0.removeLast(128) } == nil)
        // PCI Express with and without bit 28; Advanced Features with and without bit 1.
        #expect(found { $0.replaceSubrange(0x70..<0x78, with: [0x10, 0, 0x92, 0, 0, 0x80, 0, 0x10]) } == nil)
        #expect(found { $0.replaceSubrange(0x70..<0x78, with: [0x10, 0, 0x92, 0, 0, 0x80, 0, 0]) } != nil)
        #expect(found { $0.replaceSubrange(0xd0..<0xd4, with: [0x13, 0, 6, 3]) } == nil)
        #expect(found { $0.replaceSubrange(0xd0..<0xd4, with: [0x13, 0, 6, 1]) } != nil)
    }

    @Test func `a framebuffer driver of the host has the BAR (26)`() throws {
        let text = """
            80000000-dfffffff : PCI Bus 0000:00
              c0000000-cfffffff : 0000:00:02.0
                c0000000-c07e8fff : efifb
            """
        let host = try IOMemDump.read(Array(text.utf8), file: "iomem")
        let found = Problems.find(in: Guests.classic(), host: host).first { $0.fact.rule == "host-framebuffer" }
        #expect(found?.symptom == .slow)
        #expect(
            found?.fact.statement.description == "efifb of the host's owns 0xc0000000-0xc07e8fff, part of the IGD's BAR"
        )
        let other = text.split(separator: "\n").filter { !$0.contains("02.0") }.joined(separator: "\n")
        let elsewhere = try IOMemDump.read(Array(other.utf8), file: "iomem")
        #expect(!Problems.find(in: Guests.classic(), host: elsewhere).contains { $0.fact.rule == "host-framebuffer" })
    }
}
