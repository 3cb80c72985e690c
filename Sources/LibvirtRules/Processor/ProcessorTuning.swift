import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

/// `<cputune>`: shares of the host's processors, and on which of them what runs.
enum ProcessorTuning: RuleTable {
    static let all = [values, emulatorOnce, cache, cpuset, pinOnce, pinnedThread, schedulers, schedulerOnce]

    private static let validate = ["libvirt 9.0.0 src/conf/domain_validate.c virDomainDefCputuneValidate"]
    private static let parsing = [
        "libvirt 9.0.0 src/conf/domain_conf.c virDomainVcpuPinDefParseXML, virDomainDefTunablesParse"
    ]
    private static let scheduling = ["libvirt 9.0.0 src/conf/domain_conf.c virDomainThreadSchedParseHelper"]

    private static func tune(_ domain: CheckedDomain) -> XMLElement? { domain.root.first("cputune") }

    private static let values = RuleRow.domain(
        "cpu-tuning", "shares, periods and quotas are values that cgroups take",
        remedy: "change the value, or remove it",
        sources: validate, "Shares are 2 to 262144, periods 1000 to 1000000, quotas at least 1000."
    ) { domain, report in
        guard let tune = tune(domain) else { return }
        for (name, range) in limits {
            guard let element = tune.first(name), let value = Int64(element.text), value > 0, !range.contains(value)
            else { continue }
            report.refuse(
                "Value of cputune '\(name)' must be in range [\(range.lowerBound), \(range.upperBound)]", at: element)
        }
    }

    private static let limits: [(String, ClosedRange<Int64>)] =
        [("shares", 2...262_144)]
        + ["period", "global_period", "emulator_period", "iothread_period"].map { ($0, 1000...1_000_000) }
        + ["quota", "global_quota", "emulator_quota", "iothread_quota"].map { ($0, 1000...17_592_186_044_415) }

    private static let emulatorOnce = RuleRow.domain(
        "cpu-tuning-emulator", "the emulator is pinned and scheduled once", sources: parsing,
        "It is one set of threads."
    ) { domain, report in
        for name in ["emulatorpin", "emulatorsched"] {
            guard let pins = tune(domain)?.elements(name), pins.count > 1 else { continue }
            report.surplus("only one \(name) is supported", pins[1])
        }
    }

    private static let cache = RuleRow.domain(
        "cpu-tuning-cache", "the host's cache and memory bandwidth are shared out under KVM",
        remedy: "remove <cachetune> and <memorytune>", sources: parsing, "They go by the threads of vCPUs."
    ) { domain, report in
        // NEWS.rst @ 12.4.0: "resctrl: Add energy monitoring via resctrl's PERF_PKG_MON".
        let names = ["cachetune", "memorytune"] + (domain.isRead(by: .since(12, 4)) ? ["energytune"] : [])
        guard let tune = tune(domain), names.contains(where: { tune.first($0) != nil }), domain.root["type"] != "kvm"
        else { return }
        report.refuse("cachetune is only supported for KVM domains", at: tune)
    }

    /// Pins with the number of the thread, those of threads that libvirt looks at.
    private static func pins(_ domain: CheckedDomain) -> [(name: String, element: XMLElement, number: UInt32?)] {
        [("vcpupin", "vcpu"), ("iothreadpin", "iothread"), ("emulatorpin", "")].flatMap { name, attribute in
            (tune(domain)?.elements(name) ?? []).compactMap { pin in
                let number = pin[attribute].flatMap { LibvirtNumber.unsigned($0, base: 10) }
                return name == "vcpupin" && number ?? 0 >= domain.vcpuCount && number != nil ? nil : (name, pin, number)
            }
        }
    }

    private static let cpuset = RuleRow.domain(
        "cpu-pin-cpuset", "what is pinned is pinned to a CPU", remedy: "name CPUs of the host in cpuset=",
        sources: parsing,
        "A list from which everything is taken away names none."
    ) { domain, report in
        for pin in pins(domain) {
            guard let text = pin.element["cpuset"], LibvirtBitmap.parse(text)?.isEmpty ?? false else { continue }
            report.refuse("Invalid value of 'cpuset': \(text)", at: pin.element)
        }
    }

    private static let pinOnce = RuleRow.domain(
        "cpu-pin-once", "a thread is pinned once", sources: parsing, "Its second place would replace the first."
    ) { domain, report in
        var seen: [String: Set<UInt32>] = [:]
        for pin in pins(domain) {
            guard let number = pin.number, !seen[pin.name, default: []].insert(number).inserted else { continue }
            report.surplus(
                pin.name == "vcpupin"
                    ? "duplicate vcpupin for vcpu '\(number)'"
                    : "duplicate iothreadpin for same iothread '\(number)'", pin.element)
        }
    }

    private static let pinnedThread = RuleRow.domain(
        "cpu-pin-iothread", "an I/O thread that is pinned exists", sources: parsing,
        "<iothreads> or <iothreadids> makes the threads."
    ) { domain, report in
        for pin in pins(domain) where pin.name == "iothreadpin" {
            guard let number = pin.number, !domain.hasIOThread("\(number)") else { continue }
            report.surplus("Cannot find 'iothread' : \(number)", pin.element)
        }
    }

    private static let kinds = [("vcpusched", "vcpus"), ("iothreadsched", "iothreads")]

    private static let schedulers = RuleRow.domain(
        "cpu-scheduler", "threads that are scheduled exist", remedy: "name threads of the domain", sources: scheduling,
        "vcpus= and iothreads= are lists of their numbers."
    ) { domain, report in
        for (name, attribute) in kinds {
            for element in tune(domain)?.elements(name) ?? [] {
                guard let text = element[attribute], let numbers = LibvirtBitmap.parse(text) else { continue }
                if numbers.isEmpty {
                    report.refuse("'\(attribute)' scheduler bitmap '\(text)' is empty", at: element)
                }
                if name == "vcpusched", let number = numbers.sorted().first(where: { $0 >= Int(domain.vcpuCount) }) {
                    report.refuse("vCPU '\(number)' is not present in domain definition", at: element)
                }
                if name == "iothreadsched", let number = numbers.sorted().first(where: { !domain.hasIOThread("\($0)") })
                {
                    report.refuse("Cannot find 'iothread' : \(number)", at: element)
                }
            }
        }
    }

    private static let schedulerOnce = RuleRow.domain(
        "cpu-scheduler-once", "one scheduler has a thread", remedy: "take the thread out of one list",
        sources: scheduling, "It has one policy and one priority."
    ) { domain, report in
        for (name, attribute) in kinds {
            var seen: Set<Int> = []
            for element in tune(domain)?.elements(name) ?? [] {
                guard let numbers = element[attribute].flatMap(LibvirtBitmap.parse) else { continue }
                if !seen.isDisjoint(with: numbers) {
                    report.refuse("'\(name)' attributes '\(attribute)' must not overlap", at: element)
                }
                seen.formUnion(numbers)
            }
        }
    }
}
