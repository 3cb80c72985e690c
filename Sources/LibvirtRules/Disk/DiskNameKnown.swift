import BerthDiagnostics

/// A disk without address has a name that gives one.
struct DiskNameKnown: ReportedRule {
    let id: RuleID = "disk-name"
    let summary = "a disk without address has a name that gives one"
    let documentation = """
        vda, sdb, hdc: the letters say which unit of which controller.
        """
    let sources = ["libvirt 9.0.0 src/conf/domain_postparse.c virDomainDiskDefPostParse"]
    let remedy: String? = "write a target such as dev='vda'"
}
