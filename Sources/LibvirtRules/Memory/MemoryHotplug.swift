import BerthDiagnostics
import BerthLibvirtDomain
import BerthPCI
import BerthStack
import BerthXML

/// Room for memory that is plugged in.
enum MemoryHotplug: RuleTable {
    static let all = [total, complete, maximum, size, cell, slots]

    private static let postparse = ["libvirt 9.0.0 src/conf/domain_postparse.c virDomainDefPostParseMemory"]
    private static let hotplug = ["libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainDefValidateMemoryHotplug"]

    private struct Sizes {
        /// Where to complain: `<maxMemory>`, or the first device.
        var place: XMLElement
        var maximum: UInt64
        var slots: Int
        var plugged: UInt64
        /// Without the devices. Where there are cells they decide: defining a domain updates its size.
        var initial: UInt64
        var count: Int
    }

    private static func sizes(_ domain: CheckedDomain) -> Sizes? {
        let devices = domain.devices("memory")
        guard let place = domain.root.first("maxMemory") ?? devices.first else { return nil }
        func sum(_ sizes: [UInt64?]) -> UInt64 {
            sizes.reduce(UInt64(0)) { $0.addingReportingOverflow($1 ?? 0).partialValue }
        }
        let plugged = sum(
            devices.map { $0.first("target")?.first("size").flatMap { ScaledSize.bytes($0, defaultUnit: 1024) } })
        let total = domain.written.memory.size.rawValue
        let initial =
            domain.numaCells.isEmpty
            ? total - min(total, plugged)
            : sum(domain.numaCells.map { ScaledSize.bytes($0, "memory", defaultUnit: 1024) })
        return Sizes(
            place: place, maximum: domain.written.memory.maximum?.rawValue ?? 0, slots: domain.written.memory.slots,
            plugged: plugged, initial: initial, count: devices.count)
    }

    private static let total = RuleRow.domain(
        "memory-total", "the memory devices are part of the domain's memory", remedy: "write a larger <memory>",
        sources: postparse, "<memory> counts them, too."
    ) { domain, report in
        guard let sizes = sizes(domain), domain.numaCells.isEmpty,
            sizes.plugged > domain.written.memory.size.rawValue
        else { return }
        report.refuse("Total size of memory devices exceeds the total memory size", at: sizes.place)
    }

    private static let complete = RuleRow.domain(
        "memory-slots", "a maximum of memory has slots",
        remedy: "write <maxMemory slots='16' unit='GiB'> with room for all",
        sources: hotplug, "QEMU needs both to lay out the address space."
    ) { domain, report in
        guard let sizes = sizes(domain), domain.root.first("maxMemory") != nil,
            (sizes.maximum > 0) != (sizes.slots > 0)
        else { return }
        // NEWS.rst @ 9.5.0: "conf: Properly handle slots for non-DIMM <memory> devices".
        if domain.isRead(by: .until(9, 5)) {
            report.refuse("both maximum memory size and memory slot count must be specified", at: sizes.place)
        } else if sizes.maximum == 0 {
            report.refuse(
                "maximum memory size must be specified when specifying number of memory slots", at: sizes.place)
        }
    }

    private static let maximum = RuleRow.domain(
        "memory-maximum", "a domain with memory devices has a maximum of memory",
        remedy: "write <maxMemory slots='16' unit='GiB'> with room for all", sources: hotplug,
        "Memory is plugged in above what the guest starts with."
    ) { domain, report in
        guard let sizes = sizes(domain), sizes.maximum == 0, sizes.count > 0,
            domain.root.first("maxMemory") == nil || sizes.slots == 0
        else { return }
        report.refuse("cannot use/hotplug a memory device when domain 'maxMemory' is not defined", at: sizes.place)
    }

    private static let size = RuleRow.domain(
        "memory-maximum-size", "the maximum of memory has room for the memory that is there",
        remedy: "write a larger <maxMemory>", sources: hotplug,
        "With a NUMA topology that is the sum of its cells and the devices."
    ) { domain, report in
        guard let sizes = sizes(domain), sizes.maximum > 0,
            sizes.maximum < sizes.initial.addingReportingOverflow(sizes.plugged).partialValue
        else { return }
        report.refuse("maximum memory size must be equal or greater than the actual memory size", at: sizes.place)
    }

    private static let cell = RuleRow.domain(
        "memory-hotplug-node", "memory is plugged into a NUMA cell", releases: .until(9, 6),
        remedy: "add <cpu><numa><cell id='0' cpus='0' memory='4' unit='GiB'/>",
        sources: hotplug + ["libvirt 9.6.0 NEWS.rst: qemu: Add NUMA node automatically for memory hotplug"],
        "A guest whose memory can grow has one at least. From 9.6 on libvirt adds it."
    ) { domain, report in
        guard let sizes = sizes(domain), sizes.maximum > 0, domain.numaCells.isEmpty,
            sizes.slots > 0
        else { return }
        report.refuse(
            "At least one numa node has to be configured when enabling memory hotplug", at: sizes.place)
    }

    private static let slots = RuleRow.domain(
        "memory-slot-count", "there is a slot for every memory device", remedy: "write more slots=", sources: hotplug,
        "Before 9.5 devices of virtio count, too."
    ) { domain, report in
        guard let sizes = sizes(domain), sizes.maximum > 0 else { return }
        // NEWS.rst @ 9.5.0: "conf: Properly handle slots for non-DIMM <memory> devices".
        guard domain.isRead(by: .until(9, 5)) else {
            let needed = domain.devices("memory").count { ["dimm", "nvdimm"].contains($0["model"] ?? "") }
            guard needed > sizes.slots else { return }
            return report.refuse(
                "count of memory devices requiring memory slots '\(needed)' exceeds slots count '\(sizes.slots)'",
                at: sizes.place)
        }
        guard sizes.count > sizes.slots else { return }
        report.refuse("memory device count '\(sizes.count)' exceeds slots count '\(sizes.slots)'", at: sizes.place)
    }
}
