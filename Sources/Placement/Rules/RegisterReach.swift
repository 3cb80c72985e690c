import BerthDiagnostics
import BerthPCI

/// The register must be able to hold the address.
struct RegisterReach: Rule {
    let id: RuleID = "register-reach"
    let watchesBoot = true
    let summary = "the register is wide enough for the address"
    let documentation = """
        BDSM has 32 bits up to gen 10 and 64 from gen 11; ASLS has 32 on every generation. OVMF places every 64-bit BAR \
        of a root bus above 4 GiB, SeaBIOS only what overflows: such a BAR cannot be pointed at by a 32-bit register.
        """
    let sources = [
        "Linux include/drm/intel/i915_drm.h INTEL_BSM", "QEMU docs/igd-assign.txt: both regions below 4 GiB",
    ]

    func judge(_ berth: RegionBerth, in evaluation: Evaluation) -> [Judgement] {
        guard let register = berth.register, let address = evaluation.predictedAddress(of: berth).exact else {
            return []
        }
        let numbers: [String: Fact.Quantity] = [
            "address": .address(address.rawValue), "limit": .address(register.maximum.rawValue),
            "bits": .count(register.bits),
        ]
        // The last byte has to be named, too; past 2^64 there is none.
        let last = address.advanced(by: max(berth.needed, 1) - 1)
        if let last, last <= register.maximum {
            return [.holds(Fact(id, "\(register), \(register.bits) bits, holds \(address)", numbers))]
        }
        return [
            .rejects(
                Fact(
                    id, "\(register) has \(register.bits) bits and cannot hold \(address)", numbers,
                    remedy: "a 32-bit BAR, or memory that the firmware reserves below 4 GiB"), .memoryMissing)
        ]
    }
}
