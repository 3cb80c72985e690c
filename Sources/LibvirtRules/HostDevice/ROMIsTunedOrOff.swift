import BerthDiagnostics

/// A disabled ROM has no other options.
struct ROMIsTunedOrOff: ReportedRule {
    let id: RuleID = "rom-disabled"
    let summary = "a disabled ROM has no other options"
    let documentation = """
        enabled='no' means that there is no ROM, so bar= and file= say nothing.
        """
    let sources = ["libvirt 9.0.0 src/conf/domain_conf.c virDomainDeviceInfoParseXML"]
    let remedy: String? = "remove enabled='no', or bar= and file="
}
