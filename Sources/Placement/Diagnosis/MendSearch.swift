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
    private var changes: [(fix: Fix, guest: GuestTopology, verdict: Verdict)]?

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
            return Mend(before: guest, after: found.guest, means: .byHand(found.fix))
        }
        return nil
    }

    /// Whether the problem is gone, the guest better, and nothing else lost. What a guest that does not come up loses besides
    /// shows only when it does.
    private func mends(_ id: RuleID, _ after: Verdict) -> Bool {
        guard !after.hasLoss(id), after.isBetter(than: verdict) else { return false }
        switch verdict.deciding?.symptom {
        case .refusesToStart, .hardwareError, .firmwareStops: return true
        default: return after.losses.allSatisfy { verdict.hasLoss($0.fact.rule) }
        }
    }

    private mutating func judgedSettings() -> [(guest: GuestTopology, verdict: Verdict)] {
        if let settings { return settings }
        let made = MendSpace(guest).guests.map { ($0, Verdict.of($0, host: host)) }
        settings = made
        return made
    }

    private mutating func judgedPlan(_ plan: Plan) -> Verdict {
        if let planned { return planned }
        // By what the guest does when that is written; a script in it is no part of a domain.
        let made = Verdict.of(plan.topology, host: host)
        planned = made
        return made
    }

    /// Single changes, of the guest as it is and of one whose settings are right: two by hand are a plan of one's own.
    private mutating func judgedChanges() -> [(fix: Fix, guest: GuestTopology, verdict: Verdict)] {
        if let changes { return changes }
        var made: [(fix: Fix, guest: GuestTopology, verdict: Verdict)] = []
        for base in [guest, prepared] where made.isEmpty || base != guest {
            guard let request = Request(base) else { continue }
            for entry in EditSpace(base, request.igd, freeSlots: request.freeSlots).entries {
                // Another OS is no mend of this one, and settings were tried.
                guard entry.edits.count == 1, let edit = entry.edits.first,
                    ![.guest, .igdSlot, .slot, .stolenMemory].contains(edit.kind)
                else { continue }
                let changed = edit.applied(to: base)
                // Another machine has no place for some of the devices: that is no guest, and none to boot.
                guard (try? changed.resolved()) != nil else { continue }
                let fix = Fix(edits: entry.edits, cost: entry.cost, guest: base)
                made.append((fix, changed, Verdict.of(changed, host: host)))
            }
        }
        // Under another firmware an installed OS does not start: last, whatever it costs in a plan.
        made = made.filter { !$0.fix.changesFirmware } + made.filter(\.fix.changesFirmware)
        changes = made
        return made
    }

    /// The guest with its IGD in its place and with an OpRegion to offer, which most of what is done by hand needs.
    private var prepared: GuestTopology {
        var room = guest.withRoomForIGD
        if room.igd?[property: "x-igd-opregion"] == nil { room.igd?.set("x-igd-opregion", .bool(true)) }
        return room
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

extension Fix {
    fileprivate var changesFirmware: Bool { edits.contains { $0.kind == .firmware } }
}
