import BerthBoot
import BerthPlacement
import BerthReport
import BerthServices
import BerthTopology
import BerthXML
import Testing

/// Pictures of bundled guests, and what they hold when they are read again.
enum Pictures {
    static func planned(_ guest: GuestTopology, _ restriction: Planner.Restriction = .init()) throws -> PlanPicture {
        let planning = try Services.plan(guest, restriction: restriction)
        return PlanPicture(
            planning, PlanReport(planning, detail: .all),
            try? Services.boot(planning.plan?.topology ?? planning.request.topology))
    }

    static func compared(_ guest: GuestTopology) throws -> ComparisonPicture {
        let comparison = try Services.compare(guest)
        return ComparisonPicture(
            comparison, ComparisonReport(comparison, detail: .all), try? Services.boot(comparison.request.topology))
    }

    static func simulated(_ guest: GuestTopology) throws -> SimulationPicture {
        SimulationPicture(SimulationReport(try Services.boot(guest), of: guest, detail: .budget))
    }

    static func diagnosed(_ guest: GuestTopology) throws -> DiagnosisPicture {
        DiagnosisPicture(
            DiagnosisReport(Services.diagnose(guest), isDomain: false), of: guest, try? Services.boot(guest))
    }

    /// As if every address had been real but that of the first BAR, which nobody gave one.
    static func rehearsed(_ guest: GuestTopology) throws -> RehearsalReport {
        let boot = try Services.boot(guest)
        let predicted = Observation(boot.guest, after: boot.firmware, tree: boot.tree, topology: guest)
        var real = predicted
        let index = real.functions?.firstIndex { !$0.bars.isEmpty }
        if let index { real.functions?[index].bars[0].address = nil }
        let place = index.map { "function \($0) BAR 0" } ?? "-"
        return RehearsalReport(
            guest: ReportedGuest(guest), strategies: nil,
            releases: [RehearsedRelease("QEMU", predicted: "7.2", ran: "10.0.3")], staged: [.relabelledDisplay],
            planned: PlannedFacts(same: 1, all: 2),
            rows: [
                RehearsalRow(.function, "00:00.0", predicted: "8086:1237 0600", observed: "8086:1237 0600"),
                RehearsalRow(.bar, place, predicted: "at 0xc0000000", observed: "no address"),
            ], accesses: nil, driverMessages: ["i915: <hello> & goodbye"], duration: 1.5,
            maps: RehearsalMaps(
                predicted: AddressMap(predicted, regions: [], igd: guest.igd?.id),
                real: AddressMap(real, regions: [], igd: guest.igd?.id)))
    }

    static func drawings(_ guest: GuestTopology) throws -> [String] {
        [
            PlanSheet.render(try planned(guest)), CompareSheet.render(try compared(guest)),
            SimulationSheet.render(try simulated(guest)), DiagnosisSheet.render(try diagnosed(guest)),
            RehearsalSheet.render(try rehearsed(guest)),
        ]
    }

    static func pages(_ guest: GuestTopology) throws -> [String] {
        [
            PlanPage.render(try planned(guest)), ComparePage.render(try compared(guest)),
            SimulationPage.render(try simulated(guest)), DiagnosisPage.render(try diagnosed(guest)),
            RehearsalPage.render(try rehearsed(guest)),
        ]
    }

    static func read(_ text: String) throws -> XMLElement {
        let heading = "<!DOCTYPE html>\n"
        return try XMLDocument(text.hasPrefix(heading) ? String(text.dropFirst(heading.count)) : text, file: "page")
            .root
    }
}

extension XMLElement {
    /// Itself and everything in it.
    var all: [XMLElement] { [self] + elements().flatMap(\.all) }

    func all(_ name: String) -> [XMLElement] { all.filter { $0.localName == name } }

    subscript(name: String) -> String? { attribute(name)?.value }
}
