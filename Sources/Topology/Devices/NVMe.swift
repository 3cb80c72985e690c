import BerthPCI

/// `nvme`: BAR 0 grows with queues and interrupt vectors, `cmb_size_mb` adds BAR 2; old machine types keep the vectors
/// in a BAR of their own, and the identity of an Intel controller.
///
/// Source: hw/nvme/ctrl.c `nvme_bar_size`, `nvme_init_cmb`, `nvme_init_pci` @ QEMU 7.2; hw/pci/msix.c
/// `msix_init_exclusive_bar`.
enum NVMe: DeviceBehaviour {
    static let models: Set<String> = ["nvme"]

    static func apply(to function: inout PCIFunction, device: Device, on bus: PCIBus) throws(PropertyProblem) {
        let queues = (try device.number("max_ioqpairs", in: 1...65535) ?? 64) + 1
        let vectors = try device.number("msix_qsize", in: 1...2048) ?? 65
        let page: UInt64 = 4096
        var size = page + 2 * queues * 4
        if try device.bool("msix-exclusive-bar") == true {
            function.setBAR(.bar(4), .memory32(size: Virtio.vectorBAR(vectors), prefetchable: false))
        } else {
            size = (size + page - 1) / page * page + 16 * vectors
            size = (size + page - 1) / page * page + (vectors + 63) / 64 * 8
        }
        if try device.bool("use-intel-id") == true { (function.vendor, function.device) = (0x8086, 0x5845) }
        if let bar = ByteCount(size).roundedUpToPowerOfTwo {
            function.setBAR(.bar(0), .memory64(size: bar, prefetchable: false))
        }
        if let buffer = try device.number("cmb_size_mb", in: 0...65536), buffer > 0 {
            guard ByteCount.mib(buffer).isPowerOfTwo else {
                throw PropertyProblem(property: "cmb_size_mb", message: "\(buffer) is not a power of two")
            }
            function.setBAR(.bar(2), .memory64(size: .mib(buffer), prefetchable: true))
        }
    }
}
