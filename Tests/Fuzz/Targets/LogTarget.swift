import BerthBundled
import BerthDiagnostics
import BerthLogs
import BerthPlacement
import BerthReport
import BerthServices
import BerthTopology

extension FuzzTarget {
    /// A log of whoever prints, put into the map of a guest, and what redaction leaves of it.
    static let log = FuzzTarget("log", seeds: { LogWords.logs.map { Array($0.utf8) } }, words: LogWords.all) {
        bytes, sample in
        var reader = LogReader(file: "log")
        let cut = bytes.count / 2
        reader.feed(Array(bytes[..<cut]))
        reader.feed(Array(bytes[cut...]))
        let reading = try reader.finish()
        guard let diagnosis = LogWords.diagnosis else { return }
        let report = DiagnosisReport(diagnosis, isDomain: false, logs: [reading])
        guard sample.isOne(in: 4) else { return }
        _ = DiagnosisText.render(report)
        _ = DiagnosisMarkdown.render(report)
        _ = try JSONText.encode(DiagnosisDocument(report))
        var redaction = Redaction()
        redaction.hide("media", as: "guest")
        _ = redaction.redacted(String(decoding: bytes, as: UTF8.self))
    }
}

private enum LogWords {
    static let diagnosis = (try? BundledTopologies.topology(named: "pc-seabios-gen9")).flatMap { guest in
        guest.map { Services.diagnose($0) }
    }

    static let logs = [
        "[    0.0] Linux version 6.8.12\n[    0.0] DMI: AZW EQ/EQ, BIOS 1\n[    0.1] DMAR: Host address width 39\n"
            + "[    1.0] DMAR: [DMA Read NO_PASID] Request device [00:02.0] fault addr 0x7ca00000 [fault reason 0x06] r\n",
        "qemu-system-x86_64: vfio_container_dma_map(0x1, 0x380010000000, 0x1000, 0x2) = -22 (Invalid argument)\r\n"
            + "IGD device 0000:00:02.0 has no ROM, legacy mode disabled\n",
        "Intel IGD BDSM enabled at 0xbe700000, size 8MB, dev 00:02.0\nmedia kernel: serial=A 52:54:00:12:34:56\n",
    ]

    static let all =
        LogMessages.all.map(\.pattern.shown) + [
            "\u{1b}[31m", "\r\n", "\0", "0x", "ffffffffffffffffff", "-9999999999999999999", "00:02.0:", "::",
            "DMI: QEMU ",
            "1b4e28ba-2fa1-11d2-883f-0016d3cca427", "52:54:00:12:34:56",
        ]
}
