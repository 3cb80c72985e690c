import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct TimerOption: DomainCheck {
    let rule = DomainRule(
        "clock-timer", "a timer has the options of its kind",
        sources: [
            "libvirt 9.0.0 src/conf/domain_postparse.c virDomainDefPostParseTimer",
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDefClockTimers",
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainDefClockParse",
        ],
        """
        A frequency and a mode are for tsc, a track for rtc; kvmclock and hypervclock have no tick policy; rtc delays or
        catches up, pit never merges; catch-up values need tickpolicy='catchup'. Platform and ARM timers are not x86's.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard let clock = domain.root.first("clock") else { return [] }
        var found = clock.elements("timer").compactMap { timer in
            complaint(timer, domain).map {
                finding($0, at: timer, in: domain, fix: "remove the attribute, or the <timer>")
            }
        }
        for (offset, name) in [("timezone", "timezone"), ("absolute", "start")]
        where clock["offset"] == offset && clock[name] == nil {
            found.append(
                finding(
                    "missing '\(name)' attribute for clock with offset='\(offset)'", at: clock, in: domain,
                    fix: "write \(name)="))
        }
        if let start = clock["start"].flatMap({ UInt64($0) }), clock["offset"] == "absolute", start > 253_402_300_799 {
            found.append(
                finding(
                    "The maximum 'start' value for <clock offset='absolute'> is 253402300799", at: clock, "start",
                    in: domain, fix: "write a lower value"))
        }
        return found
    }

    private func complaint(_ timer: XMLElement, _ domain: CheckedDomain) -> String? {
        let name = timer["name"] ?? ""
        let policy = timer["tickpolicy"]
        if ["kvmclock", "hypervclock"].contains(name), policy != nil {
            return "timer \(name) doesn't support setting of timer tickpolicy"
        }
        if policy != "catchup", let catchup = timer.first("catchup"),
            ["threshold", "slew", "limit"].contains(where: { catchup[$0] ?? "0" != "0" })
        {
            return "setting of timer catchup policies is only supported with tickpolicy='catchup'"
        }
        if name != "tsc" {
            if timer["frequency"] ?? "0" != "0" {
                return "timer \(name) doesn't support setting of timer frequency"
            }
            if timer["mode"] != nil { return "timer \(name) doesn't support setting of timer mode" }
        }
        if !["platform", "rtc"].contains(name), timer["track"] != nil {
            return "timer \(name) doesn't support setting of timer track"
        }
        switch (name, policy) {
        case ("platform", _): return "unsupported timer type (name) 'platform'"
        case ("armvtimer", _):
            let machine = domain.expandedMachine
            return "Configuring the 'armvtimer' timer is not supported for virtType=\(domain.root["type"] ?? "") "
                + "arch=\(domain.root.first("os")?.first("type")?["arch"] ?? "x86_64") machine=\(machine) guests"
        case ("rtc", "merge"?), ("rtc", "discard"?): return "unsupported rtc timer tickpolicy '\(policy ?? "")'"
        case ("rtc", _): return timer["track"] == "boot" ? "unsupported rtc timer track 'boot'" : nil
        case ("pit", "merge"?): return "unsupported pit tickpolicy 'merge'"
        default: return nil
        }
    }
}

extension CheckedDomain {
    /// The machine type as libvirt writes it back: `pc` and `q35` with QEMU's version.
    var expandedMachine: String {
        switch machine {
        case "pc": "pc-i440fx-\(qemu)"
        case "q35": "pc-q35-\(qemu)"
        default: machine
        }
    }
}
