import BerthStack
import BerthLogs
import BerthPCI
import BerthBoot
import BerthDiagnostics
import BerthPlacement
import BerthTopology

/// A plan as a page: what to set, and for the plan and every other strategy what the guest's addresses would be.
package enum PlanPage {
    package static func render(_ picture: PlanPicture) -> String {
        let report = picture.report
        var page = Page(report.guest)
        if let plan = report.plan {
            page.verdict(VerdictText.sentence(plan.verdict), PictureTerms.tone(plan.verdict.level))
            page.section("What to set", settings(plan, report.guest))
        } else {
            page.verdict(report.isProven ? PlanTerms.none : PlanTerms.notProven, "bad")
            if case .none(let reasons) = report.answer {
                page.add(.tag("p", text: PlanTerms.change(reasons.help)))
            }
        }
        choices(picture, &page)
        if let guest = picture.guest {
            page.section("PCI tree", [PageParts.tree(guest.tree)])
            page.section("Timeline", PageParts.timeline(guest.timeline))
        }
        return page.text(title: "where stolen memory and the OpRegion lie")
    }

    private static func settings(_ plan: PlanReport.Plan, _ guest: ReportedGuest) -> [Markup] {
        let sentences = SettingText.sentences(plan.settings, rootBus: guest.machine.type.rootBus)
        let moves = plan.moves.map { "The guest notices: \(MoveText.sentence($0, guest.machine.type, guest.system))" }
        return sentences.isEmpty && moves.isEmpty
            ? [.tag("p", text: "Nothing: the guest has it all.")] : PageParts.list(sentences + moves)
    }

    private static func choices(_ picture: PlanPicture, _ page: inout Page) {
        var buttons: [Markup] = []
        var panels: [Markup] = []
        let report = picture.report
        if let guest = picture.guest {
            let number = page.choice()
            let name = report.plan == nil ? "the guest as it is" : "the best plan"
            buttons.append(Self.button(number, mark: "", name, report.plan == nil ? "" : "chosen", "good", true))
            var facts: [Markup] = [.tag("h3", text: name)]
            for row in report.plan?.berths ?? [] { facts += berth(row, report.guest) }
            if let plan = report.plan { facts.append(.tag("p", text: "This one, because \(plan.reason).")) }
            panels.append(
                PageParts.panel(
                    number, page.map(guest.map, ghosts: ghosts(picture.choices, first: number + 1)), facts))
        }
        var region: Region?
        for (index, choice) in picture.choices.enumerated() {
            let number = page.choice()
            if region != choice.region {
                region = choice.region
                buttons.append(.tag("p", ["class": "quiet"], text: "Others for \(choice.region.name)"))
            }
            let tone = choice.candidate.isRejected ? "quiet" : "good"
            let button = Self.button(
                number, mark: "\(index + 1)", choice.strategy.rawValue, PictureTerms.standing(choice.candidate), tone,
                picture.guest == nil && index == 0)
            buttons.append(choice.candidate.isRejected ? button.with("data-rejected", "1") : button)
            panels.append(
                PageParts.panel(
                    number, page.map(choice.map),
                    [.tag("h3", text: "\(index + 1). \(choice.region.name): \(choice.strategy)")]
                        + berth(choice.candidate.berth, report.guest) + judgements(choice.candidate)))
        }
        guard !panels.isEmpty else { return }
        let hide = PageParts.filters(
            [("hide-rejected", "hide what is rejected")], placeholder: "name or standing")
        let fieldset = Markup.tag("fieldset", [:], [.tag("legend", text: "Strategies")] + buttons)
        page.section(
            "Where",
            [
                PageParts.key(withCandidates: true), hide,
                .tag("div", ["class": "picker"], [fieldset, .tag("div", [:], panels)]),
            ])
    }

    private static func ghosts(_ choices: [PlanPicture.Choice], first: Int) -> [MapDrawing.Ghost] {
        PictureTerms.ghosts(choices).map { ghost in
            var ghost = ghost
            ghost.choice = first + ghost.number - 1
            return ghost
        }
    }

    private static func button(
        _ number: Int, mark: String, _ name: String, _ standing: String, _ tone: String, _ isChecked: Bool
    ) -> Markup {
        .tag(
            "label",
            [
                "class": tone == "quiet" ? "choice rejected" : "choice", "for": "choice-\(number)",
                "data-words": "\(name) \(standing)",
            ],
            [
                PageParts.radio(number, isChecked: isChecked), .tag("span", ["class": "quiet"], text: mark),
                .tag("span", text: name), .tag("span", ["class": "badge \(tone)"], text: standing),
            ])
    }

    private static func berth(_ row: PlanReport.Berth, _ guest: ReportedGuest) -> [Markup] {
        let berth = row.berth
        var facts = [
            ("region", berth.region.name), ("strategy", berth.strategy.rawValue),
            ("carrier", Descriptions.carrier(berth)),
        ]
        if berth.backing != .nothing {
            facts += [("address", "\(row.address)"), ("size", Descriptions.size(berth))]
        }
        if let register = guest.igd.flatMap({ Descriptions.register(berth, of: $0) }) {
            facts.append(("register", register))
        }
        if let exposure = row.exposure {
            facts.append(
                (
                    "gone",
                    exposure.count > 0 ? "\(exposure.level), \(exposure.count) times under a user" : exposure.level
                ))
        }
        if let missing = berth.missingPiece { facts.append(("missing", missing.description)) }
        return [PageParts.facts(facts)]
    }

    private static func judgements(_ candidate: PlanReport.Candidate) -> [Markup] {
        let told = candidate.berth.judgements.filter { $0.isRejection || $0.isLoss || $0.isCost }
        let items = told.map { judgement in
            Markup.tag(
                "li", ["class": judgement.isRejection ? "bad" : "fair"],
                text: (judgement.isRejection ? "rejected: " : judgement.isLoss ? "lost: " : "costs: ")
                    + "\(judgement.fact)")
        }
        let help = candidate.help.map { [Markup.tag("p", text: PlanTerms.help($0))] } ?? []
        return (items.isEmpty ? [] : [.tag("ul", ["class": "plain"], items)])
            + PageParts.list(candidate.conflicts.map(\.description)) + help
    }
}
