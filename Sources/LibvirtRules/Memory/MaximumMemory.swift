import BerthDiagnostics
import BerthLibvirtDomain
import BerthPCI
import BerthXML

struct MaximumMemory: DomainCheck {
    let rule = DomainRule(
        "memory-slots", "there is room for the memory devices",
        sources: [
            "libvirt 9.0.0 src/conf/domain_postparse.c virDomainDefPostParseMemory",
            "libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainDefValidateMemoryHotplug",
        ],
        """
        Memory devices need <maxMemory> with slots and a NUMA cell; there are at most as many as slots. <memory> counts
        the devices too, and is no more than <maxMemory>; with a NUMA topology it is what its cells and the devices sum
        up to where nothing is written.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        let devices = domain.devices("memory")
        let maximum = domain.root.first("maxMemory")
        guard maximum != nil || !devices.isEmpty,
            let message = complaint(domain, devices, domain.written.memory.maximum?.rawValue ?? 0)
        else { return [] }
        return [
            finding(
                message, at: maximum ?? devices.first ?? domain.root, in: domain,
                fix: "write <maxMemory slots='16' unit='GiB'> with room for all, and a NUMA cell")
        ]
    }

    private func complaint(_ domain: CheckedDomain, _ devices: [XMLElement], _ maximum: UInt64) -> String? {
        let plugged = devices.reduce(UInt64(0)) { sum, device in
            let size = device.first("target")?.first("size").flatMap { ScaledSize.bytes($0, defaultUnit: 1024) }
            return sum.addingReportingOverflow(size ?? 0).partialValue
        }
        let cells = domain.numaCells
        // Defining a domain may update its size: the cells decide.
        let initial: UInt64
        if cells.isEmpty {
            let total = domain.written.memory.size.rawValue
            if plugged > total { return "Total size of memory devices exceeds the total memory size" }
            initial = total - plugged
        } else {
            initial = cells.reduce(UInt64(0)) { sum, cell in
                sum.addingReportingOverflow(ScaledSize.bytes(cell, "memory", defaultUnit: 1024) ?? 0).partialValue
            }
        }
        let slots = domain.written.memory.slots
        if (maximum > 0) != (slots > 0), domain.root.first("maxMemory") != nil {
            return "both maximum memory size and memory slot count must be specified"
        }
        guard maximum > 0 else {
            return devices.isEmpty
                ? nil : "cannot use/hotplug a memory device when domain 'maxMemory' is not defined"
        }
        if maximum < initial.addingReportingOverflow(plugged).partialValue {
            return "maximum memory size must be equal or greater than the actual memory size"
        }
        if cells.isEmpty { return "At least one numa node has to be configured when enabling memory hotplug" }
        if devices.count > slots { return "memory device count '\(devices.count)' exceeds slots count '\(slots)'" }
        return nil
    }
}
