import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct MemoryDeviceNode: DomainCheck {
    let rule = DomainRule(
        "memory-node", "a memory device names a NUMA node",
        sources: [
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefMemory",
            "libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainDefValidateMemoryHotplug",
        ],
        """
        dimm, nvdimm and virtio-mem belong to a cell of the guest's NUMA topology, which has to exist.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        let cells = domain.root.first("cpu")?.first("numa")?.elements("cell").count ?? 0
        return domain.devices("memory").compactMap { device in
            guard ["dimm", "nvdimm", "virtio-mem"].contains(device["model"] ?? "") else { return nil }
            let target = device.first("target")
            guard target?.first("node") == nil, cells > 0 else { return nil }
            return finding(
                "target NUMA node needs to be specified for memory device", at: target ?? device, in: domain,
                fix: "add <node>0</node> to <target>")
        }
    }
}
