import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthTopology
import BerthXML

/// How many virtual CPUs there are.
enum ProcessorCount: RuleTable {
    static let all = [atLeastOne, current, limit, interruptMode, topology, placement, range, states]

    private static let remedy = "write the number of CPUs in <vcpu>"
    private static let parsing = ["libvirt 9.0.0 src/conf/domain_conf.c virDomainVcpuParse"]
    private static let validate = ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainVCpuTopology"]

    private static func place(_ domain: CheckedDomain) -> XMLElement { domain.root.first("vcpu") ?? domain.root }

    private static func current(_ domain: CheckedDomain) -> UInt32? {
        guard domain.root.first("vcpus")?.first("vcpu") == nil else { return nil }
        return domain.root.first("vcpu")?["current"].flatMap { LibvirtNumber.unsigned($0, base: 10) }
    }

    private static let atLeastOne = RuleRow.domain(
        "vcpu-one", "a domain has a vCPU", remedy: remedy,
        sources: ["libvirt 9.0.0 src/conf/domain_postparse.c virDomainVcpuDefPostParse"],
        "It starts with one at least."
    ) { domain, report in
        guard domain.vcpuCount == 0 || current(domain) == 0 else { return }
        report.refuse("Domain requires at least 1 vCPU", at: place(domain))
    }

    private static let current = RuleRow.domain(
        "vcpu-current", "a domain starts with no more vCPUs than it can have", remedy: remedy, sources: parsing,
        "current= is the number at the start, the text of <vcpu> the maximum."
    ) { domain, report in
        guard let current = current(domain), current > domain.vcpuCount else { return }
        report.refuse("maximum vCPU count must not be less than current vCPU count", at: place(domain))
    }

    private static let limit = RuleRow.domain(
        "vcpu-count", "the machine has as many vCPUs", remedy: remedy, sources: validate,
        "pc has 255 CPUs; q35 has 255 up to 2.7, 288 up to 8.0, 1024 up to 8.2, and 4096 from 9.0 on."
    ) { domain, report in
        let limit = limit(domain)
        guard domain.vcpuCount > limit else { return }
        report.refuse("Maximum CPUs greater than specified machine type limit \(limit)", at: place(domain))
    }

    /// `query-machines` of QEMU 7.2, 10.0 and 11.1.
    private static func limit(_ domain: CheckedDomain) -> Int {
        guard domain.chipset == .q35 else {
            return domain.machine == "isapc" ? 1 : domain.machine == "microvm" ? 288 : 255
        }
        return (Machine(name: domain.machine)?.version ?? domain.qemu).mostQ35CPUs
    }

    private static let interruptMode = RuleRow.domain(
        "vcpu-eim", "more than 255 vCPUs have an IOMMU with extended interrupt mode",
        remedy: "add <iommu model='intel'><driver intremap='on' eim='on'/></iommu>", sources: validate,
        "An xAPIC has 8 bits for the number of a processor. From 10.10 on libvirt adds such an IOMMU where there is none."
    ) { domain, report in
        guard domain.vcpuCount > 255, domain.vcpuCount <= limit(domain), let assigned = domain.assigned else { return }
        let units = assigned[.iommu]
        guard !units.contains(where: { $0.interrupts.areExtended == true || $0.model == "amd" }) else { return }
        report.refuse(
            "more than 255 vCPUs require extended interrupt mode enabled on the iommu device", at: place(domain))
    }

    private static let topology = RuleRow.domain(
        "vcpu-topology", "the topology of the processor has as many vCPUs", remedy: remedy, sources: validate,
        "<vcpu> equals sockets × dies × clusters × cores × threads; clusters count from 10.1 on."
    ) { domain, report in
        guard let topology = domain.root.first("cpu")?.first("topology") else { return }
        // NEWS.rst @ 10.1.0: "qemu: Support clusters in CPU topology".
        let clusters = domain.isRead(by: .since(10, 1)) ? ["clusters"] : []
        let product = (["sockets", "dies", "cores", "threads"] + clusters).reduce(1.0) { product, name in
            product * Double(topology[name].flatMap { LibvirtNumber.unsigned($0, base: 10) } ?? 1)
        }
        guard product != Double(domain.vcpuCount) else { return }
        report.refuse("CPU topology doesn't match maximum vcpu count", at: place(domain))
    }

