import BerthDiagnostics

/// QEMU refuses the guest.
struct GuestDoesNotStart: Problem {
    let id: RuleID = "guest-does-not-start"
    let summary = "QEMU does not start the guest"
    let documentation = """
        QEMU refuses properties that the release or the device does not allow, and two devices in one slot. \
        Nothing else matters then.
        """
    let sources = [
        "QEMU hw/vfio/igd.c: errors of realize"
    ]
    let scope = ProblemScope.region

    func find(in situation: Situation) -> [Consequence] {
        guard let fact = situation.rejection(.startRefused) else { return [] }
        return [consequence(.fails, .refusesToStart, fact.statement, fact.quantities, remedy: fact.remedy)]
    }
}
