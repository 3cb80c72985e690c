import BerthDiagnostics
import BerthTopology

/// Windows has no driver for the carrier.
struct CarrierWithoutDriver: Problem {
    let id: RuleID = "carrier-without-driver"
    let summary = "Windows shows an exclamation mark on the carrier"
    let documentation = """
        A device that Windows has no driver for has an exclamation mark in the device manager, and may be \
        disabled.
        """
    let sources = [
        "SeaBIOS list, February 2016: shows an exclamation mark in Device Manager"
    ]
    let scope = ProblemScope.region

    func find(in situation: Situation) -> [Consequence] {
        guard situation.guest.isWindows, situation.berth?.carrier == .bogusDevice, let slot = situation.berth?.slot
        else {
            return []
        }
        return [
            consequence(
                .degraded, .exclamationMark, "Windows has no driver for the carrier at \(short: slot)",
                remedy: "a RAM controller as carrier")
        ]
    }
}
