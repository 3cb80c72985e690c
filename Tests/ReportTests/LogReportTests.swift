import BerthBundled
import BerthDiagnostics
import BerthLogs
import BerthPCI
import BerthPlacement
import BerthReport
import BerthTopology
import Testing

/// Numbers of logs in the map of a guest.
struct LogReportTests {
    /// A guest whose host has 64 MiB of stolen memory at 0x9b800000.
    private func report(_ text: String) throws -> LogReport {
        var guest = try #require(try BundledTopologies.topology(named: "pc-seabios-gen9"))
        guest.igd?.hostStolenBase = HostPhysicalAddress(0x9b80_0000)
        guest.igd?.graphicsControl = 0x02c0
        var reader = LogReader(file: "host.log")
        reader.feed(Array(text.utf8))
        return LogReport([try reader.finish()], in: GuestMap(guest))
    }

    private func places(_ text: String, _ name: String) throws -> [LogReport.Place] {
        let entry = try #require(try report(text).entries.last)
        return try #require(entry.first.values.first { $0.name == name }).places
    }

    private let stolen = HostRange(
        first: HostPhysicalAddress(0x9b80_0000), last: HostPhysicalAddress(0x9f7f_ffff))

    @Test func `a fault inside the host's stolen memory is said to be there`() throws {
        let line = "DMAR: [DMA Read NO_PASID] Request device [00:02.0] fault addr 0x9bd00000 [fault reason 0x06] r\n"
        let stolen = try #require(stolen)
        #expect(try places(line, "address") == [.hostRegion(.stolenMemory, stolen), .ram])
        #expect(try places(line, "device") == [.igd])
        #expect(try places(line.replacing("00:02.0", with: "03:00.0"), "device") == [.otherDevice])
    }

    @Test func `what the host's log keeps for devices counts where nobody described the host`() throws {
        let kept = "DMAR: RMRR base: 0x0000003b800000 end: 0x0000003fffffff\n"
        let line = "DMAR: [DMA Read NO_PASID] Request device [00:02.0] fault addr 0x3bd00000 [fault reason 0x06] r\n"
        let range = try #require(
            HostRange(first: HostPhysicalAddress(0x3b80_0000), last: HostPhysicalAddress(0x3fff_ffff)))
        let fault = { (text: String) in
            try #require(try report(text).entries.first).first.values.first { $0.name == "address" }?.places
        }
        #expect(try fault(kept + line) == [.kept(.forDMA, range), .ram])
        #expect(try fault(line) == [.ram])
        // The graphics memory among it says more.
        let host = "[    0.0] Linux version 6.8\n[    0.0] DMI: ASUS NUC, BIOS 1\n"
        let graphics = "[    0.1] Reserving Intel graphics memory at [mem 0x3b800000-0x3fffffff]\n"
        #expect(try fault(host + graphics + kept + line) == [.kept(.graphics, range), .ram])
    }

    @Test func `an address is above what this host's IOMMU maps`() throws {
        let line = "vfio_container_dma_map(0x1, 0x10000000000, 0x1000, 0x2) = -22 (Invalid argument)\n"
        #expect(try places(line, "address") == [.nowhere, .aboveIOMMU(bits: 39)])
        let wide = try report("DMAR: Host address width 46\n" + line)
        let entry = try #require(wide.entries.first)
        #expect(entry.first.values.first { $0.name == "address" }?.places == [.nowhere])
    }

    @Test func `the numbers of a kernel are those of its machine`() throws {
        let line = "[    0.1] Reserving Intel graphics memory at [mem 0x9b800000-0x9f7fffff]\n"
        let stolen = try #require(stolen)
        let host = "[    0.0] Linux version 6.8\n[    0.0] DMI: ASUS NUC, BIOS 1\n"
        #expect(try places(host + line, "first") == [.hostRegion(.stolenMemory, stolen)])
        let guest = "[    0.0] Linux version 6.8\n[    0.0] DMI: QEMU Standard PC, BIOS 1\n"
        #expect(try places(guest + line, "first") == [.hostRegion(.stolenMemory, stolen), .ram])
    }

    @Test func `what is wrong comes first, and counts are kept`() throws {
        let text =
            "DMAR: Host address width 39\nvfio-pci: Cannot read device rom at 0000:00:02.0\nunknown\n"
            + "Failed to mmap 0000:00:02.0 BAR 2. Performance may be slow\nDMAR: Host address width 39\n"
        let report = try report(text)
        #expect(report.entries.map(\.message.id) == ["bar-not-mapped", "rom-not-read", "iommu-width"])
        #expect(report.entries.map(\.count) == [1, 1, 2])
        #expect(report.files.map { [$0.lines, $0.known, $0.cut] } == [[5, 4, 0]])
    }
}
