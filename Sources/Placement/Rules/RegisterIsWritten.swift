import BerthBoot
import BerthDiagnostics
import BerthPCI
import BerthTopology

/// Somebody has to put the address into the register.
struct RegisterIsWritten: Rule {
    let id: RuleID = "register-is-written"
    let summary = "somebody writes the address into the register"
    let documentation = """
        Firmware that reserves memory writes the register itself, and QEMU could follow a BAR. A dummy BAR of a stock device \
        has no such helper: an option ROM or an early script has to copy its address. Windows offers no place for a script.
        """
    let sources = ["QEMU hw/vfio/igd.c: BDSM and ASLS are plain read/write registers, 0 at start"]

    func judge(_ berth: RegionBerth, in evaluation: Evaluation) -> [Judgement] {
        // QEMU follows the BAR; all others write an address once.
        if berth.writer != .guest, berth.writer != .qemu, let register = berth.register,
            let elsewhere = firstUseElsewhere(berth, evaluation)
        {
            return [
                .rejects(
                    Fact(
                        id,
                        "\(elsewhere.users[0]) uses \(berth.region.name) where \(register.name) does not point; first during "
                            + "\(elsewhere.phase), when \(elsewhere.cause)",
                        remedy: "a writer that acts after the carrier has its last address"))
            ]
        }
        guard berth.writer == .guest, let register = berth.register, let igd = evaluation.topology.igd else {
            return []
        }
        if let early = evaluation.consumers.first(where: {
            $0.region == berth.region && $0.isCertain && $0.access != .register && $0.phases.lowerBound < .drivers
        }) {
            return [
                .rejects(
                    Fact(
                        id,
                        "\(early.name) uses \(berth.region.name) before any script in the guest can write \(register.name)"
                            + (firstUseElsewhere(berth, evaluation).map {
                                "; first during \($0.phase), when \($0.cause)"
                            } ?? ""),
                        remedy: "an option ROM with VfioIgdPkg's IgdAssignmentDxe, or one without GOP"))
            ]
        }
        let address = evaluation.predictedAddress(of: berth)
        let place = Hexadecimal.string(register.offset)
        if evaluation.topology.guest.isWindows {
            return [
                .rejects(
                    Fact(
                        id, "nobody writes \(register.name) (\(place)) in a Windows guest before its driver reads it",
                        remedy: "a strategy whose firmware or ROM writes it"))
            ]
        }
        let copy =
            berth.region == .opRegion
            ? ", after it has copied fw_cfg etc/igd-opregion \(berth.carrier == nil ? "there" : "into the BAR")" : ""
        let write =
            register.bits == 64
            ? "two writes, \(place).l and \(Hexadecimal.string(register.offset + 4)).l"
            : "setpci -s 00:\(igd.slot.slotText) \(Hexadecimal.plain(register.offset)).l=\(Hexadecimal.plain(address.exact?.rawValue ?? 0))"
        return [
            .costs(
                Fact(
                    id, "an early script in the guest has to write \(register.name): \(write)\(copy)",
                    ["address": .address(address.exact?.rawValue ?? 0)]))
        ]
    }

    /// The first event that hurts because the register does not point at the carrier.
    private func firstUseElsewhere(_ berth: RegionBerth, _ evaluation: Evaluation) -> Exposure.Gap? {
        evaluation.exposure(of: berth)?.gaps.first { $0.kind == .registerElsewhere && !$0.users.isEmpty }
    }
}
