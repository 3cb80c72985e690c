import BerthBoot
import BerthDiagnostics
package import BerthHost
import BerthIGD
import BerthPCI
import BerthStack
import BerthTopology

/// What a problem looks at: a guest, simulated, and the region that is in question.
package struct Situation: Sendable {
    package let evaluation: Evaluation
    /// Nil: the guest as a whole.
    package let berth: RegionBerth?
    /// Of the region; `notNeeded` without one.
    package let state: RegionState
    /// What is known of the host beyond the IGD itself.
    package let host: HostInventory?

    package init(_ evaluation: Evaluation, _ berth: RegionBerth? = nil, host: HostInventory? = nil) {
        self.evaluation = evaluation
        self.berth = berth
        self.host = host
        state = berth.map { RegionState.of($0, in: evaluation) } ?? .notNeeded
    }

    var topology: GuestTopology { evaluation.topology }
    var qemu: IGDInQEMU? { evaluation.qemu }
    var guest: GuestOS { evaluation.topology.guest }
    var firmware: FirmwareKind { evaluation.topology.firmwareKind }
    var igd: IGDAssignment? { evaluation.topology.igd }
    var generation: Generation? { igd?.platform?.generation }
    var isAtVGASlot: Bool { igd?.slot == topology.rootSlot(2) }

    /// The fact that decides, if its effect is this one.
    func rejection(_ effect: Effect) -> Fact? {
        if case .rejected(let fact, effect) = state { fact } else { nil }
    }

    /// The firmware runs the ROM, and it is a video BIOS.
    var runsVideoBIOS: Bool { !firmware.isUEFI && igd?.rom.contents == .vbios }

    /// The firmware starts the ROM's drivers, and a GOP driver may be among them.
    var runsGOP: Bool { firmware.isUEFI && [.gop, .vfioIgdPkg, .hostBase].contains(igd?.rom.contents) }

    /// The region is there, in memory of the guest's own, at another address than the host's.
    var isRelocated: Bool {
        guard let berth, state == .served || rejection(.memoryUnused) != nil else { return false }
        return evaluation.isRelocated(berth)
    }
}

extension Evaluation {
    /// Stolen memory is the guest's own, at another address than the host's.
    func isRelocated(_ berth: RegionBerth) -> Bool {
        guard berth.region == .stolenMemory, berth.backing != .nothing else { return false }
        switch berth.combination.memory {
        case .guestRAM, .barRAM: break
        default: return false
        }
        guard let host = topology.igd?.hostStolenBase, let address = predictedAddress(of: berth).exact else {
            return true
        }
        return host.rawValue != address.rawValue
    }
}
