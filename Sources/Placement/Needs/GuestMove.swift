import BerthBoot
import BerthDiagnostics
package import BerthPCI
package import BerthTopology

/// A function that a guest finds somewhere else once there is room for its IGD.
package struct GuestMove: Hashable, Sendable {
    /// The device's id.
    package let name: String
    /// QEMU's name of the model.
    package let model: String
    package let classCode: ClassCode
    package let isIGD: Bool
    /// Where QEMU is told to put it; the same where only the number of its bus changes.
    package let slots: Change<Slot>
    /// With the numbers that the firmware gives the buses; nil where the guest, as it was, does not start.
    package let addresses: Change<PCIAddress>?

    package struct Change<Place: Hashable & Sendable>: Hashable, Sendable {
        package let before: Place
        package let after: Place
    }
}

extension Planning {
    /// What the guest will notice of the room that was made for its IGD; empty where nothing had to move. Boots the guest as it
    /// was.
    package var moves: [GuestMove] {
        guard request.original != request.topology, let plan else { return [] }
        let before = Places(request.original)
        let after = Places(plan.evaluation)
        let moves = after.functions.compactMap { id, new -> GuestMove? in
            guard let slot = before.slots[id] else { return nil }
            let old = before.functions[id]
            let addresses = old.flatMap { old in old.address.flatMap { a in new.address.map { (a, $0) } } }
            guard slot != new.slot || addresses.map({ $0.0 != $0.1 }) ?? false else { return nil }
            return GuestMove(
                name: id, model: new.model, classCode: new.classCode, isIGD: id == request.igd.id,
                slots: .init(before: slot, after: new.slot),
                addresses: addresses.map { .init(before: $0.0, after: $0.1) })
        }
        return moves.sorted { a, b in
            if a.isIGD != b.isIGD { return a.isIGD }
            return (a.slots.after, a.name) < (b.slots.after, b.name)
        }
    }
}

/// Where the functions of a guest are, by the ids of their devices.
private struct Places {
    struct Found {
        var model: String
        var classCode: ClassCode
        var slot: Slot
        var address: PCIAddress?
    }

    /// As QEMU is told.
    var slots: [String: Slot]
    /// As the firmware finds them; none where QEMU does not start the guest.
    var functions: [String: Found] = [:]

    init(_ topology: GuestTopology) {
        slots = Self.slots(topology)
        let (tree, findings) = topology.resolve()
        guard !findings.contains(where: { $0.severity == .error }) else { return }
        find(tree, FirmwareModels.model(for: topology.firmware).boot(topology, tree))
    }

    init(_ evaluation: Evaluation) {
        slots = Self.slots(evaluation.topology)
        find(evaluation.tree, evaluation.outcome)
    }

    private static func slots(_ topology: GuestTopology) -> [String: Slot] {
        var slots = Dictionary(topology.devices.map { ($0.id, $0.slot) }) { first, _ in first }
        if let igd = topology.igd { slots[igd.id] = igd.slot }
        return slots
    }

    private mutating func find(_ tree: PCITree, _ outcome: FirmwareOutcome) {
        for function in tree.functions where slots[function.name] != nil {
            let bus = outcome.busNumbers.indices.contains(function.bus) ? outcome.busNumbers[function.bus] : nil
            functions[function.name] = Found(
                model: function.model, classCode: function.classCode, slot: tree.slot(of: function),
                address: bus.map { PCIAddress(bus: $0, devfn: function.devfn) })
        }
    }
}
