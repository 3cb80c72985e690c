package import BerthStack

/// What libvirt's verdict depends on beside the document: the machine it runs on.
package struct LibvirtHost: Hashable, Sendable {
    /// The release whose machine types are known.
    package var qemu: QEMURelease
    /// Whether huge pages are mounted; nil where nobody looked, and nothing is said.
    package var hasHugePages: Bool?
    /// The firmware kinds (`bios`, `uefi`) that installed descriptors offer; nil where nobody looked.
    package var firmwareInterfaces: Set<String>?
    /// SCSI devices as sysfs names them, `0:0:1:0`; nil where nobody looked, and nothing is said.
    package var scsiDevices: Set<String>?
    /// NUMA nodes; nil where nobody looked, and nothing is said.
    package var numaNodes: Set<Int>?

    package init(
        qemu: QEMURelease = Stack.standard.qemu, hasHugePages: Bool? = nil, firmwareInterfaces: Set<String>? = nil,
        scsiDevices: Set<String>? = nil, numaNodes: Set<Int>? = nil
    ) {
        self.qemu = qemu
        self.hasHugePages = hasHugePages
        self.firmwareInterfaces = firmwareInterfaces
        self.scsiDevices = scsiDevices
        self.numaNodes = numaNodes
    }
}
