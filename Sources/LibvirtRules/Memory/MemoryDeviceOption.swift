import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct MemoryDeviceOption: DomainCheck {
    let rule = DomainRule(
        "memory-device", "a memory device has what its model needs",
        sources: [
            "libvirt 9.0.0 src/conf/domain_validate.c virDomainMemoryDefValidate",
            "libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainDefValidateMemoryHotplugDevice",
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainMemoryTargetDefParseXML",
        ],
        """
        nvdimm and virtio-pmem have a path and cannot be discarded; virtio-pmem is shared and has no node; the block of
        virtio-mem is a power of two of at least 2 MiB, and the requested size whole blocks. dimm and nvdimm have dimm
        addresses, one slot each.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        var slots: Set<String> = []
        return domain.devices("memory").compactMap { device in
            guard let message = complaint(device, domain) ?? address(device, domain, &slots) else { return nil }
            return finding(message, at: device, in: domain, fix: "change what the message names")
        }
    }

    private func complaint(_ device: XMLElement, _ domain: CheckedDomain) -> String? {
        let model = device["model"] ?? ""
        let target = device.first("target")
        if let node = target?.first("node").flatMap({ LibvirtNumber.unsigned($0.text, base: 10) }) {
            let count = domain.numaCells.count
            if count == 0 { return "can't add memory backend as guest has no NUMA nodes configured" }
            if node >= count {
                return "can't add memory backend for guest node '\(node)' as the guest has only '\(count)' NUMA nodes "
                    + "configured"
            }
        }
        let size = target?.first("size").flatMap { ScaledSize.bytes($0, defaultUnit: 1024) } ?? 0
        let hasPath = device.first("source")?.first("path") != nil
        switch model {
        case "nvdimm":
            if !hasPath { return "path is required for model 'nvdimm'" }
            if device["discard"] == "yes" { return "discard is not supported for nvdimms" }
            if device.first("uuid") != nil { return "UUID is not supported for NVDIMM device" }
            if let label = target?.first("label")?.first("size") {
                let bytes = ScaledSize.bytes(label, defaultUnit: 1024) ?? 0
                if bytes < 128 << 10 { return "nvdimm label must be at least 128KiB" }
                if bytes >= size { return "label size must be smaller than NVDIMM size" }
            }
        case "virtio-pmem":
            if !hasPath { return "path is required for model 'virtio-pmem'" }
            if device["discard"] == "yes" { return "discard is not supported for model 'virtio-pmem'" }
            if device["access"] != "shared" { return "shared access mode required for virtio-pmem device" }
            if target?.first("node") != nil { return "virtio-pmem does not support NUMA nodes" }
        case "virtio-mem":
            func kibibytes(_ name: String) -> UInt64 {
                target?.first(name).flatMap { ScaledSize.bytes($0, defaultUnit: 1024) }?.dividedRoundingUp(by: 1024)
                    ?? 0
            }
            let (block, requested) = (kibibytes("block"), kibibytes("requested"))
            let whole = size.dividedRoundingUp(by: 1024)
            if requested > whole {
                return "requested size must be smaller than or equal to @size (\(whole)KiB)"
            }
            if block.nonzeroBitCount != 1 { return "block size must be a power of two" }
            if block < 2048 { return "block size too small, must be at least 2048KiB" }
            if !requested.isMultiple(of: block) {
                return "requested size must be an integer multiple of block size"
            }
        case "sgx-epc": return "sgx epc isn't supported by this QEMU binary"
        default: break
        }
        return nil
    }

    private func address(_ device: XMLElement, _ domain: CheckedDomain, _ slots: inout Set<String>) -> String? {
        guard let address = device.first("address"), let type = address["type"] else { return nil }
        switch device["model"] {
        case "dimm", "nvdimm":
            if type != "dimm" { return "only 'dimm' addresses are supported for the pc-dimm device" }
            guard let slot = address["slot"], let number = LibvirtNumber.unsigned(slot, base: 10) else { return nil }
            let count = domain.written.memory.slots
            if number >= count { return "memory device slot '\(number)' exceeds slots count '\(count)'" }
            return slots.insert(slot).inserted
                ? nil : "memory device slot '\(number)' is already being used by another memory device"
        case "virtio-pmem" where type != "pci":
            return "only 'pci' addresses are supported for the virtio-pmem device"
        case "virtio-mem" where type != "pci":
            return "only 'pci' addresses are supported for the virtio-mem device"
        default: return nil
        }
    }
}
