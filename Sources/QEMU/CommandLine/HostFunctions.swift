import BerthPCI
import BerthStack
import BerthTopology

/// Models whose registers are not QEMU's to say: those of a device of the host, or of a process that plays one.
enum HostFunctions {
    /// Who knows the registers, for messages; nil for a model of QEMU's own.
    static func owner(of driver: String) -> String? {
        switch driver {
        case "vfio-pci", "vfio-pci-nohotplug": "its host's"
        case "x-pci-proxy-dev": "its process's"
        default: nil
        }
    }

    /// The function that `amd-iommu` makes. Before 10.0 its device number is whatever its own registers leave there: its place.
    static func amdIOMMU(_ release: QEMURelease, _ devfn: UInt8) -> DescribedFunction {
        DescribedFunction(
            vendor: 0x1022, device: release.namesAMDIOMMU ? 0x1419 : UInt16(devfn),
            classCode: ClassCode(rawValue: 0x080600), bars: [])
    }

    /// There, and without BARs.
    static let unknown = DescribedFunction(
        vendor: 0x1af4, device: 0xffff, classCode: ClassCode(rawValue: 0xff0000), bars: [])
}
