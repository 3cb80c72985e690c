import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

struct WatchdogOfICH9: DomainCheck {
    let rule = DomainRule.deviceModel

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard let release = domain.host.libvirt, !release.knowsITCOWatchdog else { return [] }
        return domain.devices("watchdog").filter { $0["model"] == "itco" }.map { device in
            finding("unknown watchdog model 'itco'", at: device, "model", in: domain, fix: rule.remedy)
        }
    }
}
