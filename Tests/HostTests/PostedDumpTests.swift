import BerthDiagnostics
import BerthHost
import BerthIGD
import BerthPCI
import Foundation
import TestSupport
import Testing

/// Texts like those that people post.
@Suite struct PostedDumpTests {
    private func read(_ name: String) throws -> HostInventory {
        let file = PackageRoot.url.appendingPathComponent("Tests/HostTests/Posted/\(name).txt")
        return try HostReader.read(files: [("\(name).txt", Array(try Data(contentsOf: file)))])
    }

    private func read(text: String) throws(InputError) -> HostInventory {
        try HostReader.read(files: [("dump.txt", Array(text.utf8))])
    }

    /// Name, device, base of stolen memory, its size, width of the IOMMU, functions.
    @Test(arguments: [
        ("forum-mixed", "46d1 7c800000 60 39 4"), ("log-only", "3e98 8d800000 32 39 3"),
        ("machine-readable", "a788 - - - 3"), ("records", "a788 - - - 3"), ("earlydump", "3e9b 8d800000 64 - 2"),
        ("two-listings", "3e9b 8d800000 64 - 3"), ("fenced-crlf", "a7a0 5c800000 64 42 1"),
        ("tree", "a780 4b800000 64 - 4"),
    ])
    func `what a post says of its host`(name: String, expected: String) throws {
        let host = try read(name)
        let igd = try #require(host.igd)
        let base = igd.bdsm.map { Hexadecimal.plain(UInt32($0.rawValue), digits: 8) } ?? "-"
        let size = igd.stolenMemorySize.map { "\($0.rawValue >> 20)" } ?? "-"
        let width = host.addressWidth.map { "\($0)" } ?? "-"
        #expect(
            "\(Hexadecimal.plain(igd.deviceID, digits: 4)) \(base) \(size) \(width) \(host.functions.count)" == expected
        )
    }

    @Test func `what is of no dump is counted, and zeros are for an ordinary user`() throws {
        #expect(
            try read("forum-mixed").findings.map(\.description) == [
                "forum-mixed.txt:23:1: warning: every address is zero, as the kernel shows it without privileges; copy "
                    + "/proc/iomem as root [host-iomem-hidden]",
                "forum-mixed.txt:1:1: note: left out: 2 lines of no dump, the first of them 'Hi all, here is what I have:' "
                    + "[host-dump-other]",
            ])
    }

    @Test func `early dumps have every register`() throws {
        let igd = try #require(try read("earlydump").igd)
        #expect(igd.asls == 0x8a5b_1018)
        #expect(igd.graphicsControl?.word == 0x02c1)
        #expect(igd.subsystemVendor == 0x17aa)
        #expect(igd.bdsmIsLocked == true)
    }

    @Test func `stolen memory ends where the IGD's reserved range ends`() throws {
        let rmrr = "[    0.1] DMAR: RMRR base: 0x0000008b000000 end: 0x0000008f7fffff\n"
        let words = Dump.hex([(0, 0x8086, 2), (2, 0x3e9b, 2), (8, 0x0300_0000, 4)], length: 64)
        // 64 bytes have no BDSM and no control word.
        #expect(try read(text: rmrr + "00:02.0 VGA: x\n" + words).igd?.bdsm == nil)
        let igd =
            "00:02.0 VGA: x\n"
            + Dump.hex([(0, 0x8086, 2), (2, 0xa780, 2), (8, 0x0300_0000, 4), (0x50, 0x02c1, 2)], length: 96)
        #expect(try read(text: rmrr + igd).igd?.stolenMemorySize == .mib(64))
        #expect(try read(text: rmrr + igd).igd?.bdsm?.rawValue == 0x8b80_0000)
        // Two large ranges tell nothing.
        let other = "[    0.1] DMAR: RMRR base: 0x0000004b000000 end: 0x0000004f7fffff\n"
        #expect(try read(text: rmrr + other + igd).igd?.bdsm == nil)
    }

    @Test(arguments: [
        "[    0.000000] DMAR: Host address width 39", "<6>[    0.000000] DMAR: Host address width 39",
        "dmar: Host address width 39",
        "[Mon Nov 25 08:00:01 2024] DMAR: Host address width 39",
        "Nov 25 08:00:01 host kernel: DMAR: Host address width 39",
        "2026-11-25T08:00:01.123456+01:00 host kernel: DMAR: Host address width 39",
    ])
    func `a line of a log is one whatever stands in front`(line: String) throws {
        #expect(try read(text: "\(line)\n").addressWidth == 39)
    }

    @Test(arguments: [
        ("[    0.0] Linux version 6.8\n", "host-log-empty"),
        (
            "[    0.0] Reserving Intel graphics memory at [mem 0x1000000-0x1ffffff]\n[    0.0] Reserving Intel graphics memory at [mem 0x3000000-0x3ffffff]\n",
            "host-log-twice"
        ),
        ("[    0.0] pci 0000:00:02.0: config space:\n[    0.0] 00000000: 86 80 12\n", "host-dump-bytes"),
        (
            "[    0.0] pci 0000:00:02.0: [8086:5916] type 00 class 0x030000\n00:02.0 0300: 8086:3e9b\n",
            "host-dumps-contradict"
        ),
        ("$ lspci\n00:02.0 VGA compat\n", "host-dump-syntax"),
    ])
    func `a damaged post has its error`(text: String, rule: String) {
        let error = #expect(throws: InputError.self) { try read(text: text) }
        #expect(error?.findings.map(\.rule.rawValue) == [rule])
    }
}
