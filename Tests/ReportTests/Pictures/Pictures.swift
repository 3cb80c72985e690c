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

    static func drawings(_ guest: GuestTopology) throws -> [String] {
        [
            PlanSheet.render(try planned(guest)), CompareSheet.render(try compared(guest)),
            SimulationSheet.render(try simulated(guest)), DiagnosisSheet.render(try diagnosed(guest)),
        ]
    }

    static func pages(_ guest: GuestTopology) throws -> [String] {
        [
            PlanPage.render(try planned(guest)), ComparePage.render(try compared(guest)),
            SimulationPage.render(try simulated(guest)), DiagnosisPage.render(try diagnosed(guest)),
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
