import BerthDiagnostics
import BerthHost
import BerthPCI
import BerthPlacement
import BerthServices
import BerthTopology
import TestSupport
import Testing

/// What a guest with a host's IGD needs of the host's memory.
struct HostMemoryTests {
    private static func found(
        _ id: RuleID, _ host: HostInventory?, _ change: (inout GuestTopology) -> Void = { _ in }
    ) -> Consequence? {
        Problems.find(in: Guests.classic(change), host: host).first { $0.fact.rule == id }
    }

    private static func host(_ change: (inout MadeUpTree) -> Void = { _ in }) throws -> HostInventory {
        var tree = MadeUpTree.desktop(0x5912)
        change(&tree)
        return try tree.read()
    }

    @Test func `a hard limit below the guest's memory`() {
        let found = { (limit: ByteCount) in
            Self.found("locked-memory-limit", nil) {
                $0.ram.size = .gib(8)
                $0.ram.lockLimit = limit
            }
        }
        #expect(found(.gib(8)) == nil)
        #expect(found(.gib(4))?.level == .fails)
        #expect(
            found(.gib(4))?.fact.statement.description
                == "<hard_limit> lets QEMU lock 4 GiB, and all 8 GiB of the guest's memory has to be locked")
    }

    @Test func `the limit of a user is a note`() throws {
        let note = Self.found("locked-memory-limit", try Self.host())
        #expect(note?.level == .works)
        let unlimited = try Self.host {
            $0.put("proc/self/limits", "Max locked memory         unlimited            unlimited            bytes\n")
        }
        #expect(Self.found("locked-memory-limit", unlimited) == nil)
    }

    @Test func `huge pages that are not free`() throws {
        let host = try Self.host()
        func found(_ size: ByteCount, _ page: ByteCount) -> String? {
            Self.found("host-memory-too-small", host) {
                $0.ram.size = size
                $0.ram.hugePage = page
            }?.fact.statement.description
        }
        #expect(found(.mib(2000), .mib(2)) == nil)
        #expect(found(.mib(2048), .mib(2)) == "the guest takes 1024 pages of 2 MiB, and the host has 1000 free of 1024")
        #expect(found(.gib(2), .gib(1)) == "the guest takes 2 pages of 1 GiB, and the host has 0 free of 0")
        #expect(
            found(.gib(64), .gib(1))
                == "all 64 GiB of the guest's memory is taken at the start, and the host has 15866 MiB")
    }

    @Test func `a range that the host keeps for DMA`() throws {
        func found(_ kind: String) throws -> Consequence? {
            let host = try Self.host {
                $0.group(0, of: ["0000:00:02.0"], reserved: ["0x000000008b800000 0x000000008fffffff \(kind)"])
            }
            return Self.found("reserved-for-dma", host) {
                $0.ram.size = .gib(4)
                $0.igd?.host = PCIAddress(bus: 0, devfn: 0x10)
            }
        }
        #expect(try found("direct-relaxable") == nil)
        let direct = try #require(try found("direct"))
        #expect(direct.level == .fails)
        #expect(
            direct.fact.statement.description
                == "the guest's RAM lies over 0x8b800000-0x8fffffff, which the host keeps for the DMA of IOMMU group 0")
        #expect(
            direct.fact.remedy?.description
                == "max-ram-below-4g=2232M, or a kernel from 5.3 on, if the range is the IGD's own")
    }

    @Test func `a guest takes sizes and places from the host`() throws {
        var host = try Self.host {
            $0.put("proc/iomem", "8c000000-8fffffff : Graphics Stolen Memory\n")
        }
        var bytes = [UInt8](repeating: 0, count: 12288)
        bytes.replaceSubrange(0..<16, with: Array("IntelGraphicsMem".utf8))
        bytes[0x10] = 8
        bytes.replaceSubrange(0x16..<0x18, with: [1, 2])
        bytes[0x3bb] = 0x20
        bytes[0x3c3] = 0x10
        bytes.replaceSubrange(0x2000..<0x2004, with: Array("$VBT".utf8))
        host.opRegion = try OpRegionDump(bytes, file: "op")
        let igd = try #require(Guests.classic().adopting(host).igd)
        #expect(igd.device == 0x5912)
        #expect(igd.graphicsControl == 0x02c1)
        #expect(igd.hostStolenBase == 0x8c00_0000)
        #expect(igd.hostStolenSize == .mib(64))
        #expect(igd.hostASLS == 0x8a9a_f018)
        #expect(igd.hostLPC == 0xa2c5)
        #expect(igd.hostAddressWidth == 39)
        #expect(igd.opRegion == .kib(12))
    }

    @Test func `the host's map counts where the control word says something else`() throws {
        let host = try Self.host {
            $0.igd(0x7d55)
            $0.put("proc/iomem", "7c800000-807fffff : Graphics Stolen Memory\n")
            $0.igd(0x5912)
            $0.files.files["sys/bus/pci/devices/0000:00:02.0/config"]?.replaceSubrange(
                0x5c..<0x60, with: [1, 0, 0x80, 0x7c])
            $0.files.files["sys/bus/pci/devices/0000:00:02.0/config"]?.replaceSubrange(0x50..<0x52, with: [0xc1, 1])
        }
        let map = GuestMap(Guests.classic().adopting(host))
        #expect(map.host.first?.range.description == "0x7c800000-0x807fffff")
    }

    @Test func `what guests can do on a host, by QEMU's release`() throws {
        let outlook = try #require(Services.outlook(of: try Self.host()))
        #expect(outlook.cells.count == 12)
        #expect(outlook.cells.filter { $0.purpose == .render }.allSatisfy { $0.level == .works })
        // A host that nobody can give away.
        let old = try Self.host {
            $0.function("0000:00:02.0", device: 0x2a02, class: 0x03_0000)
        }
        #expect(Services.outlook(of: old) == nil)
        #expect(Services.outlook(of: HostInventory(functions: [])) == nil)
    }
}
