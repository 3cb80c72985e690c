import BerthDiagnostics
import BerthTopology

/// The region goes away under its users.
struct RegionVanishes: Problem {
    let id: RuleID = "region-vanishes"
    let summary = "the region goes away while somebody uses it"
    let documentation = """
        One bit of a command register switches all BARs of a function. While it is off, the GPU's accesses have \
        no target: the picture goes black and the IOMMU reports faults.
        """
    let sources = [
        "SeaBIOS list, 13 February 2016: the BAR must stay mapped while it is in use",
        "Linux 6.1 drivers/pci/probe.c __pci_read_base",
    ]
    let scope = ProblemScope.region

    func find(in situation: Situation) -> [Consequence] {
        guard let fact = situation.rejection(.vanishes) else { return [] }
        if situation.guest.isWindows, situation.berth?.carrier == .igd {
            return [consequence(.fails, .code43, fact.statement, fact.quantities, remedy: fact.remedy)]
        }
        let symptom = situation.runsGOP && situation.berth?.region == .stolenMemory ? Symptom.blackScreen : .dmarFaults
        return [consequence(.fails, symptom, fact.statement, fact.quantities, remedy: fact.remedy)]
    }
}
