import BerthDiagnostics

/// The firmware has no place for all BARs and stops.
struct FirmwareStops: Problem {
    let id: RuleID = "firmware-stops"
    let summary = "the firmware stops before it starts anything"
    let documentation = """
        SeaBIOS prints that it is out of address space and stops for good; the screen stays black. A smaller BAR \
        or a larger hole helps.
        """
    let sources = [
        "SeaBIOS 1.16.2 src/fw/pciinit.c pci_bios_map_devices"
    ]
    let scope = ProblemScope.region

    func find(in situation: Situation) -> [Consequence] {
        guard let fact = situation.rejection(.firmwareHalts) else { return [] }
        return [consequence(.fails, .firmwareStops, fact.statement, fact.quantities, remedy: fact.remedy)]
    }
}
