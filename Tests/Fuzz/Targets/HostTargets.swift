import BerthBundled
import BerthDiagnostics
import BerthHost
import BerthPlacement
import BerthReport
import BerthTopology
import Foundation
import TestSupport

extension FuzzTarget {
    /// What lspci printed, alone and as the host of a plan.
    static let lspci = FuzzTarget("lspci", seeds: { HostWords.dumps.map { Array($0.utf8) } }, words: HostWords.all) {
        bytes, sample in
        try HostWork.read([("host.txt", bytes)], sample)
    }

    /// Dumps of every kind in one text, with prompts and pieces of the kernel's log between them.
    static let posted = FuzzTarget(
        "posted",
        seeds: {
            let folder = "Tests/HostTests/Posted"
            return try PackageRoot.files(below: folder, suffix: ".txt").map {
                Array(try Data(contentsOf: PackageRoot.url.appendingPathComponent("\(folder)/\($0)")))
            }
        }, words: HostWords.all + HostWords.logs
    ) { bytes, sample in
        try HostWork.read([("post.txt", bytes)], sample)
    }

    /// A copy of /proc/iomem, beside a dump of the same machine.
    static let iomem = FuzzTarget("iomem", seeds: { HostWords.maps.map { Array($0.utf8) } }, words: HostWords.all) {
        bytes, sample in
        try HostWork.read([("iomem.txt", bytes), ("lspci.txt", Array(HostWords.dumps[0].utf8))], sample)
    }
}

enum HostWork {
    static func read(_ files: [(name: String, bytes: [UInt8])], _ sample: Sample) throws {
        try judge(try HostReader.read(files: files), sample)
    }

    static func judge(_ host: HostInventory, _ sample: Sample) throws {
        let report = HostReport(host)
        _ = HostText.render(report)
        _ = try JSONText.encode(HostDocument(report))
        guard sample.isOne(in: 4), host.igd != nil,
            let guest = try BundledTopologies.topology(
                named: ["pc-seabios-gen9", "q35-ovmf-gen12"][Int(sample.pick(2))])
        else { return }
        let adopted = guest.adopting(host)
        try GuestWork.simulate(adopted, sample)
        if sample.isOne(in: 64) { try GuestWork.deliver(guest, host: host, sample) }
    }
}

/// Dumps of three machines, made up.
enum HostWords {
    static let inventory = try? HostReader.read(files: [("lspci.txt", Array(dumps[0].utf8))])

    static let dumps = [
        "00:00.0 Host bridge [0600]: Intel Corporation Device [8086:5904] (rev 02)\n"
            + "00:02.0 VGA compatible controller [0300]: Intel Corporation HD Graphics 620 [8086:5916] (rev 02)\n"
            + "\tSubsystem: Lenovo Device [17aa:2238]\n"
            + hex([0: 0x5916_8086, 8: 0x0300_0002, 0x50: 0x02c1, 0x5c: 0x8b80_0001, 0xfc: 0x8a3f_d018])
            + "\n00:1f.0 ISA bridge [0601]: Intel Corporation Device [8086:9d4e] (rev 21)\n",
        "0000:00:00.0 0600: 8086:9a14 (rev 01)\n0000:00:02.0 0300: 8086:9a49 (rev 01) (prog-if 00 [VGA controller])\n"
            + hex([
                0: 0x9a49_8086, 8: 0x0300_0001, 0x50: 0x02c1, 0x5c: 0, 0xc0: 0x4b80_0001, 0xc4: 1, 0xfc: 0x45f8_8018,
            ])
            + "10000:e0:06.0 0604: 8086:9a09\n0000:00:1f.0 0601: 8086:a082 (rev 20)\r\n",
        "# an old one\npcilib: a remark\n00:00.0 Host bridge: Intel Corporation\n00: 86 80 40 2a 00 00 00 00 00 00 00 06 00 00 00 00\n"
            + "00:02.0 VGA compatible controller: Intel Corporation Mobile 4 Series\n\tFlags: bus master\n"
            + hex([0: 0x2a42_8086, 8: 0x0300_0007, 0x50: 0x0070_0000, 0x5c: 0xbf80_0000])
            + "00:02.1 Display controller: Intel\n",
    ]

    static let logs = [
        "[    0.000000] DMAR: Host address width 39\n",
        "[    0.0] DMAR: RMRR base: 0x0000008b000000 end: 0x0000008f7fffff\n",
        "[    0.0] Reserving Intel graphics memory at [mem 0x8b800000-0x8f7fffff]\n",
        "[    0.0] pci 0000:00:02.0: config space:\n",
        "[    0.0] 00000000: 86 80 16 59 00 00 00 00 00 00 00 03 00 00 00 00\n",
        "pci 0000:00:02.0: [8086:5916] type 00 class 0x030000\n", "root@pve:~# lspci -nn\n", "$ cat /proc/iomem\n",
        "```\n",
        "Slot:\t00:02.0\n", "Class:\tVGA compatible controller [0300]\n", "Vendor:\tIntel [8086]\n",
        "00:02.0 \"0300\" \"8086\" \"5916\" -r02\n",
    ]

    static let maps = [
        "00000000-00000fff : Reserved\n00001000-0009ffff : System RAM\n8b800000-8f7fffff : Graphics Stolen Memory\n"
            + "90000000-dfffffff : PCI Bus 0000:00\n  c0000000-cfffffff : 0000:00:02.0\n    c0000000-c0ffffff : efifb\n"
            + "  d0000000-d0ffffff : 0000:00:02.0\n100000000-46f7fffff : System RAM\n",
        "8b800001-8f7ffffe : Graphics Stolen Memory\n4000000000-400fffffff : 0000:00:02.0\n  4000000000-40007e8fff : BOOTFB\n",
        "00000000-00000000 : System RAM\n00000000-00000000 : Graphics Stolen Memory\n",
    ]

    static let all = [
        "00:02.0", "0000:00:02.0", "00:1f.0", "00:02.1", "ffff:ff:1f.7", "10000:e0:06.0", "8086:5916", "[8086:9a49]",
        "0300:",
        "VGA compatible controller", "Display controller", "ISA bridge", "Host bridge", "(rev 02)", "(rev ffff)",
        "(prog-if 00",
        "ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff", "Graphics Stolen Memory", "BOOTFB", "0000:00:02.0", " : ",
        "-", "50:", "f0:",
        "ffffffffffffffff", "fffffffffffffffe", "8000000000000000", "7fffffffffffffff", "\tSubsystem: 17aa:2238",
    ]

    /// 256 bytes with double words put at offsets.
    private static func hex(_ words: [Int: UInt32]) -> String {
        var bytes = [UInt8](repeating: 0, count: 256)
        for (offset, value) in words {
            for index in 0..<4 { bytes[offset + index] = UInt8(truncatingIfNeeded: value >> UInt32(8 * index)) }
        }
        return stride(from: 0, to: 256, by: 16).map { row in
            let cells = bytes[row..<row + 16].map { Hexadecimal.plain($0, digits: 2) }
            return "\(Hexadecimal.plain(row, digits: 2)): \(cells.joined(separator: " "))\n"
        }.joined()
    }
}
