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
    /// The register is 0, or holds what is no address of the region.
    case missing(Fact)
    /// BDSM points at memory that the firmware reserves by itself: less than was asked for, or not this berth.
    case elsewhere(Fact)
    /// The register shows the host's address, which means nothing in the guest.
    case hostAddress(Fact)
    /// It is there, and goes away under those who use it.
    case vanishes(Fact)
    /// It is the host's own, with more behind it than the guest may reach.
    case exposed(Fact)
    /// There can be no such berth in this guest.
    case impossible(Fact)
    /// QEMU or the firmware does not get as far as that.
    case noGuest(Fact)

    package var fact: Fact? {
        switch self {
        case .notNeeded, .served: nil
        case .missing(let fact), .elsewhere(let fact), .hostAddress(let fact), .vanishes(let fact),
            .exposed(let fact), .impossible(let fact), .noGuest(let fact):
            fact
        }
    }

    /// From what the rules say of the berth: the first rejection decides, and one that keeps the guest from running
    /// before all others.
    package static func of(_ berth: RegionBerth, in evaluation: Evaluation) -> RegionState {
        let rejections = evaluation.rejections(of: berth.region)
        guard let first = rejections.first else { return berth.backing == .nothing ? .notNeeded : .served }
        if evaluation.outcome.halted != nil || !evaluation.conflicts.isEmpty {
            return .noGuest(rejections.first { $0.rule == "fits-the-hole" } ?? first)
        }
        let support = rejections.first { $0.rule == "qemu-support" }
        if let support, evaluation.qemu?.startFailure != nil { return .noGuest(support) }
        if let support, berth.region == .stolenMemory, evaluation.qemu?.emulatedBDSM == nil {
            return .hostAddress(support)
        }
        switch first.rule {
        case "opregion-private": return .exposed(first)
        case "carrier-not-disabled": return .vanishes(first)
        case "driver-owns-carrier" where berth.carrier == .igd: return .vanishes(first)
        case "asls-is-address", "firmware-support", "fits-the-hole", "qemu-support", "register-is-written",
            "register-reach", "request-is-met":
            return berth.region == .stolenMemory && evaluation.firmwareBase != nil ? .elsewhere(first) : .missing(first)
        default: return .impossible(first)
        }
    }
}

extension Evaluation {
    /// Where BDSM points because the firmware reserved what QEMU asks it for by default, whatever the berth; nil where
    /// it stays 0, or the guest does not read what was written.
    var firmwareBase: GuestPhysicalAddress? {
        guard let register = topology.igd?.platform?.bdsm, qemu?.emulatedBDSM?.offset == register.offset else {
            return nil
        }
        return firmwareWrote(to: register.offset)
    }

    /// An address that the firmware wrote to a register of the IGD; nil for 0.
    func firmwareWrote(to offset: Int) -> GuestPhysicalAddress? {
        guard let igd = topology.igd.flatMap({ tree.index(at: $0.slot) }),
            let value = outcome.register(offset, of: igd), value != 0
        else { return nil }
        return GuestPhysicalAddress(value)
    }
}
