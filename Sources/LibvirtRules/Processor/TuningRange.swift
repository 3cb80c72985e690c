import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct TuningRange: DomainCheck {
    let rule = DomainRule(
        "cpu-tuning", "CPU tuning has values cgroups take, for threads that exist",
        sources: [
            "libvirt 9.0.0 src/conf/domain_validate.c virDomainDefCputuneValidate, virDomainDefValidateIOThreadsThreadPool",
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainVcpuPinDefParseXML, virDomainThreadSchedParseHelper",
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainDefParseIOThreads, virDomainDefTunablesParse",
        ],
        """
        Shares are 2 to 262144, periods 1000 to 1000000, quotas at least 1000. A thread is pinned once, and one
        scheduler has it; pinned I/O threads exist, have different ids, and a pool of at least one thread.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        (values(domain) + pins(domain) + schedulers(domain) + threads(domain) + blocks(domain)).map {
            element, message in
            finding(message, at: element, in: domain, fix: "change <\(element.name)>, or remove it")
        }
    }

    private typealias Complaint = (XMLElement, String)

    private func values(_ domain: CheckedDomain) -> [Complaint] {
        guard let tune = domain.root.first("cputune") else { return [] }
        var found: [Complaint] = []
        let limits: [(String, ClosedRange<Int64>)] =
            [("shares", 2...262_144)]
            + ["period", "global_period", "emulator_period", "iothread_period"].map { ($0, 1000...1_000_000) }
            + ["quota", "global_quota", "emulator_quota", "iothread_quota"].map { ($0, 1000...17_592_186_044_415) }
        for (name, range) in limits {
            guard let element = tune.first(name), let value = Int64(element.text), value > 0, !range.contains(value)
            else { continue }
            found.append(
                (
                    element,
                    "Value of cputune '\(name)' must be in range [\(range.lowerBound), \(range.upperBound)]"
                ))
        }
        for name in ["emulatorpin", "emulatorsched"] where tune.elements(name).count > 1 {
            found.append((tune.elements(name)[1], "only one \(name) is supported"))
        }
        if tune.first("cachetune") != nil || tune.first("memorytune") != nil, domain.root["type"] != "kvm" {
            found.append((tune, "cachetune is only supported for KVM domains"))
        }
        return found
    }

    private func pins(_ domain: CheckedDomain) -> [Complaint] {
        guard let tune = domain.root.first("cputune") else { return [] }
        var found: [Complaint] = []
        for (name, attribute) in [("vcpupin", "vcpu"), ("iothreadpin", "iothread"), ("emulatorpin", "")] {
            var seen: Set<UInt32> = []
            for pin in tune.elements(name) {
                let number = pin[attribute].flatMap { LibvirtNumber.unsigned($0, base: 10) }
                if let number, name == "vcpupin", number >= domain.vcpuCount { continue }
                if let number, name == "iothreadpin", !domain.hasIOThread("\(number)") {
                    found.append((pin, "Cannot find 'iothread' : \(number)"))
                } else if let text = pin["cpuset"], LibvirtBitmap.parse(text)?.isEmpty ?? false {
                    found.append((pin, "Invalid value of 'cpuset': \(text)"))
                } else if let number, !seen.insert(number).inserted {
                    found.append(
                        (
                            pin,
                            name == "vcpupin"
                                ? "duplicate vcpupin for vcpu '\(number)'"
                                : "duplicate iothreadpin for same iothread '\(number)'"
                        ))
                }
            }
        }
        return found
    }

    private func schedulers(_ domain: CheckedDomain) -> [Complaint] {
        guard let tune = domain.root.first("cputune") else { return [] }
        var found: [Complaint] = []
        for (name, attribute) in [("vcpusched", "vcpus"), ("iothreadsched", "iothreads")] {
            var seen: Set<Int> = []
            for element in tune.elements(name) {
                guard let text = element[attribute], let numbers = LibvirtBitmap.parse(text) else { continue }
                if numbers.isEmpty {
                    found.append((element, "'\(attribute)' scheduler bitmap '\(text)' is empty"))
                }
                for number in numbers.sorted() {
                    if name == "vcpusched", number >= Int(domain.vcpuCount) {
                        found.append((element, "vCPU '\(number)' is not present in domain definition"))
                        break
                    }
                    if name == "iothreadsched", !domain.hasIOThread("\(number)") {
                        found.append((element, "Cannot find 'iothread' : \(number)"))
                        break
                    }
                    if !seen.insert(number).inserted {
                        found.append((element, "'\(name)' attributes '\(attribute)' must not overlap"))
                        break
                    }
                }
            }
        }
        return found
    }

    private func threads(_ domain: CheckedDomain) -> [Complaint] {
        var found: [Complaint] = []
        var seen: Set<String> = []
        let threads = domain.root.first("iothreadids")?.elements("iothread") ?? []
        for thread in threads where !seen.insert(thread["id"] ?? "").inserted {
            found.append((thread, "duplicate iothread id '\(thread["id"] ?? "")' found"))
        }
        for thread in threads + domain.root.elements("defaultiothread").prefix(1) {
            let least = thread["thread_pool_min"].flatMap { LibvirtNumber.signed($0, base: 10) } ?? -1
            let most = thread["thread_pool_max"].flatMap { LibvirtNumber.signed($0, base: 10) } ?? -1
            if most == 0 {
                found.append((thread, "thread_pool_max must be a positive integer"))
            } else if least > most {
                found.append((thread, "thread_pool_min must be smaller or equal to thread_pool_max"))
            }
        }
        return found
    }

    private func blocks(_ domain: CheckedDomain) -> [Complaint] {
        var seen: Set<String> = []
        return (domain.root.first("blkiotune")?.elements("device") ?? []).compactMap { device in
            guard let path = device.first("path")?.text, !seen.insert(path).inserted else { return nil }
            return (device, "duplicate blkio device path '\(path)'")
        }
    }
}
