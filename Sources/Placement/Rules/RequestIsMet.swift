import BerthBoot
import BerthDiagnostics
import BerthIGD
import BerthPCI
import BerthTopology

/// A region that somebody in the guest uses has to be somewhere.
struct RequestIsMet: Rule {
    let id: RuleID = "request-is-met"
    let summary = "the guest gets the regions that somebody in it uses"
    let documentation = """
        Leaving a region out is an answer where nobody in the guest uses it, or not for its purpose: without a monitor (render) \
        i915 needs neither. It is a loss where somebody uses it and goes on without: i915 has no frame buffer compression and \
        no flicker-free start without stolen memory, and guesses the outputs without an OpRegion. Intel's Windows driver stops \
        without either, and a GOP driver whose stolen memory is missing draws into other memory: there it is no answer. Where \
        QEMU does not emulate BDSM the guest reads the host's: with RAM of its own there it was reported to work.
        """
    let sources = [
        "Linux drivers/gpu/drm/i915/gem/i915_gem_stolen.c i915_gem_init_stolen",
        "Linux drivers/gpu/drm/i915/display/intel_fbc.c, intel_display.c: FBC and the firmware's frame buffer are in stolen memory",
        "QEMU docs/igd-assign.txt, condition 1 and its footnote",
        "https://github.com/gangqizai/igd/pull/7",
    ]

    func judge(_ berth: RegionBerth, in evaluation: Evaluation) -> [Judgement] {
        guard berth.backing == .nothing, berth.needed > .zero else { return [] }
        let numbers: [String: Fact.Quantity] = ["needed": .bytes(berth.needed.rawValue)]
        if berth.needsLegacyMode, berth.missing.isEmpty, evaluation.qemu?.legacyMode != .on {
            return [
                .rejects(
                    Fact(id, "the size is hidden in legacy mode only, which this guest does not have", numbers),
                    effect(berth, evaluation))
            ]
        }
        switch RegionNeed.of(berth.region, evaluation.consumers, evaluation.topology.use) {
        case .idle: return [.holds(Fact(id, "nobody in this guest needs \(berth.region)", numbers))]
        case .wanted:
            return [
                .loses(
                    Fact(id, "the guest does without \(berth.region): \(loss(berth, evaluation))", numbers),
                    effect(berth, evaluation))
            ]
        // A hidden size is none to the driver, wherever the base is.
        case .needed
        where effect(berth, evaluation) == .hostAddress && !berth.needsLegacyMode
            && evaluation.topology.hasRAMAtHostBase:
            return [
                .loses(
                    Fact(
                        id,
                        """
                        BDSM shows the host's base, where the guest has RAM that nobody keeps free (reported to work with \
                        Windows 10)
                        """, numbers), .hostAddress)
            ]
        case .needed:
            return [
                .rejects(
                    Fact(
                        id, "the guest asks for \(berth.needed) of \(berth.region) and gets none", numbers,
                        remedy: "\(name: berth.region.rawValue): 0, to go without"), effect(berth, evaluation))
            ]
        }
    }

    /// Of what the first one that uses it goes without.
    private func loss(_ berth: RegionBerth, _ evaluation: Evaluation) -> Statement {
        let users = evaluation.consumers.filter { $0.region == berth.region && $0.access != .register }
        let user = (users.first { $0.phases.upperBound == .runtime } ?? users.first)?.name ?? "the driver"
        return switch (berth.region, evaluation.topology.guest.isLinux) {
        case (.stolenMemory, true): "\(name: user) has no frame buffer compression and no flicker-free start"
        case (.opRegion, true): "\(name: user) guesses the display outputs"
        case (_, false): "\(name: user) goes without"
        }
    }

    /// Where nobody emulates BDSM it shows the host's address.
    private func effect(_ berth: RegionBerth, _ evaluation: Evaluation) -> Effect {
        guard berth.region == .stolenMemory, let igd = evaluation.topology.igd, igd.platform?.bdsm != nil,
            !evaluation.emulatesOwnBDSM, igd.hostStolenBase?.rawValue != 0
        else { return .memoryMissing }
        return .hostAddress
    }
}
