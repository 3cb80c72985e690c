import BerthDiagnostics

/// The bus of an address has a controller.
struct BusHasController: ReportedRule {
    let id: RuleID = "pci-bus-missing"
    let summary = "the bus of an address has a controller"
    let documentation = """
        bus= is the index of a PCI controller. Libvirt adds missing ones where it can.
        """
    let sources = ["libvirt 9.0.0 src/conf/domain_addr.c virDomainPCIAddressValidate"]
    let remedy: String? = "add the controller, or name another bus"
}
