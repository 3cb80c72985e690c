import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

/// `<memory>` devices.
enum MemoryDevices: RuleTable {
    static let all = [node, nodeExists, address, slot, nvdimm, label, pmem, virtioMem, sgx, overlap]

    private static let validate = [
        "libvirt 9.0.0 src/conf/domain_validate.c virDomainMemoryDefValidate",
        "libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainDefValidateMemoryHotplugDevice",
    ]

    private static func size(_ device: XMLElement, _ name: String = "size") -> UInt64 {
        device.first("target")?.first(name).flatMap { ScaledSize.bytes($0, defaultUnit: 1024) } ?? 0
    }

    private static let node = RuleRow.devices(
        "memory", "memory-node", "a memory device names a NUMA node", remedy: "add <node>0</node> to <target>",
        sources: ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefMemory"],
        "dimm, nvdimm and virtio-mem belong to a cell of the guest's NUMA topology."
    ) { device, domain, report in
        guard ["dimm", "nvdimm", "virtio-mem"].contains(device["model"] ?? ""), !domain.numaCells.isEmpty else {
            return
        }
        let target = device.first("target")
        if target?.first("node") == nil {
            report.refuse("target NUMA node needs to be specified for memory device", at: target ?? device)
        }
    }

    private static let nodeExists = RuleRow.devices(
        "memory", "memory-node-exists", "the NUMA node of a memory device exists",
        remedy: "write the number of a cell of <cpu><numa>", sources: validate,
        "Cells are numbered from 0."
    ) { device, domain, report in
        guard let node = device.first("target")?.first("node").flatMap({ LibvirtNumber.unsigned($0.text, base: 10) })
        else { return }
        // From 9.6 on libvirt adds a cell to a guest whose memory can grow.
        let grows = domain.isRead(by: .since(9, 6)) && domain.written.memory.maximum != nil
        let count = max(domain.numaCells.count, grows ? 1 : 0)
        if count == 0 {
            report.refuse("can't add memory backend as guest has no NUMA nodes configured", at: device)
        } else if node >= count {
            report.refuse(
                "can't add memory backend for guest node '\(node)' as the guest has only '\(count)' NUMA nodes "
                    + "configured", at: device)
        }
    }

    private static let address = RuleRow.devices(
        "memory", "memory-address", "a memory device has an address of its kind", remedy: "remove <address>",
        sources: validate, "Devices of virtio are on PCI. Of dimm and nvdimm libvirt makes any address one of a slot."
    ) { device, domain, report in
        guard let type = device.first("address")?["type"], type != "pci" else { return }
        switch device["model"] {
        case "virtio-pmem": report.refuse("only 'pci' addresses are supported for the virtio-pmem device", at: device)
        // NEWS.rst @ 11.1.0: "Introduce virtio-mem <memory/> model for s390 guests".
        case "virtio-mem" where domain.isRead(by: .until(11, 1)):
            report.refuse("only 'pci' addresses are supported for the virtio-mem device", at: device)
        case "virtio-mem" where type != "ccw":
            report.refuse("only 'pci' and 'ccw' addresses are supported for the virtio-mem device", at: device)
        default: break
        }
    }

    private static let slot = RuleRow.domain(
        "memory-slot", "a memory device has a slot of its own that exists", remedy: "write another slot=",
        sources: validate, "slot= of a dimm address is below the slots= of <maxMemory>."
    ) { domain, report in
        var taken: Set<String> = []
        for device in domain.devices("memory") where ["dimm", "nvdimm"].contains(device["model"] ?? "") {
            guard let address = device.first("address"), address["type"] == "dimm", let slot = address["slot"],
                let number = LibvirtNumber.unsigned(slot, base: 10)
            else { continue }
            let count = domain.written.memory.slots
            if number >= count {
                report.refuse("memory device slot '\(number)' exceeds slots count '\(count)'", at: device)
            } else if !taken.insert(slot).inserted {
                report.refuse(
                    "memory device slot '\(number)' is already being used by another memory device", at: device)
            }
        }
    }

    private static let nvdimm = RuleRow.devices(
        "memory", "memory-nvdimm", "an NVDIMM is a file, and is kept", remedy: "change what the message names",
        sources: validate, "It has a path; discarding its contents would defeat it, and its label has the UUID."
    ) { device, _, report in
        guard device["model"] == "nvdimm" else { return }
        if device.first("source")?.first("path") == nil {
            report.refuse("path is required for model 'nvdimm'", at: device)
        }
        if device["discard"] == "yes" { report.refuse("discard is not supported for nvdimms", at: device) }
        if device.first("uuid") != nil { report.refuse("UUID is not supported for NVDIMM device", at: device) }
    }

