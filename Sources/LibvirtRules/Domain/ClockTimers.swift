import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

/// `<clock>`.
enum ClockTimers: RuleTable {
    static let all = [type, policy, catchUp, tsc, track, rtc, pit, offset, start]

    private static let postparse = ["libvirt 9.0.0 src/conf/domain_postparse.c virDomainDefPostParseTimer"]
    private static let validate = ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDefClockTimers"]
    private static let parsing = ["libvirt 9.0.0 src/conf/domain_conf.c virDomainDefClockParse"]
    private static let remedy = "remove the attribute, or the <timer>"

    private static func timers(_ domain: CheckedDomain) -> [(element: XMLElement, name: String)] {
        (domain.root.first("clock")?.elements("timer") ?? []).map { ($0, $0["name"] ?? "") }
    }

    private static let type = RuleRow.domain(
        "clock-timer", "a timer is one of x86", remedy: "remove the <timer>", sources: validate,
        "platform is Xen's, armvtimer ARM's."
    ) { domain, report in
        for (timer, name) in timers(domain) {
            if name == "platform" {
                report.refuse("unsupported timer type (name) 'platform'", at: timer)
            } else if name == "armvtimer" {
                report.refuse(
                    "Configuring the 'armvtimer' timer is not supported for virtType=\(domain.root["type"] ?? "") "
                        + "arch=\(domain.root.first("os")?.first("type")?["arch"] ?? "x86_64") "
                        + "machine=\(domain.expandedMachine) guests", at: timer)
            }
        }
    }

    private static let policy = RuleRow.domain(
        "timer-policy", "kvmclock and hypervclock have no ticks to lose", remedy: remedy, sources: postparse,
        "The guest reads the time from a page."
    ) { domain, report in
        for (timer, name) in timers(domain)
        where ["kvmclock", "hypervclock"].contains(name) && timer["tickpolicy"] != nil {
            report.refuse("timer \(name) doesn't support setting of timer tickpolicy", at: timer)
        }
    }

    private static let catchUp = RuleRow.domain(
        "timer-catchup", "a timer that has values for catching up catches up", remedy: "write tickpolicy='catchup'",
        sources: postparse, "threshold=, slew= and limit= of <catchup>."
    ) { domain, report in
        for (timer, _) in timers(domain) where timer["tickpolicy"] != "catchup" {
            guard let catchup = timer.first("catchup"),
                ["threshold", "slew", "limit"].contains(where: { catchup[$0] ?? "0" != "0" })
            else { continue }
            report.refuse(
                "setting of timer catchup policies is only supported with tickpolicy='catchup'", at: timer)
        }
    }

    private static let tsc = RuleRow.domain(
        "timer-tsc", "a frequency and a mode are the TSC's", remedy: remedy, sources: postparse,
        "Others count what they always count."
    ) { domain, report in
        for (timer, name) in timers(domain) where name != "tsc" {
            if timer["frequency"] ?? "0" != "0" {
                report.refuse("timer \(name) doesn't support setting of timer frequency", at: timer)
            }
            if timer["mode"] != nil { report.refuse("timer \(name) doesn't support setting of timer mode", at: timer) }
        }
    }

    private static let track = RuleRow.domain(
        "timer-track", "a timer that tracks something is the RTC", remedy: remedy, sources: postparse,
        "It goes by the guest's or the host's wall clock."
    ) { domain, report in
        for (timer, name) in timers(domain) where !["platform", "rtc"].contains(name) && timer["track"] != nil {
            report.refuse("timer \(name) doesn't support setting of timer track", at: timer)
        }
    }

    private static let rtc = RuleRow.domain(
        "timer-rtc", "the RTC delays or catches up, by the guest's or the wall clock", remedy: remedy,
        sources: validate,
        "QEMU can neither merge nor discard its ticks, nor count from the boot."
    ) { domain, report in
        for (timer, name) in timers(domain) where name == "rtc" {
            if let policy = timer["tickpolicy"], ["merge", "discard"].contains(policy) {
                report.refuse("unsupported rtc timer tickpolicy '\(policy)'", at: timer)
            } else if timer["track"] == "boot" {
                report.refuse("unsupported rtc timer track 'boot'", at: timer)
            }
        }
    }

    private static let pit = RuleRow.domain(
        "timer-pit", "the PIT does not merge ticks", remedy: remedy, sources: validate,
        "QEMU has no such policy for it."
    ) { domain, report in
        for (timer, name) in timers(domain) where name == "pit" && timer["tickpolicy"] == "merge" {
            report.refuse("unsupported pit tickpolicy 'merge'", at: timer)
        }
    }

    private static let offset = RuleRow.domain(
        "clock-offset", "a clock of a time zone names it, one that starts at a time says when", sources: parsing,
        "timezone= and start=."
    ) { domain, report in
        guard let clock = domain.root.first("clock") else { return }
        for (offset, name) in [("timezone", "timezone"), ("absolute", "start")]
        where clock["offset"] == offset && clock[name] == nil {
            report.refuse(
                "missing '\(name)' attribute for clock with offset='\(offset)'", at: clock, fix: "write \(name)=")
        }
    }

    private static let start = RuleRow.domain(
        "clock-start", "a clock starts before the year 10000", remedy: "write a lower value", sources: parsing,
        "QEMU is told a date with four digits."
    ) { domain, report in
        guard let clock = domain.root.first("clock"), clock["offset"] == "absolute",
            let start = clock["start"].flatMap({ UInt64($0) }), start > 253_402_300_799
        else { return }
        report.refuse(
            "The maximum 'start' value for <clock offset='absolute'> is 253402300799", at: clock, "start")
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
