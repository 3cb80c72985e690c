package import BerthDiagnostics
package import BerthHost
import BerthLibvirtEditing
package import BerthPlacement
package import BerthStack
package import BerthTopology
import BerthXML

/// A plan, carried out in a user's own domain XML.
package struct Application: Sendable {
    /// The whole document, in its own encoding.
    package var bytes: [UInt8]
    /// The same as text, before and after, for showing.
    package var before: String
    package var after: String
    /// What moved (notes), what the plan is and what it costs (warnings).
    package var findings: [Finding]
    /// What was chosen, and what speaks against the rest; nil where there is nothing to place.
    package var planning: Planning?

    package var isUnchanged: Bool { before == after }
}

extension Services {
    /// Changes a libvirt domain as little as possible so that the best plan that released software can carry out holds.
    ///
    /// What comes out is read again: the guest that libvirt makes of it is the one that was planned, and applying once
    /// more changes nothing.
    /// `stack` names the releases, and `adjust` replaces what a domain does not say: firmware, guest OS. With a host, a
    /// domain without an IGD gets one; one that has a virtual function of it, or a mediated device, stays as it is. `rom`
    /// is the path of an option ROM for the IGD.
    /// Errors: not a domain that libvirt takes, no IGD (`InputError`); no plan (`EmissionRefusal`).
    package static func apply(
        _ document: [UInt8], file: String, host: HostInventory? = nil, rom: String? = nil,
        restriction: Planner.Restriction = .init(), stack: StackChoice = StackChoice(),
        adjust: (inout GuestTopology) throws(InputError) -> Void = { _ in }
    ) throws -> Application {
        var bytes = document
        var round: Round?
        var findings: [Finding] = []
        for number in 0..<4 {
            let next = try Round(
                bytes, file: file, host: host, rom: rom, restriction: restriction, stack: stack, adjust: adjust)
            if number == 0 { findings = next.findings }
            guard next.bytes != bytes else {
                let texts = try DomainText.readable(document, bytes, file: file)
                return Application(
                    bytes: bytes, before: texts.before, after: texts.after, findings: findings, planning: next.planning)
            }
            bytes = next.bytes
            round = next
        }
        throw EmissionRefusal(
            "apply-stable",
            "the plan changes the guest so that another plan is better, again and again: name a strategy; "
                + "the last was \(round?.names ?? "none")")
    }
}

/// There is no plan, or none that released software can carry out.
package struct Infeasible: Error, Sendable {
    /// Why each candidate was not taken.
    package var findings: [Finding]

    init(_ planning: Planning, file: String) {
        let place = SourceLocation(file: file)
        findings = [
            Finding(.error, "there is no plan that can be applied to this guest", rule: "infeasible", at: place)
        ]
        for region in Region.allCases {
            for option in planning.options(for: region) {
                let fact = option.judgements.first(where: \.isRejection)?.fact
                guard let reason = fact?.statement ?? option.berth.missingPiece else { continue }
                let help = fact?.remedy.map { "; would help: \($0)" } ?? ""
                let finding = Finding(
                    .note, "\(region.name): \(option.berth.strategy): \(reason)\(help)",
                    rule: fact?.rule ?? "emission", at: place)
                if !findings.contains(finding) { findings.append(finding) }
            }
        }
    }
}

/// One reading, planning and writing.
private struct Round {
    var bytes: [UInt8]
    var findings: [Finding]
    var planning: Planning?
    var names: String

    init(
        _ document: [UInt8], file: String, host: HostInventory?, rom: String?, restriction: Planner.Restriction,
        stack: StackChoice, adjust: (inout GuestTopology) throws(InputError) -> Void
    ) throws {
        var room = try DomainPatch(document, file: file)
        let (given, remarks) = try Self.guest(room, file: file, host: nil, stack: stack, adjust: { _ in })
        if let shared = given.sharedGraphics {
            bytes = document
            names = ""
            findings =
                remarks + [
                    Finding(
                        .note, "\(shared.statement); \(shared.advice)", rule: SharedGraphics.rule, at: shared.location)
                ]
            return
        }
        try room.makeRoom(takenSlots: given.takenRootSlots, adding: host?.igd != nil, rom: rom)
        var patch = try DomainPatch(try room.result(), file: file)
        let (guest, warnings) = try Self.guest(patch, file: file, host: host, stack: stack, adjust: adjust)
        let base = guest.withoutBerths
        let planning = try Services.plan(base, restriction: restriction)
        self.planning = planning
        guard let plan = planning.plan, plan.missing.isEmpty else { throw Infeasible(planning, file: file) }
        try patch.carryOut(try plan.emittable(), on: base)
        bytes = try patch.result()
        names = plan.berths.map(\.strategy.rawValue).joined(separator: ", ")
        let known = host == nil ? warnings : warnings.filter { $0.assumption != .igdIdentity }
        findings = room.findings + known + Self.findings(of: plan, file: file)
        try Self.check(bytes, file: file, holds: plan.topology, stack: stack)
    }

    private static func guest(
        _ patch: DomainPatch, file: String, host: HostInventory?, stack: StackChoice,
        adjust: (inout GuestTopology) throws(InputError) -> Void
    ) throws(InputError) -> (topology: GuestTopology, findings: [Finding]) {
        var (topology, findings) = try Services.guest(of: patch.editor.document, file: file, stack: stack)
        try adjust(&topology)
        if let host { topology = topology.adopting(host) }
        return (topology, findings)
    }

    /// The plan in a line for each region, and what it costs.
    private static func findings(of plan: Plan, file: String) -> [Finding] {
        var findings: [Finding] = []
        for berth in plan.berths {
            let place = SourceLocation(file: file)
            findings.append(
                Finding(
                    .note, "\(berth.region.name): \(berth.strategy), at \(plan.evaluation.predictedAddress(of: berth))",
                    rule: "apply-plan", at: place))
            for judgement in plan.evaluation.judgements[berth.region] where judgement.isCost {
                findings.append(
                    Finding(.warning, judgement.fact.statement.description, rule: judgement.fact.rule, at: place))
            }
        }
        return findings
    }

    /// Errors: libvirt would give a device another address than the plan has.
    private static func check(
        _ bytes: [UInt8], file: String, holds plan: GuestTopology, stack: StackChoice
    ) throws {
        let patch = try DomainPatch(bytes, file: file)
        let (guest, _) = try guest(patch, file: file, host: nil, stack: stack, adjust: { _ in })
        let slots = Dictionary(guest.devices.map { ($0.planID, $0.slot) }, uniquingKeysWith: { first, _ in first })
        for device in plan.devices where slots[device.planID] != device.slot {
            throw EmissionRefusal(
                "apply-address",
                "libvirt would put '\(device.id)' at \(slots[device.planID]?.description ?? "no address") and not at "
                    + "\(device.slot); give it an address")
        }
    }
}

extension Device {
    /// The id a plan gave it, without what libvirt wants in front.
    fileprivate var planID: String { DomainPatch.isPlanned(id) ? String(id.dropFirst("ua-".count)) : id }
}

extension GuestTopology {
    fileprivate var takenRootSlots: Set<UInt8> {
        let tree = resolve().tree
        return Set(tree.buses[0].functions.map { tree.functions[$0].devfn >> 3 })
    }

    /// Without the devices that an earlier plan added.
    fileprivate var withoutBerths: GuestTopology {
        var copy = self
        copy.devices.removeAll { DomainPatch.isPlanned($0.id) }
        return copy
    }
}