    private static let label = RuleRow.devices(
        "memory", "memory-nvdimm-label", "the label of an NVDIMM fits into it",
        remedy: "write <label><size unit='KiB'>128</size></label>", sources: validate,
        "It has 128 KiB at least, at the end of the NVDIMM."
    ) { device, _, report in
        guard device["model"] == "nvdimm", let label = device.first("target")?.first("label")?.first("size") else {
            return
        }
        let bytes = ScaledSize.bytes(label, defaultUnit: 1024) ?? 0
        if bytes < 128 << 10 {
            report.refuse("nvdimm label must be at least 128KiB", at: device)
        } else if bytes >= size(device) {
            report.refuse("label size must be smaller than NVDIMM size", at: device)
        }
    }

    private static let pmem = RuleRow.devices(
        "memory", "memory-virtio-pmem", "virtio-pmem is a shared file, of no NUMA node",
        remedy: "change what the message names", sources: validate,
        "The guest's page cache is that of the host."
    ) { device, _, report in
        guard device["model"] == "virtio-pmem" else { return }
        if device.first("source")?.first("path") == nil {
            report.refuse("path is required for model 'virtio-pmem'", at: device)
        }
        if device["discard"] == "yes" {
            report.refuse("discard is not supported for model 'virtio-pmem'", at: device)
        }
        if device["access"] != "shared" {
            report.refuse("shared access mode required for virtio-pmem device", at: device)
        }
        if device.first("target")?.first("node") != nil {
            report.refuse("virtio-pmem does not support NUMA nodes", at: device)
        }
    }

    private static let virtioMem = RuleRow.devices(
        "memory", "memory-virtio-mem", "virtio-mem is plugged in by whole blocks",
        remedy: "write <block unit='MiB'>2</block>, and a requested size of whole blocks", sources: validate,
        "A block is a power of two of at least 2 MiB, what is requested no more than the size."
    ) { device, _, report in
        guard device["model"] == "virtio-mem" else { return }
        let (block, requested, whole) = (
            size(device, "block").dividedRoundingUp(by: 1024), size(device, "requested").dividedRoundingUp(by: 1024),
            size(device).dividedRoundingUp(by: 1024)
        )
        if requested > whole {
            report.refuse("requested size must be smaller than or equal to @size (\(whole)KiB)", at: device)
        }
        if block.nonzeroBitCount != 1 {
            report.refuse("block size must be a power of two", at: device)
        } else if block < 2048 {
            report.refuse("block size too small, must be at least 2048KiB", at: device)
        } else if !requested.isMultiple(of: block) {
            report.refuse("requested size must be an integer multiple of block size", at: device)
        }
    }

    private static let sgx = RuleRow.devices(
        "memory", "memory-sgx", "memory for SGX is what QEMU was built with", remedy: "remove <memory model='sgx-epc'>",
        sources: ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefMemory"],
        "QEMU has it only on a host whose processor and kernel have enclaves."
    ) { device, domain, report in
        guard domain.host.hasEnclaves == false else { return }
        if device["model"] == "sgx-epc" { report.refuse("sgx epc isn't supported by this QEMU binary", at: device) }
    }

    private static let overlap = RuleRow.domain(
        "memory-overlap", "memory devices with addresses do not overlap", releases: .since(9, 4),
        remedy: "write another base=",
        sources: [
            "libvirt 9.4.0 NEWS.rst: conf: Introduce <address/> for virtio-mem and virtio-pmem",
            "libvirt 11.3.0 src/conf/domain_validate.c virDomainMemoryDefCheckConflict",
        ], "They are at guest physical addresses."
    ) { domain, report in
        var seen: [(start: UInt64, end: UInt64)] = []
        for device in domain.devices("memory") where ["virtio-mem", "virtio-pmem"].contains(device["model"] ?? "") {
            guard let text = device.first("target")?.first("address")?["base"],
                let start = LibvirtNumber.unsigned64(text), start > 0
            else { continue }
            let end = start.addingReportingOverflow(size(device)).partialValue
            defer { seen.append((start, end)) }
            guard let other = seen.first(where: { $0.start < end && start < $0.end }) else { continue }
            // Libvirt looks at the first of the two.
            let range = [other.start, other.end].map { "0x" + String($0, radix: 16) }.joined(separator: ":")
            report.refuse(
                "memory device address [\(range)] overlaps with other memory device (0x\(String(start, radix: 16)))",
                at: device)
        }
    }
}
