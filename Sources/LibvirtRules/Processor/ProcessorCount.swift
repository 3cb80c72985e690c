import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct ProcessorCount: DomainCheck {
    let rule = DomainRule(
        "vcpu-count", "the number of virtual CPUs is one the machine and the topology have",
        sources: [
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainVCpuTopology",
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainVcpuParse",
            "libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainDefVcpusPostParse",
            "libvirt 9.0.0 src/conf/domain_postparse.c virDomainVcpuDefPostParse",
        ],
        """
        <vcpu> equals sockets × dies × cores × threads; QEMU 7.2 has 288 CPUs on q35 and 255 on pc. More than 255 need
        an IOMMU with eim. vCPU 0 is on, and those that stay come before those that can be unplugged.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        let vcpu = domain.root.first("vcpu")
        let count = domain.vcpuCount
        var messages: [String] = []
        let current = vcpu?["current"].flatMap { LibvirtNumber.unsigned($0, base: 10) }
        let hasStates = domain.root.first("vcpus")?.first("vcpu") != nil
        if count == 0 || current == 0 && !hasStates { messages.append("Domain requires at least 1 vCPU") }
        if let current, current > count, !hasStates {
            messages.append("maximum vCPU count must not be less than current vCPU count")
        }
        let limit = domain.chipset == .q35 ? 288 : domain.machine == "isapc" ? 1 : 255
        if count > limit {
            messages.append("Maximum CPUs greater than specified machine type limit \(limit)")
        } else if count > 255, domain.devices("iommu").first?.first("driver")?["eim"] != "on" {
            messages.append("more than 255 vCPUs require extended interrupt mode enabled on the iommu device")
        }
        if let topology = domain.root.first("cpu")?.first("topology") {
            let product = ["sockets", "dies", "cores", "threads"].reduce(1.0) { product, name in
                product * Double(topology[name].flatMap { LibvirtNumber.unsigned($0, base: 10) } ?? 1)
            }
            if product != Double(count) { messages.append("CPU topology doesn't match maximum vcpu count") }
        }
        if let tuned = vcpu?["cpuset"], vcpu?["placement"] != "auto", LibvirtBitmap.parse(tuned)?.isEmpty ?? false {
            messages.append("Invalid value of 'cpuset': \(tuned)")
        }
        let found = messages.map {
            finding($0, at: vcpu ?? domain.root, in: domain, fix: "write the number of CPUs in <vcpu>")
        }
        return found + states(domain, Int(count))
    }

    private struct State {
        var isOnline = false
        var isPluggable: Bool?
        var order: UInt32 = 0
    }

    private func states(_ domain: CheckedDomain, _ count: Int) -> [Finding] {
        guard let list = domain.root.first("vcpus"), !list.elements("vcpu").isEmpty, (1...4096).contains(count) else {
            return []
        }
        var states = Array(repeating: State(), count: count)
        for vcpu in list.elements("vcpu") {
            guard let number = vcpu["id"].flatMap({ LibvirtNumber.unsigned($0, base: 10) }) else { continue }
            guard Int(number) < count else {
                return [
                    finding(
                        "vcpu id '\(number)' is out of range of maximum vcpu count", at: vcpu, "id", in: domain,
                        fix: "write a lower id")
                ]
            }
            states[Int(number)] = State(
                isOnline: vcpu["enabled"] == "yes", isPluggable: vcpu["hotpluggable"].map { $0 == "yes" },
                order: vcpu["order"].flatMap { LibvirtNumber.unsigned($0, base: 10) } ?? 0)
        }
        return complaint(&states).map {
            [finding($0, at: list, in: domain, fix: "change the states of <vcpus>, or remove them")]
        } ?? []
    }

    private func complaint(_ states: inout [State]) -> String? {
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
