import BerthDiagnostics

/// The index of a controller is unique among its type.
struct ControllerIndexOnce: ReportedRule {
    let id: RuleID = "duplicate-index"
    let summary = "the index of a controller is unique among its type"
    let documentation = """
        Addresses name a controller by type and index. USB controllers may share one, as companions.
        """
    let sources = ["libvirt 9.0.0 src/conf/domain_conf.c virDomainDefRejectDuplicateControllers"]
    let remedy: String? = "write another index"
}
