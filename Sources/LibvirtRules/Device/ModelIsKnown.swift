import BerthDiagnostics
import BerthStack
import BerthXML

/// The model of a device is one libvirt knows.
struct ModelIsKnown: DomainRule {
    let id: RuleID = "device-model"
    let summary = "the model of a device is one libvirt knows"
    let documentation = """
        Each kind of device has its list of models, types or buses. Later releases know more: the watchdog itco, a part of
        ICH9 that libvirt writes into every q35 domain, is known since libvirt 9.1.
        """
    let sources = [
        "libvirt 9.0.0 src/conf/domain_conf.c the DefParseXML functions",
        "libvirt 9.1.0 NEWS.rst: qemu: Support for the iTCO watchdog",
    ]
    private let remedy = "write a name from libvirt's list, or remove it"

    /// To libvirt all of them are errors, also those that a guest can do without.
    func check(_ domain: CheckedDomain) -> [Finding] {
        let reported = domain.reported(id).map { finding in
            var finding = finding
            finding.severity = .error
            finding.fix = remedy
            return finding
        }
        return reported + later(domain)
    }

    private func later(_ domain: CheckedDomain) -> [Finding] {
        guard let release = domain.host.libvirt, release < LibvirtRelease(9, 1) else { return [] }
        return domain.devices("watchdog").filter { $0["model"] == "itco" }.map { device in
            finding("unknown watchdog model 'itco'", at: device, "model", in: domain, fix: remedy)
        }
    }
}
