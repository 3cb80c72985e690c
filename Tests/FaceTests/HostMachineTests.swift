import Berth
import Testing

/// Hosts as the library reads them.
struct HostMachineTests {
    private static let lspci = """
        00:02.0 0300: 8086:5916 (rev 02)
        """

    @Test func `a dump names the device`() throws {
        let host = try HostMachine(dumps: [.init(name: "lspci.txt", bytes: Self.lspci.utf8)])
        #expect(host.graphics?.deviceID == 0x5916)
        #expect(host.graphics?.platform == "Kaby Lake")
        #expect(host.graphics?.generation == "gen 9")
        #expect(host.graphics?.address == PCIAddress("00:02.0"))
        #expect(host.graphics?.stolenMemorySize == nil)
    }

    @Test func `a guest takes the IGD of a host`() throws {
        let host = try HostMachine(dumps: [.init(name: "lspci.txt", bytes: Self.lspci.utf8)])
        let guest = try Guest(topologyFile: "machine: pc\nmemory: 1GiB\n".utf8)
        #expect(!guest.hasIGD)
        #expect(guest.adopting(host).hasIGD)
    }

    @Test func `what is no dump is refused`() throws {
        let error = try #require(throws: InputError.self) {
            try HostMachine(dumps: [.init(name: "a", bytes: "hello".utf8), .init(name: "b", bytes: "you".utf8)])
        }
        #expect(error.findings.map(\.rule) == ["host-file"])
    }
}
