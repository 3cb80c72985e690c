/// Endpoints with the parameters that change what firmware sees.
struct Endpoints {
    private var hasVGA = false
    /// More and larger 32-bit BARs.
    var prefersLarge = false

    /// Back ends first; `{}` in the last word is where id, bus and slot go.
    struct Drawn {
        var before: [String] = []
        var driver: String
        var properties: String = ""
    }

    private static let plain = [
        "AC97", "ES1370", "edu", "i6300esb", "ich9-ahci", "intel-hda", "lsi53c895a", "megasas", "megasas-gen2",
        "mptsas1068", "am53c974", "piix3-usb-uhci", "pvpanic-pci", "pvscsi", "qemu-xhci", "nec-usb-xhci", "rocker",
        "sdhci-pci", "tpci200", "usb-ehci", "pci-ohci", "ich9-usb-uhci1", "virtio-balloon-pci", "virtio-gpu-pci",
        "virtio-rng-pci", "virtio-serial-pci", "virtio-scsi-pci", "virtio-keyboard-pci", "virtio-tablet-pci",
        "virtio-scsi-pci-non-transitional", "virtio-serial-pci-transitional", "virtio-balloon-pci-non-transitional",
    ]
    private static let cards = [
        "e1000", "e1000e", "rtl8139", "virtio-net-pci", "vmxnet3", "ne2k_pci", "pcnet", "i82559c", "tulip",
        "virtio-net-pci-non-transitional",
    ]
    private static let displays = ["VGA", "VGA", "VGA", "virtio-vga", "cirrus-vga", "qxl-vga", "ati-vga"]

    mutating func draw(number: Int, _ dice: inout Dice) -> Drawn {
        switch prefersLarge ? dice.number(30..<90) : dice.number(0..<100) {
        case 0..<35: plain(number, &dice)
        case 35..<50: Drawn(driver: dice.pick(Self.cards), properties: dice.chance(30) ? ",rombar=0" : "")
        case 50..<60: sharedMemory(number, &dice)
        case 60..<72:
            Drawn(
                driver: "pci-testdev",
                properties: ",membar=\(dice.pick(["4K", "64K", "16M", "128M", "256M", "512M", "1G", "2G", "4G", "8G"]))"
            )
        case 72..<85: display(&dice)
        case 85..<94: disk(number, &dice)
        default: serial(number, &dice)
        }
    }

    /// From 8.2 on a sound card of a guest without defaults has to be given its audio back end.
    private func plain(_ number: Int, _ dice: inout Dice) -> Drawn {
        let driver = dice.pick(Self.plain)
        guard ["AC97", "ES1370"].contains(driver) else { return Drawn(driver: driver) }
        return Drawn(
            before: ["-audiodev", "none,id=audio\(number)"], driver: driver, properties: ",audiodev=audio\(number)")
    }

    private func sharedMemory(_ number: Int, _ dice: inout Dice) -> Drawn {
        let size = dice.pick(["4K", "8K", "16K", "1M", "32M", "64M", "128M", "512M", "2G"])
        return Drawn(
            before: ["-object", "memory-backend-ram,id=mem\(number),size=\(size),share=on"], driver: "ivshmem-plain",
            properties: ",memdev=mem\(number)" + (dice.chance(15) ? ",romfile=/usr/share/qemu/kvmvapic.bin" : ""))
    }

    private mutating func display(_ dice: inout Dice) -> Drawn {
        if !hasVGA, dice.chance(35) {
            hasVGA = true
            return Drawn(driver: dice.pick(Self.displays))
        }
        switch dice.number(0..<3) {
        case 0: return Drawn(driver: "bochs-display", properties: ",vgamem=\(dice.pick(["16M", "32M", "64M"]))")
        case 1:
            let size = dice.chance(prefersLarge ? 70 : 15) ? 256 : dice.pick([8, 16, 32, 64, 128])
            return Drawn(driver: "secondary-vga", properties: ",vgamem_mb=\(size)")
        default:
            let size = dice.chance(prefersLarge ? 60 : 20) ? 256 : dice.pick([16, 64])
            let wide = dice.chance(20) ? ",vram64_size_mb=\(dice.pick([128, 512, 1024]))" : ""
            return Drawn(
                driver: "qxl", properties: ",ram_size_mb=\(size),vram_size_mb=\(dice.pick([16, 32, 64]))\(wide)")
        }
    }

    private func disk(_ number: Int, _ dice: inout Dice) -> Drawn {
        let drive = ["-drive", "if=none,id=drive\(number),file=null-co://,format=raw"]
        switch dice.number(0..<3) {
        case 0:
            let name = dice.pick(["virtio-blk-pci", "virtio-blk-pci", "virtio-blk-pci-non-transitional"])
            return Drawn(before: drive, driver: name, properties: ",drive=drive\(number)")
        case 1: return Drawn(driver: "nvme", properties: ",serial=x\(number)" + buffer(&dice))
        default:
            return Drawn(before: drive, driver: "nvme", properties: ",serial=x,drive=drive\(number)" + buffer(&dice))
        }
    }

    private func buffer(_ dice: inout Dice) -> String {
        dice.chance(40) ? ",cmb_size_mb=\(dice.pick([1, 16, 64]))" : ""
    }

    private func serial(_ number: Int, _ dice: inout Dice) -> Drawn {
        let ports = dice.chance(70) ? 1 : 2
        let before = (1...ports).flatMap { ["-chardev", "null,id=chr\(number)x\($0)"] }
        return ports == 1
            ? Drawn(before: before, driver: "pci-serial", properties: ",chardev=chr\(number)x1")
            : Drawn(
                before: before, driver: "pci-serial-2x",
                properties: ",chardev1=chr\(number)x1,chardev2=chr\(number)x2")
    }
}
