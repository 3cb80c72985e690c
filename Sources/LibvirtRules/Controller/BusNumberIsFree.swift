import BerthDiagnostics

/// There is a bus number for every expander bus.
struct BusNumberIsFree: ReportedRule {
    let id: RuleID = "bus-number"
    let summary = "there is a bus number for every expander bus"
    let documentation = """
        Libvirt counts down from 254 in steps of two.
        """
    let sources = ["libvirt 9.0.0 src/qemu/qemu_domain_address.c qemuDomainAddressFindNewBusNr"]
    let remedy: String? = "write busNr= of the expander buses"
}
