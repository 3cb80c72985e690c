import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

/// Disks that another process serves.
enum VhostUserDisks: RuleTable {
    static let all = [bus, option, memory, deviceCache]

    private static let sources = ["libvirt 9.0.0 src/conf/domain_validate.c virDomainDiskVhostUserValidate"]

    private static let bus = RuleRow.disks(
        "disk-vhostuser-bus", "a vhost-user disk is a virtio disk", remedy: "write bus='virtio'", sources: sources,
        "The process at the other end of the socket serves virtqueues."
    ) { disk, _, report in
        guard disk.type == "vhostuser", !disk.isVirtio else { return }
        report.refuse("vhostuser disk supports only virtio bus", at: disk.element)
    }

    private static let option = RuleRow.disks(
        "disk-vhostuser", "a vhost-user disk has no options of QEMU's", remedy: "remove what the message names",
        sources: sources,
        "The process does what QEMU does for other disks, so caching, throttling, identities and the like are refused."
    ) { disk, _, report in
        guard disk.type == "vhostuser" else { return }
        if let mode = disk.element["snapshot"], mode != "no" {
            report.refuse("only snapshot=no is supported with vhostuser disk", at: disk.element)
        }
        for (name, option) in attributes {
            if let value = disk.driver?[name], value != "default" || name != "cache" {
                report.refuse("\(option) is not supported with vhostuser disk", at: disk.element)
            }
        }
        for name in elements where disk.element.first(name) != nil {
            report.refuse("\(name) is not supported with vhostuser disk", at: disk.element)
        }
    }

    private static let attributes = [
        ("cache", "cache"), ("error_policy", "error_policy"), ("rerror_policy", "error_policy"), ("io", "io"),
        ("ioeventfd", "ioeventfd"), ("copy_on_read", "copy_on_read"), ("discard", "discard"),
        ("iothread", "iothread"), ("detect_zeroes", "detect_zeroes"),
    ]
    private static let elements = [
        "iotune", "backingStore", "encryption", "readonly", "shareable", "transient", "serial", "wwn", "vendor",
        "product", "auth", "geometry", "blockio",
    ]

    private static let memory = RuleRow.disks(
        "disk-vhostuser-memory", "a guest with a vhost-user disk shares its memory",
        remedy: "write <memoryBacking><access mode='shared'/>",
        sources: ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDefVhostUserRequireSharedMemory"],
        "The process reads and writes the guest's memory."
    ) { disk, domain, report in
        guard disk.type == "vhostuser", !domain.hasSharedMemory else { return }
        report.refuse("'vhostuser' requires shared memory", at: disk.element)
    }

    private static let deviceCache = RuleRow.disks(
        "disk-vdpa-cache", "a vDPA disk goes past the host's cache", releases: .since(9, 8),
        remedy: "write cache='none' or 'directsync'",
        sources: [
            "libvirt 9.8.0 NEWS.rst: qemu: Add support for vDPA block devices",
            "libvirt 11.3.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefDisk",
        ], "The device has its own."
    ) { disk, _, report in
        guard disk.type == "vhostvdpa", !["none", "directsync"].contains(disk.driver?["cache"] ?? "") else { return }
        report.refuse(
            "disk type 'vhostvdpa' requires cache mode 'directsync' or 'none'", at: disk.driver ?? disk.element)
    }
}
