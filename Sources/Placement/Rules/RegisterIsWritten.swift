import BerthBoot
import BerthDiagnostics
import BerthPCI
import BerthTopology

/// Somebody has to put the address into the register.
struct RegisterIsWritten: Rule {
    let id: RuleID = "register-is-written"
    let watchesBoot = true
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
                        """
                        \(name: elsewhere.users[0]) uses \(berth.region) where \(register) does not point; first during \
                        \(elsewhere.phase.description), when \(elsewhere.cause.description)
                        """, remedy: "a writer that acts after the carrier has its last address"), .memoryMissing)
            ]
        }
        guard berth.writer == .guest, let register = berth.register, let igd = evaluation.topology.igd else {
            return []
        }
        if let early = evaluation.consumers.first(where: {
            $0.region == berth.region && $0.isCertain && $0.access != .register && $0.phases.lowerBound < .drivers
        }) {
            let first: Statement? = firstUseElsewhere(berth, evaluation).map {
                "; first during \($0.phase.description), when \($0.cause.description)"
            }
            return [
                .rejects(
                    Fact(
                        id,
                        """
                        \(name: early.name) uses \(berth.region) before any script in the guest can write \(register)\
                        \(first)
                        """, remedy: "an option ROM with VfioIgdPkg's IgdAssignmentDxe, or one without GOP"),
                    .memoryMissing)
            ]
        }
        let address = evaluation.predictedAddress(of: berth)
        if evaluation.topology.guest.isWindows {
            return [
                .rejects(
                    Fact(
                        id,
                        """
                        nobody writes \(register) (\(offset: register.offset)) in a Windows guest before its driver reads it
                        """, remedy: "a strategy whose firmware or ROM writes it"), .memoryMissing)
            ]
        }
        let copy: Statement? =
            berth.region == .opRegion
            ? ", after it has copied fw_cfg etc/igd-opregion \(berth.carrier == nil ? "there" : "into the BAR")" : nil
        let value = address.exact?.rawValue ?? 0
        let write: Statement =
            register.bits == 64
            ? "two writes, \(offset: register.offset).l and \(offset: register.offset + 4).l"
            : "setpci -s \(short: igd.slot) \(digits: register.offset).l=\(digits: value)"
        return [
            .costs(
                Fact(
                    id, "an early script in the guest has to write \(register): \(write)\(copy)",
                    ["address": .address(value)]))
        ]
    }

    /// The first event that hurts because the register does not point at the carrier.
    private func firstUseElsewhere(_ berth: RegionBerth, _ evaluation: Evaluation) -> Exposure.Gap? {
        evaluation.exposure(of: berth)?.gaps.first { $0.kind == .registerElsewhere && !$0.users.isEmpty }
    }
}
