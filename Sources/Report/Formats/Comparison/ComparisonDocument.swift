import BerthBoot
import BerthDiagnostics
import BerthIGD
import BerthPCI
import BerthPlacement
import BerthStack
import BerthTopology

/// A comparison for programs. Sizes in bytes, addresses as numbers.
package struct ComparisonDocument: Codable, Hashable, Sendable {
    package var name: String
    package var machine: String
    package var qemu: String
    package var device: String
    package var platform: String?
    package var generation: String?
    /// The guest as it is configured, with nothing planned or added.
    package var configured: VerdictEntry
    /// What is moved and set for the IGD in every other guest that is compared.
    package var room: [String]
    package var columns: [Column]
    /// Stolen memory first; within a region in the order of plans.
    package var rows: [Row]

    package struct VerdictEntry: Codable, Hashable, Sendable {
        /// `works`, `degraded`, `fails`.
        package var verdict: String
        /// The deciding one first.
        package var consequences: [ConsequenceEntry]
    }

    package struct Column: Codable, Hashable, Sendable {
        package var firmware: String
        package var guest: String
        /// The guest's own firmware and OS.
        package var isOwn: Bool
        /// What the guest has wherever its regions are: `works`, `degraded`, `fails`.
        package var verdict: String
        /// The deciding one first.
        package var consequences: [ConsequenceEntry]
    }

    package struct Row: Codable, Hashable, Sendable {
        package var region: String
        package var strategy: String
        /// By column; null where the strategy has nothing to propose.
        package var cells: [Cell?]
    }

    package struct Cell: Codable, Hashable, Sendable {
        /// `works`, `degraded`, `fails`.
        package var verdict: String
        /// Whether a rule rejects the berth; such a one is never planned.
        package var isRejected: Bool
        /// The deciding one first.
        package var consequences: [ConsequenceEntry]
        package var facts: [PlanDocument.FactEntry]
        package var canBeEmitted: Bool
        package var missing: String?
        package var mustChange: [String]
        package var isReservedInE820: Bool
        package var address: UInt64?
        package var addressText: String
        /// Null for a region that no BAR carries.
        package var exposure: String?
        package var holeConsumed: UInt64
        /// `yes`: nothing has to be there before the IGD is plugged in; `carrier`: the carrier can be plugged in, the IGD
        /// cannot; `no`.
        package var hotPlug: String
        package var hotPlugReason: String
        package var hotPlugSource: String
        package var writable: String
        /// What is behind the addresses, in words.
        package var place: String
    }

    package struct ConsequenceEntry: Codable, Hashable, Sendable {
        package var level: String
        package var symptom: String
        package var rule: String
        package var statement: String
        package var remedy: String?
        package var source: String
    }

    package init(_ report: ComparisonReport) {
        let guest = report.guest
        name = guest.name
        machine = guest.machine.name
        qemu = guest.qemu.description
        device = guest.igd.map(Descriptions.identity) ?? ""
        platform = guest.igd?.platform?.rawValue
        generation = guest.igd?.platform?.generation.description
        configured = VerdictEntry(
            verdict: report.configured.level.rawValue,
            consequences: report.configured.consequences.map(ConsequenceEntry.init))
        room = SettingText.sentences(report.room, rootBus: guest.machine.type.rootBus)
        columns = report.columns.map { column in
            Column(
                firmware: column.firmware.description, guest: column.system.description, isOwn: column.isOwn,
                verdict: column.verdict.level.rawValue,
                consequences: column.verdict.consequences.map(ConsequenceEntry.init))
        }
        rows = report.rows.map { row in
            Row(
                region: row.region.rawValue, strategy: row.strategy.rawValue,
                cells: row.cells.map { $0.map(Cell.init) })
        }
    }
}

extension ComparisonDocument.Cell {
    init(_ cell: ComparisonReport.Cell) {
        let traits = cell.traits
        verdict = cell.verdict.level.rawValue
        isRejected = cell.isRejected
        consequences = cell.verdict.consequences.map(ComparisonDocument.ConsequenceEntry.init)
        facts = cell.judgements.map(PlanDocument.FactEntry.init)
        canBeEmitted = cell.berth.missing.isEmpty
        missing = cell.berth.missingPiece?.description
        mustChange = ComparisonTerms.parties(traits)
        isReservedInE820 = traits.isReservedInE820
        address = traits.address.exact?.rawValue
        addressText = traits.address.description
        exposure = traits.exposure?.level.name
        holeConsumed = traits.holeConsumed.rawValue
        hotPlug = traits.hotPlug.answer.rawValue
        hotPlugReason = traits.hotPlug.reason.description
        hotPlugSource = traits.hotPlug.source
        writable = traits.writability.rawValue
        place = Descriptions.carrier(cell.berth)
    }
}

extension ComparisonDocument.ConsequenceEntry {
    init(_ consequence: Consequence) {
        level = consequence.level.rawValue
        symptom = consequence.symptom.rawValue
        rule = consequence.fact.rule.rawValue
        statement = consequence.fact.statement.description
        remedy = consequence.fact.remedy?.description
        source = consequence.source
    }
}
