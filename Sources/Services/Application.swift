package import BerthDiagnostics
package import BerthHost
import BerthLibvirtDomain
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
    /// The option ROM that the domain names, where it needs one.
    package var writerROM: WriterROMFile?
    /// What was chosen, and what speaks against the rest; nil where there is nothing to place.
    package var planning: Planning?
    /// That of the guest as it was given.
    var firstPlanning: Planning?
    /// What the guest notices of the room that was made for its IGD; works it out.
    package var moves: [GuestMove] { firstPlanning?.moves ?? [] }

    package var isUnchanged: Bool { before == after }
}

extension Services {
    /// Changes a libvirt domain as little as possible so that the best plan that released software can carry out holds.
    ///
    /// What comes out is read again: the guest that libvirt makes of it is the one that was planned, and applying once
    /// more changes nothing.
    /// `stack` names the releases, and `adjust` replaces what a domain does not say: firmware, guest OS. With a host, a
    /// domain without an IGD gets one; one that has a virtual function of it, or a mediated device, stays as it is. `rom`
    /// is the path of an option ROM for the IGD, and `writerFolder` where Berth's own will lie, should the plan need it.
    /// Errors: not a domain that libvirt takes, no IGD (`InputError`); no plan that can be written (`Infeasible`); what the
    /// document cannot say, or a plan that makes another one better in turn (`EmissionRefusal`).
    package static func apply(
        _ document: [UInt8], file: String, host: HostInventory? = nil, rom: String? = nil,
        writerFolder: String = WriterROMFile.usualFolder, restriction: Planner.Restriction = .init(),
        stack: StackChoice = StackChoice(), adjust: (inout GuestTopology) throws(InputError) -> Void = { _ in }
    ) throws -> Application {
        let first = try ReadDomain(document, file: file, stack: stack)
        var domain = first
        var firstRound: Round?
        var last = ""
        for _ in 0..<4 {
            let round = try Round(
                domain, host: host, rom: rom, writerFolder: writerFolder, restriction: restriction, stack: stack,
                adjust: adjust)
            let told = firstRound ?? round
            firstRound = told
            guard let next = round.next else {
                return Application(
                    bytes: domain.patch.bytes, before: first.patch.editor.original, after: domain.patch.editor.original,
                    findings: told.findings, writerROM: round.writerROM, planning: round.planning,
                    firstPlanning: told.planning)
            }
            domain = next
            last = round.names
        }
        throw EmissionRefusal(
            "apply-stable",
            "the plan changes the guest so that another plan is better, again and again: name a strategy; "
                + "the last was \(last)")
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

/// A text, taken to its guest once.
struct ReadDomain {
    let patch: DomainPatch
    let guest: GuestTopology
    let findings: [Finding]

    init(_ bytes: [UInt8], file: String, stack: StackChoice) throws(InputError) {
        patch = try DomainPatch(bytes, file: file, libvirt: stack.reader)
        let (guest, findings) = try Services.guest(of: patch.assigned, stack: stack)
        self.guest = guest
        self.findings = patch.remarks + findings
    }
}

/// One planning and writing.
private struct Round {
    /// What came out, read again; nil where it is what was there before.
    var next: ReadDomain?
    var findings: [Finding]
    var writerROM: WriterROMFile?
    var planning: Planning?
    var names: String

    init(
        _ domain: ReadDomain, host: HostInventory?, rom: String?, writerFolder: String,
        restriction: Planner.Restriction, stack: StackChoice, adjust: (inout GuestTopology) throws(InputError) -> Void
    ) throws {
        if let shared = domain.guest.sharedGraphics {
            names = ""
            findings =
                domain.findings + [
                    Finding(
                        .note, "\(shared.statement); \(shared.advice)", rule: SharedGraphics.rule, at: shared.location)
                ]
            return
        }
        var patch = domain.patch
        if let igd = domain.guest.igd, patch.assigned.igd == nil {
            throw InputError(
                "the IGD stands in <qemu:commandline>, which is left as it is; write it as <hostdev>, and it can be placed",
                rule: Services.hiddenIGDRule, at: igd.location ?? SourceLocation(file: patch.assigned.file))
        }
        var given = domain.guest
        try adjust(&given)
        try patch.makeRoom(
            takenSlots: domain.guest.takenRootSlots, adding: host?.igd != nil, rom: rom,
            moving: given.wantsIGDInItsPlace)
        var (guest, warnings) = (domain.guest, domain.findings)
        if patch.assigned != domain.patch.assigned {
            let (moved, findings) = try Services.guest(of: patch.assigned, stack: stack)
            (guest, warnings) = (moved, patch.remarks + findings)
        }
        try adjust(&guest)
        if let host { guest = guest.adopting(host) }
        let base = guest.withoutBerths
        let original = (host.map { given.adopting($0) } ?? given).withoutBerths
        let planning = try Services.plan(original, restriction: restriction, room: .given(base))
        self.planning = planning
        let file = patch.assigned.file
        guard let plan = planning.plan, plan.missing.isEmpty else { throw Infeasible(planning, file: file) }
        var emittable = try plan.emittable()
        writerROM = try WriterROMFile(emittable, in: writerFolder)
        if let path = writerROM?.path { emittable = emittable.withWriterROM(at: path) }
        try patch.carryOut(emittable, on: base)
        names = plan.berths.map(\.strategy.rawValue).joined(separator: ", ")
        findings = patch.findings + warnings.assumed(without: host) + plan.notes(file: file)
        let bytes = try patch.result()
        let written = bytes == patch.bytes ? domain : try ReadDomain(bytes, file: file, stack: stack)
        try Self.check(written.guest, holds: plan.topology)
        if bytes != patch.bytes { next = written }
    }

    /// Errors: libvirt would give a device another address than the plan has.
    private static func check(_ guest: GuestTopology, holds plan: GuestTopology) throws {
        let slots = Dictionary(guest.devices.map { ($0.planID, $0.slot) }, uniquingKeysWith: { first, _ in first })
        for device in plan.devices where slots[device.planID] != device.slot {
            throw EmissionRefusal(
                "apply-address",
                "libvirt would put '\(device.id)' at \(slots[device.planID]?.description ?? "no address") and not at "
                    + "\(device.slot); give it an address")
        }
    }
}

extension Plan {
    /// The plan in a line for each region, and what it costs.
    func notes(file: String) -> [Finding] {
        var findings: [Finding] = []
        for berth in berths {
            let place = SourceLocation(file: file)
            findings.append(
                Finding(
                    .note, "\(berth.region.name): \(berth.strategy), at \(evaluation.predictedAddress(of: berth))",
                    rule: "apply-plan", at: place))
            for judgement in evaluation.judgements[berth.region] where judgement.isCost || judgement.isLoss {
                findings.append(
                    Finding(.warning, judgement.fact.statement.description, rule: judgement.fact.rule, at: place))
            }
        }
        return findings
    }
}

extension Device {
    /// The id a plan gave it, without what libvirt wants in front.
    fileprivate var planID: String { DomainPatch.isPlanned(id) ? String(id.dropFirst("ua-".count)) : id }
}

extension GuestTopology {
    var takenRootSlots: Set<UInt8> {
        let tree = resolve().tree
        return Set(tree.buses[0].functions.map { tree.functions[$0].devfn >> 3 })
    }

    /// Without the devices that an earlier plan added.
    var withoutBerths: GuestTopology {
        var copy = self
        copy.devices.removeAll { DomainPatch.isPlanned($0.id) }
        return copy
    }
}

extension Services {
    /// The guest of a domain after libvirt gave addresses to what is left when there is room for its IGD.
    ///
    /// `adding`: whether a domain without the IGD gets it. `guest` is that of the domain as it is, with its purpose.
    /// Errors: what is no domain that libvirt takes; no slot for a device that has to leave.
    package static func makingRoom(
        in document: [UInt8], file: String, of guest: GuestTopology, adding: Bool, stack: StackChoice
    ) throws(InputError) -> GuestTopology {
        var patch = try DomainPatch(document, file: file, libvirt: stack.reader)
        // What stands in <qemu:commandline> is not libvirt's to move.
        if guest.igd != nil, patch.assigned.igd == nil { return guest.withRoomForIGD }
        try patch.makeRoom(takenSlots: guest.takenRootSlots, adding: adding, moving: guest.wantsIGDInItsPlace)
        return try Services.guest(of: patch.assigned, stack: stack).topology
    }
}

extension [Finding] {
    /// Without what was assumed and the host tells.
    package func assumed(without host: HostInventory?) -> [Finding] {
        filter { finding in
            switch finding.assumption {
            case .igdIdentity: host == nil
            case .hostAddressBits: host?.processor == nil
            case .shippedConfiguration, .guestOS, nil: true
            }
        }
    }
}
