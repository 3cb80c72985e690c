import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct VhostUserDisk: DomainCheck {
    let rule = DomainRule(
        "disk-vhostuser", "a vhost-user disk has no options of QEMU's, and shares the memory",
        sources: [
            "libvirt 9.0.0 src/conf/domain_validate.c virDomainDiskVhostUserValidate",
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDefVhostUserRequireSharedMemory",
        ],
        """
        The process at the other end of the socket does what QEMU does for other disks, so caching, throttling,
        identities and the like are refused. It reads the guest's memory, which therefore is shared.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.disks.compactMap { disk in
            guard disk.type == "vhostuser", let message = complaint(disk, domain) else { return nil }
            return finding(message, at: disk.element, in: domain, fix: "remove what the message names")
        }
    }

    private func complaint(_ disk: CheckedDisk, _ domain: CheckedDomain) -> String? {
        if !disk.isVirtio { return "vhostuser disk supports only virtio bus" }
        if let mode = disk.element["snapshot"], mode != "no" {
            return "only snapshot=no is supported with vhostuser disk"
        }
        let attributes = [
            ("cache", "cache"), ("error_policy", "error_policy"), ("rerror_policy", "error_policy"), ("io", "io"),
            ("ioeventfd", "ioeventfd"), ("copy_on_read", "copy_on_read"), ("discard", "discard"),
            ("iothread", "iothread"), ("detect_zeroes", "detect_zeroes"),
        ]
        for (name, option) in attributes {
            if let value = disk.driver?[name], value != "default" || name != "cache" {
                return "\(option) is not supported with vhostuser disk"
            }
        }
        let elements = [
            ("iotune", "iotune"), ("backingStore", "backingStore"), ("encryption", "encryption"),
            ("readonly", "readonly"), ("shareable", "shareable"), ("transient", "transient"), ("serial", "serial"),
            ("wwn", "wwn"), ("vendor", "vendor"), ("product", "product"), ("auth", "auth"), ("geometry", "geometry"),
            ("blockio", "blockio"),
        ]
        for (name, option) in elements where disk.element.first(name) != nil {
            return "\(option) is not supported with vhostuser disk"
        }
        return domain.hasSharedMemory ? nil : "'vhostuser' requires shared memory"
    }
}
