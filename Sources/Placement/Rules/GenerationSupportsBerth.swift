import BerthDiagnostics
import BerthIGD
import BerthPCI
import BerthTopology

/// The device must be one that can be passed through, and have the register.
struct GenerationSupportsBerth: Rule {
    let id: RuleID = "generation-support"
    let summary = "this generation can be assigned and has the register"
    let documentation = """
        Before gen 6 the control word sits in the host bridge, which a guest does not get. From Meteor Lake on there is no \
        BDSM and nothing to place. Sizes are codes: 32 MiB steps, from gen 9 also 4 MiB steps up to 60 MiB.
        """
    let sources = ["Linux arch/x86/kernel/early-quirks.c; QEMU docs/igd-assign.txt: Sandy Bridge and newer"]

    func judge(_ berth: RegionBerth, in evaluation: Evaluation) -> [Judgement] {
        guard let igd = evaluation.topology.igd else { return [] }
        guard let platform = igd.platform else {
            return [reject("\(vendor: 0x8086, device: igd.device) is not an IGD that we know", nil)]
        }
        guard platform.isSupportedForPassthrough else {
            return [
                reject(
                    "\(platform) (\(platform.generation)) cannot be assigned: its control word sits in the host bridge",
                    "an IGD of gen 6 or later")
            ]
        }
        guard berth.region == .stolenMemory, berth.backing != .nothing else { return [] }
        guard let encoding = platform.stolenEncoding, berth.register != nil else {
            return [
                reject("\(platform) has no BDSM register; its stolen memory is inside BAR 2", "nothing to place")
            ]
        }
        guard case .reservedRAM = berth.backing else { return [] }
        if encoding.gms(for: berth.needed) == nil {
            return [
                .rejects(
                    Fact(
                        id, "\(berth.needed) of stolen memory is no size that \(platform) has a code for",
                        ["needed": .bytes(berth.needed.rawValue)], remedy: "a multiple of 32 MiB"), .impossible)
            ]
        }
        return [.holds(Fact(id, "\(platform) (\(platform.generation)) has a code for \(berth.needed)"))]
    }

    private func reject(_ statement: Statement, _ remedy: Statement?) -> Judgement {
        .rejects(Fact(id, statement, remedy: remedy), .impossible)
    }
}
