import BerthBoot
import BerthPCI
import BerthPlacement
import BerthTopology

/// Short words for the columns of a comparison.
enum ComparisonTerms {
    static func parties(_ traits: BerthTraits) -> [String] {
        traits.mustChange.isEmpty ? ["nobody"] : traits.mustChange.map(\.rawValue)
    }

    /// What every guest but the one as configured has; nil where nothing moves.
    static func room(_ report: ComparisonReport) -> String? {
        let sentences = SettingText.sentences(report.room, rootBus: report.guest.machine.type.rootBus)
        return sentences.isEmpty ? nil : "compared with room for the IGD: \(sentences.joined(separator: "; "))"
    }

    static func address(_ address: PredictedAddress) -> String {
        switch address {
        case .exact(let address): address.description
        case .below: "in RAM"
        case .chosenByQEMU: "QEMU's"
        case .none: "none"
        }
    }

    static func writes(_ writability: BerthTraits.Writability) -> String {
        writability == .hostMemory ? "host's" : writability.rawValue
    }

    static func exposure(_ level: Exposure.Level?) -> String {
        switch level {
        case nil: "-"
        case .onlyBeforeDriverLoads: "early"
        case .transientWhileInUse: "in use"
        case .never?, .broken?: level?.name ?? ""
        }
    }
}