    private static let placement = RuleRow.domain(
        "vcpu-cpuset", "vCPUs that are placed statically have CPUs of the host", remedy: "remove cpuset=",
        sources: parsing,
        "cpuset= names them."
    ) { domain, report in
        guard let vcpu = domain.root.first("vcpu"), let text = vcpu["cpuset"], vcpu["placement"] != "auto",
            LibvirtBitmap.parse(text)?.isEmpty ?? false
        else { return }
        report.refuse("Invalid value of 'cpuset': \(text)", at: vcpu)
    }

    private static let range = RuleRow.domain(
        "vcpu-id", "a state is that of a vCPU the domain has", remedy: "write a lower id", sources: parsing,
        "<vcpus><vcpu id=> numbers them from 0."
    ) { domain, report in
        for vcpu in domain.root.first("vcpus")?.elements("vcpu") ?? [] {
            guard (1...4096).contains(domain.vcpuCount),
                let number = vcpu["id"].flatMap({ LibvirtNumber.unsigned($0, base: 10) }), number >= domain.vcpuCount
            else { continue }
            return report.refuse(
                "vcpu id '\(number)' is out of range of maximum vcpu count", at: vcpu, "id")
        }
    }

    private static let states = RuleRow.domain(
        "vcpu-state", "vCPU 0 is on, and those that stay come before those that can be unplugged",
        remedy: "change the states of <vcpus>, or remove them",
        sources: ["libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainDefVcpusPostParse"],
        "QEMU starts with those that stay and plugs in the others in their order."
    ) { domain, report in
        guard let list = domain.root.first("vcpus"), !list.elements("vcpu").isEmpty,
            (1...4096).contains(domain.vcpuCount), var states = states(list, Int(domain.vcpuCount)),
            let message = complaint(&states)
        else { return }
        report.refuse(message, at: list)
    }

    private struct State {
        var isOnline = false
        var isPluggable: Bool?
        var order: UInt32 = 0
    }

    /// Nil where one is of no vCPU.
    private static func states(_ list: XMLElement, _ count: Int) -> [State]? {
        var states = Array(repeating: State(), count: count)
        for vcpu in list.elements("vcpu") {
            guard let number = vcpu["id"].flatMap({ LibvirtNumber.unsigned($0, base: 10) }) else { continue }
            guard Int(number) < count else { return nil }
            states[Int(number)] = State(
                isOnline: vcpu["enabled"] == "yes", isPluggable: vcpu["hotpluggable"].map { $0 == "yes" },
                order: vcpu["order"].flatMap { LibvirtNumber.unsigned($0, base: 10) } ?? 0)
        }
        return states
    }

    private static func complaint(_ states: inout [State]) -> String? {
        for index in states.indices {
            if states[index].isPluggable == false, !states[index].isOnline {
                return "vcpu '\(index)' is both offline and not hotpluggable"
            }
            states[index].isPluggable = states[index].isPluggable ?? !states[index].isOnline
        }
        if !states[0].isOnline { return "vcpu 0 can't be offline" }
        if states[0].isPluggable == true { return "vcpu0 can't be hotpluggable" }
        if states[0].order > 1 { return "vcpu0 must be enabled first" }
        for index in states.indices.dropFirst() {
            let (state, before) = (states[index], states[index - 1])
            if state.isOnline, (state.order != 0) != (states[0].order != 0) {
                return "all vcpus must have either set or unset order"
            }
            guard state.isPluggable == false else { continue }
            if before.isPluggable == true {
                return "online non-hotpluggable vcpus need to be ordered prior to hotplugable vcpus"
            }
            if before.order > state.order {
                return "online non-hotpluggable vcpus must be ordered in ascending order"
            }
        }
        return nil
    }
}

extension CheckedDomain {
    /// As `<vcpu>` has it; one where nothing is written.
    var vcpuCount: UInt32 {
        root.first("vcpu").flatMap { LibvirtNumber.unsigned($0.text, base: 10) } ?? 1
    }
    /// The cells of the guest's NUMA topology.
    var numaCells: [XMLElement] { root.first("cpu")?.first("numa")?.elements("cell") ?? [] }
}
