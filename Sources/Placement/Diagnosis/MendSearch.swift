import BerthDiagnostics
import BerthHost
import BerthIGD
import BerthPCI
import BerthStack
import BerthTopology

/// Finds the smallest change after which one problem of a guest is gone and the guest as a whole is better.
///
/// Settings that a domain can have come first, then the plan, then what has to be done by hand. Every change is judged once,
/// whatever the number of problems.
struct MendSearch {
    private let guest: GuestTopology
    private let verdict: Verdict
    private let host: HostInventory?
    private let plan: Plan?
    private var settings: [(guest: GuestTopology, verdict: Verdict)]?
    private var planned: Verdict?
    private var changes: [(entry: EditSpace.Entry, guest: GuestTopology, verdict: Verdict)]?

    init(_ guest: GuestTopology, _ verdict: Verdict, host: HostInventory?, plan: Plan?) {
        self.guest = guest
        self.verdict = verdict
        self.host = host
        self.plan = plan.flatMap { $0.missing.isEmpty ? $0 : nil }
    }

    mutating func mend(of consequence: Consequence) -> Mend? {
        let id = consequence.fact.rule
        if let found = judgedSettings().first(where: { mends(id, $0.verdict) }) {
            return Mend(before: guest, after: found.guest, means: .settings)
        }
        if let plan, mends(id, judgedPlan(plan)) {
            return Mend(before: guest, after: plan.topology, means: .plan)
        }
        if let found = judgedChanges().first(where: { mends(id, $0.verdict) }) {
            let fix = Fix(edits: found.entry.edits, cost: found.entry.cost, guest: guest)
            return Mend(before: guest, after: found.guest, means: .byHand(fix))
        }
        return nil
    }

    private func mends(_ id: RuleID, _ after: Verdict) -> Bool { !after.hasLoss(id) && after.isBetter(than: verdict) }

    private mutating func judgedSettings() -> [(guest: GuestTopology, verdict: Verdict)] {
        if let settings { return settings }
        let made = MendSpace(guest).guests.map { ($0, Verdict.of($0, host: host)) }
        settings = made
        return made
    }

    private mutating func judgedPlan(_ plan: Plan) -> Verdict {
        if let planned { return planned }
        let made = Verdict.of(plan.evaluation, host: host)
        planned = made
        return made
    }

    /// Single changes only: two by hand are a plan of one's own.
    private mutating func judgedChanges() -> [(entry: EditSpace.Entry, guest: GuestTopology, verdict: Verdict)] {
        if let changes { return changes }
        guard let request = Request(guest) else { return [] }
        let entries = EditSpace(guest, request.igd, freeSlots: request.freeSlots).entries.filter { entry in
            // Another OS is no mend of this one, and settings were tried.
            entry.edits.count == 1 && ![.guest, .igdSlot, .slot, .stolenMemory].contains(entry.edits[0].kind)
        }
        let made = entries.map { entry in
            let changed = entry.edits.reduce(guest) { $1.applied(to: $0) }
            return (entry, changed, Verdict.of(changed, host: host))
        }
        changes = made
        return made
    }
}

/// Settings that can be written into a guest as it is, the smallest change first: each a guest of its own.
struct MendSpace {
    let guests: [GuestTopology]

    init(_ guest: GuestTopology) {
        guard let igd = guest.igd else {
            guests = []
            return
        }
        let room = guest.withRoomForIGD
        let bases = room == guest ? [guest] : [guest, room]
        var found: [GuestTopology] = []
        if room != guest { found.append(room) }
        for base in bases { found += Self.single(igd, base) }
        // Two that mean something together: a size, and who offers it.
        for base in bases {
            for first in Self.single(igd, base) {
                guard let changed = first.igd else { continue }
                found += Self.single(changed, first)
            }
        }
        var seen: Set<GuestTopology> = [guest]
        guests = found.filter { seen.insert($0).inserted }
    }

    private static func single(_ igd: IGDAssignment, _ guest: GuestTopology) -> [GuestTopology] {
        properties(igd, guest.qemu).compactMap { property in
            guard guest.igd?[property: property.name] != property.value else { return nil }
            var copy = guest
            copy.igd?.set(property.name, property.value)
            return copy
        } + sizes(igd, guest) + withoutROM(guest)
    }

    private static func properties(_ igd: IGDAssignment, _ qemu: QEMURelease) -> [Property] {
        guard let era = qemu.igdEra else { return [] }
        var all: [Property] = [
            Property("x-igd-opregion", .bool(true)), Property("x-igd-opregion", .bool(false)),
            Property("x-vga", .bool(true)),
        ]
        if era >= .v10_0 { all += [Property("x-igd-lpc", .bool(true)), Property("x-igd-lpc", .bool(false))] }
        if qemu.switchesLegacyMode {
            all += ["off", "auto"].map { Property("x-igd-legacy-mode", .text($0)) }
        }
        if qemu.overridesClassCode { all.append(Property("x-pci-class-code", .number(0x3_0000))) }
        return all
    }

    /// The host's own size first, which no driver complains about.
    private static func sizes(_ igd: IGDAssignment, _ guest: GuestTopology) -> [GuestTopology] {
        guard let encoding = igd.platform?.stolenEncoding else { return [] }
        let wanted = [igd.hostStolenMemory, igd.stolenMemory, .mib(64)].filter { $0 > .zero }
        var seen: Set<UInt8> = []
        return wanted.compactMap { size in
            guard let gms = encoding.gms(for: size), seen.insert(gms).inserted,
                guest.igd?[property: "x-igd-gms"] != .number(UInt64(gms))
            else { return nil }
            var copy = guest
            copy.igd?.stolenMemory = size
            copy.igd?.set("x-igd-gms", .number(UInt64(gms)))
            return copy
        }
    }

    private static func withoutROM(_ guest: GuestTopology) -> [GuestTopology] {
        guard guest.igd?.rom != IGDAssignment.ROM.none else { return [] }
        var copy = guest
        copy.igd?.rom = .none
        return [copy]
    }
}
