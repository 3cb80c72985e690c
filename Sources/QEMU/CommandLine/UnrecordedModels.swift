import BerthPCI
import BerthTopology

/// Models of QEMU 7.2 that need a peer on the host (a socket, vhost, memory that can be plugged in), so that they are
/// not among the recorded ones.
///
/// Source: hw/virtio/*-pci.c, hw/display/virtio-gpu-pci-gl.c, hw/misc/ivshmem.c @ QEMU 7.2; memory devices as QMP
/// `query-pci` shows them.
enum UnrecordedModels {
    /// The function a device shows; nil for a model that is not listed.
    static func function(_ driver: String) -> DescribedFunction? {
        let name = driver.replacing("-non-transitional", with: "")
        switch name {
        case "vhost-vsock-pci": return virtio(0x1053, 0x078000)
        case "virtio-input-host-pci": return virtio(0x1052, 0x098000)
        case "vhost-scsi-pci": return virtio(0x1048, 0x010000)
        case "virtio-gpu-gl-pci", "vhost-user-gpu-pci": return virtio(0x1050, 0x038000)
        case "virtio-vga-gl", "vhost-user-vga": return DeviceCatalogue.model(named: "virtio-vga").map(described)
        case "ivshmem-doorbell":
            return DescribedFunction(
                vendor: 0x1af4, device: 0x1110, classCode: ClassCode(rawValue: 0x050000),
                bars: [
                    BAR(.bar(0), .memory32(size: 256, prefetchable: false)),
                    BAR(.bar(1), .memory32(size: .kib(4), prefetchable: false)),
                    // The server says how much; this is its default (contrib/ivshmem-server).
                    BAR(.bar(2), .memory64(size: .mib(4), prefetchable: true)),
                ])
        default: return nil
        }
    }

    /// A host device of which only its host knows the registers: there, and without BARs.
    static let unknown = DescribedFunction(
        vendor: 0x1af4, device: 0xffff, classCode: ClassCode(rawValue: 0xff0000), bars: [])

    private static func virtio(_ device: UInt16, _ code: UInt32) -> DescribedFunction {
        let bars = [
            BAR(.bar(1), .memory32(size: .kib(4), prefetchable: false)),
            BAR(.bar(4), .memory64(size: .kib(16), prefetchable: true)),
        ]
        return DescribedFunction(vendor: 0x1af4, device: device, classCode: ClassCode(rawValue: code), bars: bars)
    }

    private static func described(_ model: DeviceModel) -> DescribedFunction {
        DescribedFunction(vendor: model.vendor, device: model.device, classCode: model.classCode, bars: model.bars)
    }
}
