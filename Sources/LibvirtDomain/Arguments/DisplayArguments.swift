import BerthStack
import BerthXML

/// Videos, sound cards and virtio input.
///
/// Source: `qemuBuildDeviceVideoCmd`, `qemuBuildSoundDevCmd`, `qemuBuildInputVirtioDevProps` in
/// src/qemu/qemu_command.c @ 9.0.0.
extension ArgumentContext {
    func video(_ index: Int) -> NativeDevice? {
        let device = domain[.video][index]
        guard device.address.pci != nil else { return nil }
        let model = device.element?.first("model")
        let isVhostUser = device["driver", "name"] == "vhostuser"
        let alias = aliases[DeviceReference(kind: .video, index: index)]
        guard var argument = videoDriver(device, isPrimary: index == 0, isVhostUser: isVhostUser) else { return nil }
        let acceleration = model?.first("acceleration")
        argument.text("id", alias)
        if ["qxl", "virtio"].contains(device.model) {
            argument.positive("max_outputs", model?.decimal("heads") ?? 1)
        }
        addMemory(device, model, alias, isVhostUser: isVhostUser, &argument)
        if LibvirtSpan.since(11, 4).contains(domain.libvirt), device.model == "virtio" || device.model == "vga" {
            argument.flag("edid", model?.onOff("edid"))
        }
        let resolution = model?.first("resolution") ?? device.element?.first("resolution")
        argument.positive("xres", resolution?.decimal("x"))
        argument.positive("yres", resolution?.decimal("y"))
        address(device, &argument)
        _ = acceleration
        return argument
    }

    private func videoDriver(_ device: DomainDevice, isPrimary: Bool, isVhostUser: Bool) -> NativeDevice? {
        if isVhostUser {
            return isPrimary ? NativeDevice(driver: "vhost-user-vga") : virtio("vhost-user-gpu", device)
        }
        let is3D = device.element?.first("model")?.first("acceleration")?.yesNo("accel3d") == true
        let gl = is3D ? "-gl" : ""
        switch device.model {
        case "virtio":
            // NEWS.rst @ 12.5.0: "qemu: Record selected virtio video device model into the XML".
            if LibvirtSpan.since(12, 5).contains(domain.libvirt),
                let chosen = device.element?.first("model")?["device"], chosen == "virtio-gpu"
            {
                return virtio("virtio-gpu\(gl)", device)
            }
            return isPrimary
                ? virtio("virtio-vga\(gl)", device, hasSuffix: false) : virtio("virtio-gpu\(gl)", device)
        case "qxl": return NativeDevice(driver: isPrimary ? "qxl-vga" : "qxl")
        default:
            let names = ["vga": "VGA", "cirrus": "cirrus-vga", "vmvga": "vmware-svga", "bochs": "bochs-display"]
            return names[device.model].map { NativeDevice(driver: $0) }
        }
    }

    private func addMemory(
        _ device: DomainDevice, _ model: XMLElement?, _ alias: String, isVhostUser: Bool,
        _ argument: inout NativeDevice
    ) {
        // KiB, rounded up to a power of two.
        func size(_ name: String, _ otherwise: Int) -> Int {
            let value = model?.decimal(name) ?? 0
            return (value == 0 ? otherwise : value).roundedUpToPowerOfTwo
        }
        switch device.model {
        case "qxl":
            argument.positive("ram_size", size("ram", 64 << 10) << 10)
            argument.positive("vram_size", size("vram", 64 << 10) << 10)
            argument.number("vram64_size_mb", (model?.decimal("vram64") ?? 0) >> 10)
            let display = model?.decimal("vgamem") ?? 0
            argument.number("vgamem_mb", (display == 0 ? 16 << 10 : display) >> 10)
        case _ where isVhostUser: argument.text("chardev", "chr-vu-\(alias)")
        case "vga", "vmvga": argument.positive("vgamem_mb", size("vram", 16 << 10) >> 10)
        case "bochs": argument.positive("vgamem", size("vram", 16 << 10) << 10)
        default: break
        }
    }

    /// Cards on PCI.
    func sound(_ index: Int) -> NativeDevice? {
        let device = domain[.sound][index]
        let alias = aliases[DeviceReference(kind: .sound, index: index)]
        if device.model == "virtio" {
            var argument = virtio("virtio-sound", device)
            argument.text("id", alias)
            argument.text("audiodev", "audio\(device.element?.first("audio")?.decimal("id") ?? 1)")
            argument.positive("streams", device.element?.decimal("streams") ?? 2)
            address(device, &argument)
            return argument
        }
        let names = ["es1370": "ES1370", "ac97": "AC97", "ich6": "intel-hda", "ich9": "ich9-intel-hda"]
        guard let name = names[device.model] else { return nil }
        var argument = NativeDevice(driver: name)
        argument.text("id", alias)
        // The codecs of an HDA have the back end.
        if !device.model.hasPrefix("ich") {
            argument.text("audiodev", "audio\(device.element?.first("audio")?.decimal("id") ?? 1)")
        }
        address(device, &argument)
        return argument
    }

    func input(_ index: Int) -> NativeDevice? {
        let device = domain[.input][index]
        let names = [
            "mouse": "virtio-mouse", "tablet": "virtio-tablet", "keyboard": "virtio-keyboard",
            "passthrough": "virtio-input-host",
        ]
        guard device.type == "virtio", let name = names[device[attribute: "type"] ?? ""] else { return nil }
        var argument = virtio(name, device)
        argument.text("id", aliases[DeviceReference(kind: .input, index: index)])
        if name == "virtio-input-host" { argument.text("evdev", device["source", "evdev"]) }
        address(device, &argument)
        return argument
    }
}

extension Int {
    /// 0 stays 0.
    fileprivate var roundedUpToPowerOfTwo: Int {
        guard self > 1, self <= 1 << 40 else { return self }
        return 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount)
    }
}
