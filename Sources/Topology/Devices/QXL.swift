import BerthPCI

/// `qxl` and `qxl-vga`: three sizes that push each other up.
///
/// Source: hw/display/qxl.c `qxl_init_ramsize`, `qxl_realize_common` @ QEMU 7.2.
enum QXL: DeviceBehaviour {
    static let models: Set<String> = ["qxl", "qxl-vga"]

    static func apply(to function: inout PCIFunction, device: Device, on bus: PCIBus) throws(PropertyProblem) {
        if let revision = try device.number("revision", in: 1...5) { function.revision = UInt8(revision) }
        let frameBuffer = ByteCount.mib(min(max(try device.number("vgamem_mb") ?? 16, 8), 256))
        let ramBytes = try device.size("ram_size") ?? .mib(64)
        let ram = max(try mebibytes("ram_size_mb", device) ?? ramBytes, frameBuffer + frameBuffer)
        let vramBytes = try device.size("vram_size") ?? .mib(64)
        let vram32 = max(try mebibytes("vram_size_mb", device) ?? vramBytes, .kib(4))
        let vram64 = max(try mebibytes("vram64_size_mb", device) ?? .zero, vram32)
        guard let ramSize = ram.roundedUpToPowerOfTwo, let low = vram32.roundedUpToPowerOfTwo,
            let high = vram64.roundedUpToPowerOfTwo
        else { return }
        function.setBAR(.bar(0), .memory32(size: ramSize, prefetchable: false))
        function.setBAR(.bar(1), .memory32(size: low, prefetchable: false))
        if high > low { function.setBAR(.bar(4), .memory64(size: high, prefetchable: true)) }
    }

    private static func mebibytes(_ name: String, _ device: Device) throws(PropertyProblem) -> ByteCount? {
        try device.number(name, in: 0...65536).map(ByteCount.mib)
    }
}
