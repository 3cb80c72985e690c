import BerthHost
import BerthIGD
import BerthPCI
import Foundation
import Testing

/// Dumps of real machines, which are not part of the package.
enum RealHosts {
    /// `shared/hosts` beside the package's folder or beside one that holds it.
    static let folder: URL? = {
        var place = URL(filePath: #filePath)
        while place.path != "/" {
            place.deleteLastPathComponent()
            let found = place.appending(path: "shared/hosts")
            if FileManager.default.fileExists(atPath: found.path) { return found }
        }
        return nil
    }()

    /// Nil if the folder is missing, which only the continuous integration takes for a failure.
    static func read(_ name: String) throws -> HostInventory? {
        guard let machine = folder?.appending(path: name) else {
            let isRequired = ProcessInfo.processInfo.environment["CI"] == "true"
            #expect(!isRequired, "no dumps of real machines in shared/hosts beside the package")
            return nil
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: machine.path)
        return try HostReader.read(
            files: names.map { (name: $0, bytes: [UInt8](try Data(contentsOf: machine.appending(path: $0)))) })
    }
}

struct RealHostTests {
    @Test func `a Skylake laptop`() throws {
        guard let host = try RealHosts.read("skylake-laptop") else { return }
        let igd = try #require(host.igd)
        #expect(igd.deviceID == 0x191e)
        #expect(igd.platform == .skylake)
        #expect(igd.revision == 7)
        #expect(igd.subsystemVendor == 0x8086)
        #expect(igd.subsystem == 0x2212)
        #expect(igd.isVGA)
        #expect(igd.graphicsControl == GraphicsControl(word: 0x01c1, encoding: .e))
        #expect(igd.graphicsControl?.gms == 1)
        #expect(igd.graphicsControl?.ggms == 3)
        #expect(igd.graphicsControl?.gttSize == .mib(8))
        #expect(igd.graphicsControl?.isVGADisabled == false)
        #expect(igd.stolenMemorySize == .mib(32))
        #expect(igd.bdsm == 0x8900_0000)
        #expect(igd.bdsmIsLocked == true)
        #expect(igd.stolenMemory?.description == "0x89000000-0x8affffff")
        #expect(igd.asls == 0x87f8_8018)
        #expect(igd.aslsPageOffset == 0x18)
        #expect(host.functions.map(\.configuration.bytes.count) == [4096])
        #expect(host.lpc == nil)
        #expect(host.findings == [])
    }

    @Test func `a GM965 laptop with two graphics functions`() throws {
        guard let host = try RealHosts.read("fujitsu-p8010") else { return }
        let igd = try #require(host.igd)
        #expect(igd.address.function == 0)
        #expect(igd.deviceID == 0x2a02)
        #expect(igd.platform == .i965)
        #expect(igd.generation == .gen4)
        #expect(igd.graphicsControl == GraphicsControl(word: 0x0030, encoding: .b))
        #expect(igd.stolenMemorySize == .mib(8))
        #expect(igd.bdsm == 0xbf80_0000)
        #expect(igd.bdsmIsLocked == false)
        #expect(igd.asls == 0xbf6c_ba93)
        #expect(igd.aslsPageOffset == 0xa93)
        #expect(
            host.hostBridge
                == FunctionIdentity(
                    vendor: 0x8086, device: 0x2a00, revision: 3, subsystemVendor: 0x10cf, subsystem: 0x13f2))
        #expect(
            host.lpc
                == FunctionIdentity(
                    vendor: 0x8086, device: 0x2815, revision: 3, subsystemVendor: 0x10cf, subsystem: 0x140e))
        let second = try #require(PCIAddress("00:02.1"))
        #expect(host.function(at: second)?.classCode == .otherDisplay)
        #expect(host.functionsWithoutIdentity == [])
        #expect(host.findings == [])
    }

    @Test(arguments: [
        ("nuc11tnbi5", 0x9a49, Platform.tigerLake, "0x4b800000-0x4f7fffff", 0xa082, 0x9a14, 1, 23),
        ("whl-ipc-i5", 0x3ea0, .coffeeLake, "0x8c000000-0x8fffffff", 0x9d84, 0x3e34, 0, 19),
    ])
    func `machines known by their numbers and their memory map`(
        name: String, device: UInt16, platform: Platform, stolen: String, lpc: UInt16, bridge: UInt16, revision: UInt8,
        count: Int
    ) throws {
        guard let host = try RealHosts.read(name) else { return }
        let igd = try #require(host.igd)
        #expect(igd.deviceID == device)
        #expect(igd.platform == platform)
        #expect(igd.revision == revision)
        #expect(igd.stolenMemory?.description == stolen)
        #expect(igd.stolenMemorySize == .mib(64))
        #expect(igd.graphicsControl == nil)
        #expect(igd.bdsmIsLocked == nil)
        #expect(igd.asls == nil)
        #expect(host.lpc?.device == lpc)
        #expect(host.hostBridge?.device == bridge)
        #expect(host.functions.count == count)
        #expect(host.functionsWithoutIdentity == [])
        #expect(host.findings == [])
    }
}
