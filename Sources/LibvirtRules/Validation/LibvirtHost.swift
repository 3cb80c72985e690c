package import BerthStack

/// What libvirt's verdict depends on beside the document: the machine it runs on.
package struct LibvirtHost: Hashable, Sendable {
    /// The release whose machine types are known; nil where nobody said: that of the document's own machine, if it has one.
    package var qemu: QEMURelease?
    /// Whose machine types QEMU has; nil where nobody said.
    package var machines: MachineVendor?
    /// The libvirt that reads the document; nil where nobody said: the newest that is measured.
    package var libvirt: LibvirtRelease?
    /// Whether huge pages are mounted; nil where nobody looked, and nothing is said.
    package var hasHugePages: Bool?
    /// The firmware kinds (`bios`, `uefi`) that installed descriptors offer; nil where nobody looked.
    package var firmwareInterfaces: Set<String>?
    /// SCSI devices as sysfs names them, `0:0:1:0`; nil where nobody looked, and nothing is said.
    package var scsiDevices: Set<String>?
    /// Whether numad answers; nil where nobody looked, and nothing is said.
    package var hasNUMADaemon: Bool?
    /// Whether QEMU can have enclaves of SGX; nil where nobody looked, and nothing is said.
    package var hasEnclaves: Bool?
    /// NUMA nodes; nil where nobody looked, and nothing is said.
    package var numaNodes: Set<Int>?

    package init(
        qemu: QEMURelease? = nil, machines: MachineVendor? = nil, libvirt: LibvirtRelease? = nil,
        hasHugePages: Bool? = nil,
        firmwareInterfaces: Set<String>? = nil,
        scsiDevices: Set<String>? = nil, hasNUMADaemon: Bool? = nil, hasEnclaves: Bool? = nil,
        numaNodes: Set<Int>? = nil
    ) {
        self.qemu = qemu
        self.machines = machines
        self.libvirt = libvirt
        self.hasHugePages = hasHugePages
        self.firmwareInterfaces = firmwareInterfaces
        self.scsiDevices = scsiDevices
        self.hasNUMADaemon = hasNUMADaemon
        self.hasEnclaves = hasEnclaves
        self.numaNodes = numaNodes
    }
}
