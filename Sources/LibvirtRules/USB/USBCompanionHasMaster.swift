import BerthDiagnostics

/// USB companions have a master.
struct USBCompanionHasMaster: ReportedRule {
    let id: RuleID = "usb-companion"
    let summary = "USB companions have a master"
    let documentation = """
        UHCI controllers of ICH9 are companions of an EHCI controller with the same index.
        """
    let sources = ["libvirt 9.0.0 src/conf/domain_conf.c virDomainDefControllersParse"]
    let remedy: String? = "add <controller type='usb' model='ich9-ehci1'/> of that index"
}
