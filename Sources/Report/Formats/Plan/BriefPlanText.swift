import BerthDiagnostics
import BerthPlacement
import BerthTopology

/// The plan on one screen: a verdict, what to set, where each region lies and why, what comes next, what is left out.
struct BriefPlanText {
    /// Of a list of sentences so many are printed; the others are counted.
    private let most: Int
    private let column = 15

    /// How many lines a screen has.
    private static let screen = 45

    /// A guest in which much has to move has shorter lists.
    static func render(_ report: PlanReport, _ layout: inout TextLayout) {
        var made = layout
        for most in [3, 2, 1] {
            made = layout
            BriefPlanText(most: most).write(report, &made)
            if made.lineCount <= screen { break }
        }
        layout = made
    }

    private func write(_ report: PlanReport, _ layout: inout TextLayout) {
        layout.blank()
        switch report.answer {
        case .berthed(let plan): self.plan(plan, report, &layout)
        case .none(let reasons):
            layout.line(report.isProven ? PlanTerms.none : PlanTerms.notProven)
            layout.line(PlanTerms.change(reasons.help))
            if let explanation = reasons.explanation { ExplanationText.render(explanation, &layout) }
        }
        layout.blank()
        layout.line(rest(report.tallies))
    }

    private func plan(_ plan: PlanReport.Plan, _ report: PlanReport, _ layout: inout TextLayout) {
        verdict(plan, &layout)
        set(plan, report.guest, &layout)
        moves(plan, report.guest, &layout)
        layout.blank()
        layout.line("Where")
        for row in plan.berths { place(row, &layout) }
        layout.line("This one, because \(plan.reason)", indent: 2)
        if !report.isProven { layout.line("of the pairs that were judged; the guest is too large for all", indent: 2) }
        let costs = plan.berths.flatMap(\.costs)
        if !costs.isEmpty {
            layout.blank()
            layout.line("What it costs")
            sentences(costs.map(\.description), &layout)
        }
        more(plan, &layout)
        guard !plan.alternatives.isEmpty else { return }
        layout.blank()
        layout.line("Next best, in the place of one of them")
        for row in plan.alternatives {
            let place = row.berth.slot.map { " at 00:\($0.slotText)" } ?? ""
            layout.line("\(row.berth.region.name): \(row.berth.strategy)\(place): \(price(row, in: plan))", indent: 2)
        }
    }

    /// Of the room that was made for the IGD.
    private func moves(_ plan: PlanReport.Plan, _ guest: ReportedGuest, _ layout: inout TextLayout) {
        guard !plan.moves.isEmpty else { return }
        layout.blank()
        layout.line("What the guest notices")
        sentences(plan.moves.map { MoveText.sentence($0, guest.machine.type, guest.system) }, &layout)
    }

    private func more(_ plan: PlanReport.Plan, _ layout: inout TextLayout) {
        guard let first = plan.more.first else { return }
        layout.blank()
        layout.line("Shortest way to more: \(FixText.words(first))")
        for fix in plan.more.dropFirst() { layout.line("or: \(FixText.words(fix))", indent: 2) }
    }

    /// Whether it can be had, and what its user sees.
    private func verdict(_ plan: PlanReport.Plan, _ layout: inout TextLayout) {
        let told = plan.verdict.losses
        if let missing = plan.berths.compactMap(\.berth.missingPiece).first {
            layout.line("No released software can carry out the best plan: \(missing)")
        } else if let first = told.first {
            let words = VerdictText.words(first)
            layout.line(
                first.level == .fails
                    ? "The guest fails even with the best plan: \(words)" : "The plan works, with a loss: \(words)")
        } else {
            layout.line("The plan works: nothing that is known of is lost")
        }
        if told.isEmpty, let note = plan.verdict.notes.first {
            layout.line("note: \(VerdictText.words(note))", indent: 2)
        }
        for consequence in told.dropFirst().prefix(most - 1) {
            layout.line("also: \(VerdictText.words(consequence))", indent: 2)
        }
        if told.count > most { layout.line("and \(told.count - most) more: berth compare", indent: 2) }
    }

    private func set(_ plan: PlanReport.Plan, _ guest: ReportedGuest, _ layout: inout TextLayout) {
        layout.blank()
        guard !plan.settings.isEmpty else { return layout.line("Set nothing: the guest is as it has to be") }
        layout.line(plan.isEmittable ? "Set (--format libvirt, qemu and proxmox write it)" : "Set")
        // A chipset's ports move all together, and what they make room for is what matters.
        let others = plan.settings.filter(\.isOfAnotherDevice)
        let left = others.count > most + 1 ? Set(others.dropFirst(most)) : []
        let shown = plan.settings.filter { !left.contains($0) }
        for row in SettingText.rows(shown, rootBus: guest.machine.type.rootBus) {
            layout.field(row.name, row.value, column: column)
        }
        if !left.isEmpty { layout.line("and \(left.count) more that make room; --all lists them", indent: 2) }
    }

    private func place(_ row: PlanReport.Berth, _ layout: inout TextLayout) {
        let berth = row.berth
        var text = "\(berth.strategy): "
        if berth.backing == .nothing {
            text += "nothing to place"
        } else {
            text += "\(row.address), \(Descriptions.size(berth)), \(Descriptions.backing(berth))"
            if let register = berth.register { text += "; \(register.name) written by \(berth.writer.description)" }
        }
        layout.field(berth.region.name, text, column: column)
    }

    private func sentences(_ all: [String], _ layout: inout TextLayout) {
        for sentence in all.prefix(most) { layout.line(sentence, indent: 2) }
        if all.count > most { layout.line("and \(all.count - most) more", indent: 2) }
    }

    /// What is wanting, else what it costs that the plan does not.
    private func price(_ row: PlanReport.Berth, in plan: PlanReport.Plan) -> String {
        if let missing = row.berth.missingPiece { return "cannot be emitted: \(missing)" }
        guard !row.costs.isEmpty else { return "no drawback; the order of plans decides" }
        let known = Set(plan.berths.filter { $0.berth.region == row.berth.region }.flatMap(\.costs).map(\.rule))
        let costs = row.costs.filter { !known.contains($0.rule) }
        guard !costs.isEmpty else { return "costs of the same kinds; the order of plans decides" }
        return "\(costs[0].statement)" + (costs.count > 1 ? "; and \(costs.count - 1) more" : "")
    }

    private func rest(_ tallies: [PlanReport.Tally]) -> String {
        let counts = tallies.map { "\($0.rejected) of \($0.candidates) berths for \($0.region.name)" }
        return "Rejected: \(counts.joined(separator: ", ")); --all shows every one, why, and what would help"
    }
}
