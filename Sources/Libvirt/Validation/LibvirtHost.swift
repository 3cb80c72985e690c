public import BerthTopology

/// What libvirt's verdict depends on beside the document: the machine it runs on.
public struct LibvirtHost: Hashable, Sendable {
    /// The release whose machine types are known.
    public var qemu: QEMUVersion
    /// Whether huge pages are mounted; nil where nobody looked, and nothing is said.
    public var hasHugePages: Bool?
    /// The firmware kinds (`bios`, `uefi`) that installed descriptors offer; nil where nobody looked.
    public var firmwareInterfaces: Set<String>?
    /// SCSI devices as sysfs names them, `0:0:1:0`; nil where nobody looked, and nothing is said.
    public var scsiDevices: Set<String>?
    /// NUMA nodes; nil where nobody looked, and nothing is said.
    public var numaNodes: Set<Int>?

    public init(
        qemu: QEMUVersion = .measured, hasHugePages: Bool? = nil, firmwareInterfaces: Set<String>? = nil,
        scsiDevices: Set<String>? = nil, numaNodes: Set<Int>? = nil
    ) {
        self.qemu = qemu
        self.hasHugePages = hasHugePages
        self.firmwareInterfaces = firmwareInterfaces
        self.scsiDevices = scsiDevices
        self.numaNodes = numaNodes
    }
}
