import BerthBoot
import BerthPCI
import BerthStack
import BerthTopology
import Testing

/// How full, what would still fit, and why a guest stops.
@Suite struct BudgetTests {
    private func budget(_ guest: BootedGuest) -> Budget { Budget(guest.topology, guest.tree, guest.outcome) }

    private let guest = """
        -machine q35 -m 2048 -device pcie-root-port,id=rp,addr=5.0,chassis=1 -device virtio-net-pci,id=net,bus=rp
        -device pci-testdev,id=td,membar=64M,addr=6.0
        """

    @Test func `Apertures and windows are accounted for byte by byte`() throws {
        let budget = budget(try BootedGuest(.seabios, guest))
        let lines = budget.spaces.map {
            "\($0.name): \($0.used) of \($0.size), \($0.largestFree.map(\.description) ?? "full")"
        }
        #expect(
            lines == [
                // 256 ports of the test device and 32 of AHCI; SMBus went to 0x700.
                "I/O: 288 B of 16 KiB, 8 KiB",
                // Two windows of 2 MiB, 64 MiB, and three pages: port, test device, AHCI.
                "below 4 GiB: 69644 KiB of 1004 MiB, 512 MiB",
                "rp memory window: 260 KiB of 2 MiB, 1 MiB",
                "rp prefetchable window: 16 KiB of 2 MiB, 1 MiB",
            ])
        #expect(budget.buses.used == 2)
    }

    /// The hole has 1004 MiB; beside 512 MiB there is room for the rest, beside 1 GiB there is not.
    @Test func `The largest BAR that one more device could have is found by trying`() throws {
        let seabios = try BootedGuest(.seabios, guest)
        #expect(budget(seabios).largest32BitBAR == .mib(512))
        let ovmf = try BootedGuest(.ovmf, guest)
        #expect(budget(ovmf).largest32BitBAR == .mib(512))
        // The window above 4 GiB has 128 GiB, of which the port takes 512 MiB.
        #expect(budget(ovmf).largest64BitBAR == .gib(64))
    }

    @Test func `The first device that does not fit is named, with the size that would`() throws {
        let displays = (2..<7).map { "-device secondary-vga,id=v\($0),vgamem_mb=256,addr=\($0)" }.joined(separator: " ")
        let explanation = try #require(
            HaltExplanation(try BootedGuest(.seabios, "-machine q35 -m 2048 \(displays)").topology))
        #expect(explanation.message == "out of 32bit address space")
        // Three times 256 MiB fit into 1004 MiB.
        #expect(explanation.device == "v5")
        #expect(explanation.bar == .bar(0))
        #expect(explanation.size == .mib(256))
        #expect(explanation.largestSize == .mib(128))
        #expect(explanation.maxRAMBelow4GiB == nil)
    }

    @Test func `On pc less RAM below 4 GiB makes the hole larger`() throws {
        let displays = (2..<7).map { "-device secondary-vga,id=v\($0),vgamem_mb=256,addr=\($0)" }.joined(separator: " ")
        let explanation = try #require(
            HaltExplanation(try BootedGuest(.seabios, "-machine pc -m 4096 \(displays)").topology))
        #expect(explanation.device == "v5")
        #expect(explanation.maxRAMBelow4GiB == .gib(2))
    }

    @Test func `A guest that boots has nothing to explain`() throws {
        #expect(HaltExplanation(try BootedGuest(.seabios, guest).topology) == nil)
    }
}
