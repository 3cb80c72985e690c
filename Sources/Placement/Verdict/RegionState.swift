import BerthBoot
package import BerthDiagnostics
import BerthIGD
import BerthPCI
import BerthTopology

/// How those who use a region will find it.
package enum RegionState: Hashable, Sendable {
    /// Nobody needs it.
    case notNeeded
    /// The register points at memory that is there.
    case served
    /// A rule rejects the berth, or says what is lost with it; the fact and what that comes to.
    case rejected(Fact, Effect)

    package var fact: Fact? { if case .rejected(let fact, _) = self { fact } else { nil } }

    /// From what the rules say of the berth: what has the worst effect decides, of several the first by the id of
    /// its rule.
    package static func of(_ berth: RegionBerth, in evaluation: Evaluation) -> RegionState {
        var worst: (fact: Fact, effect: Effect)?
        for judgement in evaluation.judgements[berth.region] {
            guard let effect = judgement.effect else { continue }
            if let worst, worst.effect <= effect { continue }
            worst = (judgement.fact, effect)
        }
        if let worst {
            // Stolen memory that is missing of the berth may be there of another: rules do not look at that.
            let isThere = worst.effect == .memoryMissing && berth.region == .stolenMemory
            return .rejected(worst.fact, isThere && evaluation.firmwareBase != nil ? .memoryElsewhere : worst.effect)
        }
        return berth.backing == .nothing ? .notNeeded : .served
    }
}

extension Evaluation {
    /// Where BDSM points because the firmware reserved what QEMU asks it for by default, whatever the berth; nil where
    /// it stays 0, or the guest does not read what was written.
    var firmwareBase: GuestPhysicalAddress? {
        guard let register = topology.igd?.platform?.bdsm, emulatesOwnBDSM else { return nil }
        return firmwareWrote(to: register.offset)
    }

    /// Whether QEMU emulates BDSM where the device has it; else the guest reads the host's there.
    var emulatesOwnBDSM: Bool {
        guard let register = topology.igd?.platform?.bdsm else { return false }
        return qemu?.emulatedBDSM?.offset == register.offset
    }

    /// An address that the firmware wrote to a register of the IGD; nil for 0.
    func firmwareWrote(to offset: Int) -> GuestPhysicalAddress? {
        guard let igd = topology.igd.flatMap({ tree.index(at: $0.slot) }),
            let value = outcome.register(offset, of: igd), value != 0
        else { return nil }
        return GuestPhysicalAddress(value)
    }
}
