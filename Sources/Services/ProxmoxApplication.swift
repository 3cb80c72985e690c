package import BerthDiagnostics
package import BerthHost
package import BerthPlacement
package import BerthProxmox
import BerthQEMU
package import BerthStack
package import BerthTopology

/// A plan, carried out in the file of a Proxmox VM.
package struct ProxmoxApplication: Sendable {
    package var application: Application
    /// The lines of the changed file that the IGD has to do with.
    package var lines: [String]
    /// What changed of them, and why.
    package var changes: [Finding]
}

extension Services {
    package typealias Adjustment = (inout GuestTopology) throws(InputError) -> Void

    /// The file with room for the IGD, and the guest that it makes then.
    package struct ProxmoxRoom: Sendable {
        package var patch: VMPatch
        package var guest: GuestTopology
        package var findings: [Finding]
    }

    /// Puts the IGD of a VM where it belongs, by what qemu-server has for it where it has something. `adding`: whether a VM without it
    /// gets it; never beside a share of it.
    ///
    /// Errors: what qemu-server refuses, no IGD (`InputError`); a device that cannot be moved (`EmissionRefusal`).
    package static func makingRoom(
        in document: VMDocument, host: HostInventory?, adding: Bool, stack: StackChoice, adjust: Adjustment = { _ in }
    ) throws -> ProxmoxRoom {
        var patch = VMPatch(document)
        var (guest, findings) = try Services.guest(of: document, stack: stack, host: host)
        try adjust(&guest)
        func again() throws {
            (guest, findings) = try Services.guest(of: patch.document, stack: stack, host: host)
            try adjust(&guest)
        }
        guard guest.sharedGraphics == nil else { return ProxmoxRoom(patch: patch, guest: guest, findings: findings) }
        if guest.igd == nil {
            guard adding else {
                throw InputError(
                    "'\(guest.name)' has no IGD; add a line 'hostpci0: 0000:00:02.0', or the host with --host",
                    rule: "no-igd",
                    at: SourceLocation(file: document.file))
            }
            try patch.addIGD()
            try again()
        }
        if guest.machine.type == .pc, guest.movesForIGD {
            try patch.useLegacyMode()
            try again()
        }
        // What has no slot of its own gets out of the way by itself, once the IGD is there.
        if let igd = guest.igd, let place = guest.withRoomForIGD.igd?.slot, igd.slot != place {
            try patch.move([(igd.id, place)])
            try again()
        }
        let others = guest.moves(to: guest.withRoomForIGD)
        if !others.isEmpty {
            try patch.move(others)
            try again()
        }
        return ProxmoxRoom(patch: patch, guest: guest, findings: findings)
    }

    /// Changes the file of a Proxmox VM as little as possible so that the best plan that released software can carry out holds.
    ///
    /// What comes out is read again: the guest that qemu-server makes of it is the one that was planned, and applying once more changes
    /// nothing. `writerFolder`: where Berth's own ROM will lie, should the plan need it; Proxmox looks for ROMs in its own folder.
    /// Other parameters and errors are those of a domain's `apply`.
    package static func apply(
        to document: VMDocument, host: HostInventory? = nil, rom: String? = nil,
        writerFolder: String = "/usr/share/kvm",
        restriction: Planner.Restriction = .init(), stack: StackChoice = StackChoice(), adjust: Adjustment = { _ in }
    ) throws -> ProxmoxApplication {
        var current = document
        var firstRound: ProxmoxRound?
        for _ in 0..<4 {
            let round = try ProxmoxRound(current, host, rom, writerFolder, restriction, stack, adjust)
            let told = firstRound ?? round
            firstRound = told
            if round.document == current {
                let application = Application(
                    bytes: current.bytes, before: document.text, after: current.text, findings: told.findings,
                    writerROM: round.writerROM, planning: round.planning, firstPlanning: told.planning)
                return ProxmoxApplication(
                    application: application, lines: VMPatch(current).lines, changes: told.changes)
            }
            current = round.document
        }
        throw EmissionRefusal(
            "apply-stable",
            "the plan changes the guest so that another plan is better, again and again: name a strategy")
    }
}

/// One planning and writing.
private struct ProxmoxRound {
    var document: VMDocument
    var findings: [Finding]
    var changes: [Finding] = []
    var planning: Planning?
    var writerROM: WriterROMFile?

    init(
        _ given: VMDocument, _ host: HostInventory?, _ rom: String?, _ folder: String,
        _ restriction: Planner.Restriction,
        _ stack: StackChoice,
        _ adjust: Services.Adjustment
    ) throws {
        var room = try Services.makingRoom(
            in: given, host: host, adding: host?.igd != nil, stack: stack, adjust: adjust)
        if let shared = room.guest.sharedGraphics {
            document = given
            findings =
                room.findings + [
                    Finding(
                        .note, "\(shared.statement); \(shared.advice)", rule: SharedGraphics.rule, at: shared.location)
                ]
            return
        }
        if let rom {
            try room.patch.setROM(.file(path: rom, contents: .vbios))
            (room.guest, room.findings) = try Services.guest(of: room.patch.document, stack: stack, host: host)
            try adjust(&room.guest)
        }
        var base = room.guest
        base.devices.removeAll { VMPatch.isPlanned($0.id) }
        if let host { base = base.adopting(host) }
        var original = try Services.guest(of: given, stack: stack, host: host).topology
        try adjust(&original)
        original.devices.removeAll { VMPatch.isPlanned($0.id) }
        let planning = try Services.plan(original, host: host, restriction: restriction, room: .given(base))
        self.planning = planning
        guard let plan = planning.plan, plan.missing.isEmpty else { throw Infeasible(planning, file: given.file) }
        var emittable = try plan.emittable()
        writerROM = try WriterROMFile(emittable, in: folder)
        if let path = writerROM?.path { emittable = emittable.withWriterROM(at: path) }
        let options = try ArgumentWriter.additions(to: emittable, where: VMPatch.isPlanned)
        try room.patch.carryOut(emittable, on: room.guest, additions: options.flatMap(\.words))
        document = room.patch.document
        let warnings = room.findings.assumed(without: host)
        changes = room.patch.findings
        findings = changes + warnings + plan.notes(file: given.file)
        let (written, _) = try Services.guest(of: document, stack: stack, host: host)
        try Self.check(written, holds: plan.topology)
    }

    /// Errors: qemu-server would give a device another address than the plan has.
    private static func check(_ guest: GuestTopology, holds plan: GuestTopology) throws(EmissionRefusal) {
        let slots = Dictionary(guest.devices.map { ($0.id, $0.slot) }, uniquingKeysWith: { first, _ in first })
        for device in plan.devices where slots[device.id] != device.slot {
            throw EmissionRefusal(
                "apply-address",
                "the VM would have '\(device.id)' at \(slots[device.id]?.description ?? "no address") and not at \(device.slot)"
            )
        }
        guard guest.igd?.slot == plan.igd?.slot else {
            throw EmissionRefusal("apply-address", "the VM would not have its IGD where the plan has it")
        }
    }
}

extension GuestTopology {
    /// What stands elsewhere in `other`.
    fileprivate func moves(to other: GuestTopology) -> [(id: String, slot: Slot)] {
        var moves: [(id: String, slot: Slot)] = []
        let slots = Dictionary(devices.map { ($0.id, $0.slot) }, uniquingKeysWith: { first, _ in first })
        for device in other.devices where slots[device.id] != device.slot { moves.append((device.id, device.slot)) }
        if let igd = other.igd, igd.slot != self.igd?.slot { moves.append((igd.id, igd.slot)) }
        return moves
    }
}
