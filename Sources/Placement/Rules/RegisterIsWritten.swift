import BerthBoot
import BerthDiagnostics
import BerthPCI
import BerthStack
import BerthTopology

/// Somebody has to put the address into the register.
struct RegisterIsWritten: Rule {
    let id: RuleID = "register-is-written"
    let watchesBoot = true
    let summary = "somebody writes the address into the register"
    let documentation = """
        Firmware that reserves memory writes the register itself, and QEMU could follow a BAR. A dummy BAR of a stock device \
        has no such helper: Berth's option ROM or an early script has to copy its address. Windows offers no place for a \
        script. The ROM looks before it acts, and leaves alone what it cannot finish.
        """
    let sources = ["QEMU hw/vfio/igd.c: BDSM and ASLS are plain read/write registers, 0 at start"]

    func judge(_ berth: RegionBerth, in evaluation: Evaluation) -> [Judgement] {
        let ofROM = berth.writer == .writerROM ? berth.register.map { byWriterROM(berth, $0, evaluation) } : nil
        // What it leaves alone is used elsewhere because of that.
        if let ofROM, ofROM.isRejection { return [ofROM] }
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
        if let ofROM { return [ofROM] }
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

    /// Berth's option ROM, by what the boot says of it.
    private func byWriterROM(
        _ berth: RegionBerth, _ register: TargetRegister, _ evaluation: Evaluation
    ) -> Judgement {
        guard let result = evaluation.outcome.writerResult(for: berth.region) else {
            return .rejects(
                Fact(
                    id, "the firmware does not start the ROM that would write \(register): its ROM BAR has no place",
                    remedy: "fewer or smaller BARs"), .memoryMissing)
        }
        // Of what nobody has yet, the ROM would find the memory behind the BAR.
        guard result.failure == nil || !berth.missing.isEmpty && result.failure == .doesNotKeep else {
            return leftAlone(result, berth, register, evaluation)
        }
        let place: Statement = evaluation.topology.registerWriterSlot.map { " on \(short: $0)" } ?? ""
        let moved: Statement? = zip(result.found, result.moved).map {
            ", moves the BAR from \(address: $0) to \(address: $1)"
        }
        let numbers: [String: Fact.Quantity] = ["address": .address(result.moved ?? result.found ?? 0)]
        return .costs(
            Fact(
                id,
                """
                Berth's option ROM\(place) writes \(register)\(moved) (measured: firmware, Linux; not: a real IGD, i915, \
                Windows)
                """, numbers))
    }

    private func leftAlone(
        _ result: RegisterWriterResult, _ berth: RegionBerth, _ register: TargetRegister, _ evaluation: Evaluation
    ) -> Judgement {
        guard let failure = result.failure else { return .holds(Fact(id, "\(register) is written")) }
        let remedy: Statement? =
            switch failure {
            case .outOfReach, .noRoom: evaluation.topology.waysToKeepBARsLow
            case .noFile: "x-igd-opregion=on"
            case .noDisplay, .noCarrier, .noBAR, .unassigned, .fileLargerThanBAR, .doesNotKeep: nil
            }
        return .rejects(
            Fact(
                id, "Berth's option ROM leaves \(register) alone: \(failure.statement)",
                ["address": .address(result.found ?? 0)], remedy: remedy), .memoryMissing)
    }

    private func zip<A, B>(_ a: A?, _ b: B?) -> (A, B)? {
        guard let a, let b else { return nil }
        return (a, b)
    }

    /// The first event that hurts because the register does not point at the carrier.
    private func firstUseElsewhere(_ berth: RegionBerth, _ evaluation: Evaluation) -> Exposure.Gap? {
        evaluation.exposure(of: berth)?.gaps.first { $0.kind == .registerElsewhere && !$0.users.isEmpty }
    }
}

extension GuestTopology {
    /// What keeps 64-bit BARs below 4 GiB, as far as this firmware listens to anything.
    fileprivate var waysToKeepBARsLow: Statement {
        switch firmware.lowBARSetting {
        case .file(let name, let text, let effect):
            "fw_cfg \(name: "\(name)=\(text)"), \(effect); or less stolen memory"
        case .noLongMode: "less stolen memory; or, for a 32-bit guest, a processor without long mode (lm=off)"
        case nil: "less stolen memory"
        }
    }
}
