package import BerthLibvirtRules
public import BerthStack

/// The machine that a domain is for, as far as libvirt's verdict depends on it; nil wherever nobody looked.
public struct LibvirtHost: Hashable, Sendable {
    package var host: BerthLibvirtRules.LibvirtHost

    /// A machine of which nothing is known.
    public init() { host = .init() }

    /// The QEMU release whose machine types are known; where nobody said, that of the document's own machine.
    public var qemu: QEMURelease? {
        get { host.qemu }
        set { host.qemu = newValue }
    }

    /// The libvirt that reads the document; where nobody said, the newest that is measured.
    public var libvirt: LibvirtRelease? {
        get { host.libvirt }
        set { host.libvirt = newValue }
    }

    /// Whether huge pages are mounted.
    public var hasHugePages: Bool? {
        get { host.hasHugePages }
        set { host.hasHugePages = newValue }
    }

    /// The firmware kinds (`bios`, `uefi`) that installed descriptors offer (QEMU docs/interop/firmware.json).
    public var firmwareInterfaces: Set<String>? {
        get { host.firmwareInterfaces }
        set { host.firmwareInterfaces = newValue }
    }

    /// SCSI devices as sysfs names them: `0:0:1:0`.
    public var scsiDevices: Set<String>? {
        get { host.scsiDevices }
        set { host.scsiDevices = newValue }
    }

    /// The numbers of the NUMA nodes.
    public var numaNodes: Set<Int>? {
        get { host.numaNodes }
        set { host.numaNodes = newValue }
    }
}
