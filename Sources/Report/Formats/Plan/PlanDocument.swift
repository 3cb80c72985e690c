import BerthDiagnostics
import BerthIGD
import BerthPCI
import BerthPlacement
import BerthStack
import BerthTopology

/// A planning result for programs. Sizes in bytes, addresses as numbers.
package struct PlanDocument: Codable, Hashable, Sendable {
    package var name: String
    package var machine: String
    package var firmware: String
    package var guest: String
    package var qemu: String
    package var device: String
    package var platform: String?
    package var generation: String?
    package var feasible: Bool
    package var emittable: Bool
    /// Whether everything was looked at: false for guests that are too large.
    package var proven: Bool
    /// The chosen berths, one a region; empty when nothing is feasible.
    package var plan: [BerthEntry]
    package var reason: String?
    /// What becomes of the guest with the plan, for its purpose: `works`, `degraded`, `fails`; nil without a plan.
    package var verdict: String?
    /// The same in a sentence.
    package var sentence: String?
    /// `display`, `boot-display`, `render`.
    package var purpose: String
    /// What has to be set in the guest, as it is, for the plan to hold; one sentence each.
    package var settings: [String]
    /// What the guest notices of the room that was made for its IGD.
    package var moves: [MoveEntry]
    /// Changes after which less is lost, the smallest first.
    package var more: [FixEntry]
    package var candidates: [CandidateEntry]
    /// Where nothing is feasible: the smallest change after which something is, and the facts that leave no plan.
    package var fix: FixEntry?
    package var explanation: ExplanationEntry?

    package struct BerthEntry: Codable, Hashable, Sendable {
        package var region: String
        package var strategy: String
        /// `nothing`, `reserved-ram`, `bar`, `host-memory`, `range`.
        package var backing: String
        package var carrier: String?
        package var carrierKind: String?
        package var bar: Int?
        package var needed: UInt64
        package var reserved: UInt64
        /// Nil where it is the firmware's choice.
        package var address: UInt64?
        package var register: RegisterEntry?
        package var missing: String?
        package var facts: [FactEntry]
        /// Nil where nothing of the guest's carries the region.
        package var exposure: BerthExposure?
    }

    package struct RegisterEntry: Codable, Hashable, Sendable {
        package var name: String
        package var offset: Int
        package var bits: Int
        package var writtenBy: String
    }

    /// A function that is somewhere else than in the guest as it was.
    package struct MoveEntry: Codable, Hashable, Sendable {
        package var device: String
        package var model: String
        /// QEMU's bus and slot.
        package var from: String
        package var to: String
        /// As the guest numbers the buses; nil where the guest, as it was, does not start.
        package var addressBefore: String?
        package var addressAfter: String?
        package var noticed: String?
    }

    package struct CandidateEntry: Codable, Hashable, Sendable {
        package var berth: BerthEntry
        package var rejected: Bool
        /// The smallest change after which no rule rejects it.
        package var fix: FixEntry?
        /// For a rejected one: `found`, `none` of the changes tried helps, or `stopped` before all were tried.
        package var search: String?
    }

    package struct FactEntry: Codable, Hashable, Sendable {
        /// `holds`, `costs`, `rejects`.
        package var verdict: String
        package var rule: String
        package var statement: String
        package var bytes: [String: UInt64]?
        package var addresses: [String: UInt64]?
        package var counts: [String: Int]?
        package var remedy: String?
    }

    /// Of a report of all candidates; a brief one has none.
    package init(_ report: PlanReport) {
        let guest = report.guest
        name = guest.name
        machine = guest.machine.name
        firmware = guest.firmware.description
        self.guest = guest.system.description
        qemu = guest.qemu.description
        device = guest.igd.map(Descriptions.identity) ?? ""
        platform = guest.igd?.platform?.rawValue
        generation = guest.igd?.platform?.generation.description
        proven = report.isProven
        feasible = report.plan != nil
        emittable = report.plan?.isEmittable ?? false
        verdict = report.plan?.verdict.level.rawValue
        sentence = report.plan.map { VerdictText.sentence($0.verdict) }
        plan = report.plan.map { $0.berths.map(BerthEntry.init) } ?? []
        reason = report.plan?.reason
        purpose = guest.purpose.rawValue
        settings = report.plan.map { SettingText.sentences($0.settings, rootBus: guest.machine.type.rootBus) } ?? []
        moves = report.plan.map { $0.moves.map { PlanDocument.MoveEntry($0, guest.machine.type, guest.system) } } ?? []
        more = report.plan.map { $0.more.map { FixEntry($0) } } ?? []
        candidates = report.candidates.map(CandidateEntry.init)
        if case .none(let reasons) = report.answer {
            fix = FixEntry(reasons.help)
            explanation = reasons.explanation.map(ExplanationEntry.init)
        }
    }
}

extension PlanDocument.MoveEntry {
    init(_ move: GuestMove, _ machine: MachineType, _ system: GuestOS) {
        device = move.name
        model = move.model
        from = move.slots.before.description
        to = move.slots.after.description
        addressBefore = move.addresses?.before.short
        addressAfter = move.addresses?.after.short
        noticed = MoveText.noticed(move, machine, system)
    }
}

extension PlanDocument.CandidateEntry {
    init(_ candidate: PlanReport.Candidate) {
        berth = PlanDocument.BerthEntry(candidate.berth)
        rejected = candidate.isRejected
        fix = candidate.help.flatMap(FixEntry.init)
        search = candidate.help.map { help in
            switch help {
            case .change: "found"
            case .nothing: "none"
            case .unfinished: "stopped"
            }
        }
    }
}

extension PlanDocument.BerthEntry {
    init(_ row: PlanReport.Berth) {
        let berth = row.berth
        exposure = row.exposure
        region = berth.region.rawValue
        strategy = berth.strategy.rawValue
        backing = Descriptions.kind(berth.backing)
        needed = berth.needed.rawValue
        reserved = berth.reserved.rawValue
        address = row.address.exact?.rawValue
        missing = berth.missingPiece?.description
        carrier = berth.slot.map { "00:\($0.slotText)" }
        carrierKind = berth.carrier?.rawValue
        if case .bar(_, let index, _) = berth.backing { bar = index.position }
        register = berth.register.map {
            PlanDocument.RegisterEntry(
                name: $0.name, offset: $0.offset, bits: $0.bits, writtenBy: berth.writer.description)
        }
        facts = row.judgements.map(PlanDocument.FactEntry.init)
    }
}

extension PlanDocument.FactEntry {
    init(_ judgement: Judgement) {
        let fact = judgement.fact
        verdict = Descriptions.kind(judgement)
        rule = fact.rule.rawValue
        statement = fact.statement.description
        remedy = fact.remedy?.description
        guard !fact.quantities.isEmpty else { return }
        var (bytes, addresses): ([String: UInt64], [String: UInt64]) = ([:], [:])
        var counts: [String: Int] = [:]
        for (name, quantity) in fact.quantities {
            switch quantity {
            case .bytes(let value): bytes[name] = value
            case .address(let value): addresses[name] = value
            case .count(let value): counts[name] = value
            case .text: break
            }
        }
        self.bytes = bytes.isEmpty ? nil : bytes
        self.addresses = addresses.isEmpty ? nil : addresses
        self.counts = counts.isEmpty ? nil : counts
    }
}
