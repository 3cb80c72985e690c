import BerthDiagnostics
import BerthTopology

/// A rehearsal for people: what ran, what stands for what, each fact predicted beside real.
package enum RehearsalText {
    /// `all`: every fact, else those that differ and those of the display.
    package static func render(_ report: RehearsalReport, all: Bool) -> String {
        var layout = TextLayout()
        let wrong = report.rows.filter { !$0.agrees }
        layout.line("Verdict: \(verdict(report))")
        layout.line("\(report.guest.name): \(Descriptions.guest(report.guest))")
        if let strategies = report.strategies {
            layout.line("stolen memory by \(strategies.stolenMemory), OpRegion by \(strategies.opRegion)", indent: 2)
        }
        releases(report, &layout)
        staged(report, &layout)
        counts(report, &layout)
        let shown = all ? report.rows : wrong + report.rows.filter { $0.agrees && isOfDisplay($0) }
        if !shown.isEmpty {
            layout.blank()
            layout.line(
                all ? "Facts" : wrong.isEmpty ? "Of the display" : "Facts that differ, and those of the display")
            table(shown, &layout)
        }
        driver(report, all, &layout)
        return layout.text
    }

    static func verdict(_ report: RehearsalReport) -> String {
        let wrong = report.rows.count { !$0.agrees }
        return wrong == 0
            ? "as predicted, \(report.rows.count) of \(report.rows.count) facts"
            : "\(wrong) of \(report.rows.count) facts are not as predicted"
    }

    private static func isOfDisplay(_ row: RehearsalRow) -> Bool {
        [.register, .writer, .opRegion, .reservation, .halt].contains(row.kind)
    }

    private static func releases(_ report: RehearsalReport, _ layout: inout TextLayout) {
        for release in report.releases {
            guard let ran = release.ran else { continue }
            layout.line(
                release.agrees
                    ? "\(release.product) \(ran)"
                    : "\(release.product) \(ran), and the prediction is for \(release.predicted): give --stack, or another --qemu",
                indent: 2)
        }
    }

    private static func staged(_ report: RehearsalReport, _ layout: inout TextLayout) {
        guard !report.staged.isEmpty else { return }
        layout.blank()
        layout.line("Staged")
        for part in report.staged { layout.line(part.sentence, indent: 2) }
        let (same, all) = (report.planned.same, report.planned.all)
        if all > 0 {
            layout.line(
                same == all
                    ? "all \(all) facts of the plan's own prediction are those of this guest"
                    : "\(same) of \(all) facts of the plan's own prediction are those of this guest; the others move with what is staged",
                indent: 2)
        }
    }

    private static func counts(_ report: RehearsalReport, _ layout: inout TextLayout) {
        layout.blank()
        var table = TextTable()
        for kind in RehearsalRow.Kind.allCases {
            let rows = report.rows.filter { $0.kind == kind }
            guard !rows.isEmpty else { continue }
            let wrong = rows.count { !$0.agrees }
            table.add(["  \(kind.rawValue)", "\(rows.count)", wrong == 0 ? "as predicted" : "\(wrong) differ"])
        }
        for line in table.lines() { layout.verbatim(line) }
    }

    private static func table(_ rows: [RehearsalRow], _ layout: inout TextLayout) {
        var table = TextTable()
        table.add(["", "", "predicted", "real"])
        for row in rows {
            table.add([
                row.agrees ? "  " : "! ", "\(row.kind.rawValue) \(row.place)", row.predicted ?? "-",
                row.observed ?? "-",
            ])
        }
        for line in table.lines() { layout.verbatim(line) }
    }

    /// More are in JSON.
    private static let most = 40

    private static func driver(_ report: RehearsalReport, _ all: Bool, _ layout: inout TextLayout) {
        if let accesses = report.accesses {
            layout.blank()
            layout.line("The stand-in was read \(accesses.reads) times and written \(accesses.writes) times")
            if all || !report.driverMessages.isEmpty {
                for line in accesses.lines.prefix(most) { layout.verbatim("  " + line) }
                if accesses.lines.count > most { layout.verbatim("  and \(accesses.lines.count - most) more, in JSON") }
            }
        }
        guard !report.driverMessages.isEmpty else { return }
        layout.blank()
        layout.line("What Linux said")
        for line in report.driverMessages { layout.verbatim("  " + line) }
    }
}

extension StagedPart {
    package var sentence: String {
        switch self {
        case .relabelledDisplay:
            "the IGD is a pci-testdev with its identity: BARs of 4 KiB, 256 bytes of I/O and 256 MiB, registers that take whatever is written, no engine"
        case .hostProcessor(let bits): "the processor is this machine's own, under KVM, and \(bits) bits wide"
        case .servedDisplay:
            "the IGD is a function of Berth's own vfio-user server: its identity, BARs and registers, no engine behind them"
        case .lpcBridge:
            "the LPC bridge that QEMU makes beside an IGD is made by hand, with the identity it would have copied"
        case .opRegion(let size): "the OpRegion is made up, \(size) without mailboxes"
        case .writerROM: "Berth's option ROM is the real one, without the display's own behind it"
        case .emptyROM(let contents, let placesRegions):
            "the ROM BAR is there and no image in it (\(contents))"
                + (placesRegions ? ": what its driver does for the regions is not rehearsed" : "")
        case .servedCarrier(let id): "the carrier '\(id)' is served by Berth itself, as 'berth carrier serve' does it"
        }
    }
}
