import BerthDiagnostics

/// The guest reaches the host's firmware.
struct HostFirmwareExposed: Problem {
    let id: RuleID = "host-firmware-exposed"
    let summary = "the guest can make the host's firmware act"
    let documentation = """
        The SWSCI mailbox of the OpRegion asks the host's firmware for things. A guest that can write to it \
        reaches code of the host's that was not written for that.
        """
    let sources = [
        "SeaBIOS list, 2 February 2016: the guest must not trigger host SCI or ACPI methods through SWSCI"
    ]
    let scope = ProblemScope.region

    func find(in situation: Situation) -> [Consequence] {
        guard let fact = situation.rejection(.hostExposed) else { return [] }
        return [consequence(.fails, .hostExposed, fact.statement, fact.quantities, remedy: fact.remedy)]
    }
}
