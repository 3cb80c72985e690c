import BerthPCI

/// Display models whose frame buffer BAR follows `vgamem_mb`.
///
/// Source: hw/display/vga.c `vga_common_init`, which rounds up to a power of two and clamps to 1...512 MiB.
enum StandardVGA: DeviceBehaviour {
    static let models: Set<String> = Set(["VGA", "secondary-vga", "vmware-svga", "ati-vga"]).union(virtio)
    private static let virtio: Set<String> = ["virtio-vga", "virtio-vga-gl", "vhost-user-vga"]

    static func apply(to function: inout PCIFunction, device: Device, on bus: PCIBus) throws(PropertyProblem) {
        if virtio.contains(function.model) {
            try Virtio.setVectors(of: &function, device: device, bar: 4)
            // Its virtio structures are behind BAR 2 (`modern_mem_bar_idx` in hw/display/virtio-vga.c).
            if try device.bool("page-per-vq") == true {
                function.setBAR(.bar(2), .memory64(size: .mib(8), prefetchable: true))
            }
            try Virtio.setHostMemory(of: &function, device: device)
        }
        if try device.bool("qemu-extended-regs") == false { function.revision = 0 }
        let mebibytes = try device.number("vgamem_mb")
        // From 11.1 on, as the row shows, the aperture of ATI's chips is their own, whatever memory is behind it.
        if function.model == "ati-vga", function[.bar(0)]?.kind.size == .mib(64) {
            if device["model"]?.description == "rv100" {
                function.setBAR(.bar(0), .memory32(size: .mib(128), prefetchable: true))
            }
            return
        }
        guard let mebibytes else { return }
        let clamped = min(max(mebibytes, 1), 512)
        guard let size = ByteCount.mib(clamped).roundedUpToPowerOfTwo else { return }
        let index = BARIndex.bar(function.model == "vmware-svga" ? 1 : 0)
        if let bar = function[index] { function.setBAR(index, bar.kind.resized(size)) }
    }
}
