import BerthDiagnostics

/// The model of a device is one libvirt knows.
struct ModelIsKnown: ReportedRule {
    let id: RuleID = "device-model"
    let summary = "the model of a device is one libvirt knows"
    let documentation = """
        Each kind of device has its list of models, types or buses.
        """
    let sources = ["libvirt 9.0.0 src/conf/domain_conf.c the DefParseXML functions"]
    let remedy: String? = "write a name from libvirt's list, or remove it"
}
