import BerthDiagnostics
import BerthTopology

/// Nobody likes an exclamation mark in the device manager.
struct CarrierLooksSane: Rule {
    let id: RuleID = "carrier-looks-sane"
    let summary = "the carrier does not look broken in Windows"
    let documentation = """
        A device without driver has an exclamation mark in Windows' device manager and asks for a driver. Class 0500 \
        (RAM controller) and 0601 (ISA bridge) are served by machine.inf, bridges by pci.sys.
        """
    let sources = [
        "SeaBIOS list, February 2016", "dxdiag and msinfo dumps: machine.inf, 'PCI standard RAM Controller'",
    ]

    func judge(_ berth: RegionBerth, in evaluation: Evaluation) -> [Judgement] {
        guard let carrier = berth.carrier, evaluation.topology.guest.isWindows else { return [] }
        if carrier == .bogusDevice {
            return [
                .costs(
                    Fact(
                        id, "the device shows an exclamation mark in the device manager",
                        remedy: "a RAM controller as carrier"))
            ]
        }
        return [.holds(Fact(id, "Windows has a driver for the class of the \(carrier)"))]
    }
}
