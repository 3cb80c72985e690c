package import BerthBoot
package import BerthDiagnostics
import BerthPCI
import BerthStack
package import BerthTopology

/// Holds a prediction against a recording.
package enum RecordedComparison {
    /// The first difference, as one sentence; nil if everything predicted is equal.
    package static func firstDifference(_ recorded: RecordedCase) throws(InputError) -> String? {
        guard let observed = recorded.observed else { return "nothing was observed" }
        return try firstDifference(
            of: recorded.topology(source: recorded.name ?? "case"), from: observed, recorded: recorded)
    }

    /// The same for a guest that has just been observed when its firmware was done.
    package static func firstDifference(
        of topology: GuestTopology, from observed: Observation
    ) throws(InputError) -> String? {
        var atHandOver = topology
        atHandOver.guest = .firmwareOnly
        return try firstDifference(of: atHandOver, from: observed, recorded: nil)
    }

    private static func firstDifference(
        of topology: GuestTopology, from observed: Observation, recorded: RecordedCase?
    ) throws(InputError) -> String? {
        let tree = try topology.resolved()
        let boot = BootOutcome.run(topology, tree, then: recorded?.guestActions(tree) ?? [])
        let (outcome, guest) = (boot.firmware, boot.guest)
        let predicted = Observation(guest, after: outcome, tree: tree, topology: topology)
        if predicted.halted != observed.halted {
            return "halted: predicted \(predicted.halted ?? "no"), observed \(observed.halted ?? "no")"
        }
        return functions(predicted.functions ?? [], observed.functions ?? [])
            ?? memory(predicted.e820 ?? [], observed.e820 ?? [], outcome)
            ?? registers(outcome, topology, tree, observed.registers ?? [])
            ?? reservation(predicted.graphicsReservation ?? [], observed.graphicsReservation ?? [])
            ?? DecodeComparison.firstDifference(
                predicted.decode ?? [], observed.decode,
                repeatable: topology.guest == .firmwareOnly ? networkBoot(outcome, tree, topology) : [])
    }

    /// Whether the recorded memory map is as predicted: also of a guest whose functions show what an operating
    /// system made of them. Nil if it is, or if the firmware has none.
    package static func firstDifferenceInMemory(_ recorded: RecordedCase) throws(InputError) -> String? {
        let topology = try recorded.topology(source: recorded.name ?? "case")
        let tree = try topology.resolved()
        let outcome = FirmwareModels.model(for: topology.firmware).boot(topology, tree)
        return memory(
            Observation(outcome, tree: tree, topology: topology).e820 ?? [], recorded.observed?.e820 ?? [], outcome)
    }

    /// A network card whose driver iPXE has: present where any function carries a ROM.
    static func networkBoot(
        _ outcome: FirmwareOutcome, _ tree: PCITree, _ topology: GuestTopology
    ) -> [Observation.DecodeEvent] {
        guard tree.functions.contains(where: { $0[.rom] != nil }) else { return [] }
        return tree.functions.enumerated().flatMap { index, function in
            NetworkBoot.sizing(
                index, function, at: outcome.functions[index].addresses, of: topology.qemu,
                topology.firmware.kind)
        }.flatMap { Observation.DecodeEvent.rows($0, outcome, tree) }
    }

    private static func reservation(_ predicted: [Observation.Span], _ observed: [Observation.Span]) -> String? {
        let text = { (spans: [Observation.Span]) in
            spans.map { "\(Hexadecimal.string($0.start))-\(Hexadecimal.string($0.end))" }.joined(separator: ", ")
        }
        return predicted == observed
            ? nil : "graphicsReservation: predicted [\(text(predicted))], observed [\(text(observed))]"
    }

    static func functions(_ predicted: [Observation.Function], _ observed: [Observation.Function]) -> String? {
        let describe = { (f: Observation.Function) in
            "\(Hexadecimal.plain(f.bus, digits: 2)):\(Hexadecimal.plain(f.slot, digits: 2)).\(f.function)"
        }
        if predicted.map(describe) != observed.map(describe) {
            return "functions: predicted \(predicted.map(describe)), observed \(observed.map(describe))"
        }
        for (p, o) in zip(predicted, observed) where p != o {
            if p.vendor != o.vendor || p.device != o.device || p.class != o.class || p.id != o.id {
                return
                    "\(describe(p)): identity \(Hexadecimal.string(p.vendor)):\(Hexadecimal.string(p.device)) \(Hexadecimal.string(p.class)) \(p.id ?? "-"), observed \(Hexadecimal.string(o.vendor)):\(Hexadecimal.string(o.device)) \(Hexadecimal.string(o.class)) \(o.id ?? "-")"
            }
            if p.bridge != o.bridge {
                return
                    "\(describe(p)): bridge \(String(describing: p.bridge)), observed \(String(describing: o.bridge))"
            }
            for (pb, ob) in zip(p.bars, o.bars) where pb != ob {
                return
                    "\(describe(p)) \(pb.index.value): \(pb.size) at \(pb.address.map { Hexadecimal.string($0) } ?? "-"), observed \(ob.index.value) \(ob.size) at \(ob.address.map { Hexadecimal.string($0) } ?? "-")"
            }
            return "\(describe(p)): \(p.bars.count) BARs, observed \(o.bars.count)"
        }
        return nil
    }

    static func memory(
        _ predicted: [Observation.MemoryRange], _ observed: [Observation.MemoryRange], _ outcome: FirmwareOutcome
    ) -> String? {
        if outcome.otherMemoryMaps.contains(where: { $0.map(Observation.MemoryRange.init) == observed }) { return nil }
        for (p, o) in zip(predicted, observed) where p != o {
            return
                "e820: \(Hexadecimal.string(p.start))-\(Hexadecimal.string(p.end)) type \(p.type), observed \(Hexadecimal.string(o.start))-\(Hexadecimal.string(o.end)) type \(o.type)"
        }
        return predicted.count == observed.count ? nil : "e820: \(predicted.count) entries, observed \(observed.count)"
    }

    static func registers(
        _ outcome: FirmwareOutcome, _ topology: GuestTopology, _ tree: PCITree, _ observed: [Observation.Register]
    ) -> String? {
        for register in observed {
            let index = tree.functions.indices.first { tree.place(of: tree.functions[$0]) == register.bdf }
            let value =
                index.flatMap {
                    outcome.bytes(at: register.offset, of: $0).map(UInt64.init)
                        ?? preset(register.offset, tree.functions[$0], topology)
                } ?? 0
            if value != register.value {
                return
                    "\(register.name) of \(register.bdf): \(Hexadecimal.string(value)), observed \(Hexadecimal.string(register.value))"
            }
        }
        return nil
    }

    private static func preset(_ offset: Int, _ function: PCIFunction, _ topology: GuestTopology) -> UInt64? {
        guard case .device(let index) = function.origin else { return nil }
        return topology.devices[index].presets[offset].map(UInt64.init)
    }
}
