/// Source: `get_vga_properties`, `print_vga_device` and the SPICE part of `config_to_command` in PVE/QemuServer.pm @ qemu-server 9.2.6.
extension VMArguments {
    /// What `vga:` comes to.
    struct Display {
        var type: String
        /// Displays of `qxl2` and the like; 0 for another type.
        var spiceHeads: Int
        var memory: Int?
        var sharesClipboard: Bool
        /// A serial port is the terminal, and there is no display.
        var isSerial: Bool { type.hasPrefix("serial") }
        var isSpice: Bool { spiceHeads > 0 }
    }

    var display: Display {
        let given = vm.properties("vga", defaultKey: "type")
        var type = given?["type"] ?? ""
        var heads = 0
        if type.hasPrefix("qxl") {
            heads = Int(type.dropFirst("qxl".count)) ?? 1
            type = "qxl"
        }
        if type.isEmpty { type = vm.windowsVersion == 0 || vm.windowsVersion >= 6 ? "std" : "cirrus" }
        // `x-vga` takes the emulated display away where the file says nothing of it.
        if vm["vga"] == nil, vm.hostDevices.contains(where: \.isPrimary) { type = "none" }
        return Display(
            type: type, spiceHeads: heads, memory: given?["memory"].flatMap { Int($0) },
            sharesClipboard: given?["clipboard"] == "vnc")
    }

    mutating func displayDevice(_ display: Display) {
        guard display.type != "none", !display.isSerial else {
            if display.type == "none" { option("vga", "none", "vga") }
            return option("nographic", nil, "vga")
        }
        device(text(display, head: 0), "vga")
    }

    private mutating func text(_ display: Display, head: Int) -> String {
        var model = Self.models[display.type] ?? "VGA"
        if display.isSpice { model = head == 0 ? "qxl-vga" : "qxl" }
        var text = "\(model),id=vga\(head == 0 ? "" : "\(head)")"
        if let memory = display.memory {
            if display.type.hasPrefix("virtio") {
                text += ",max_hostmem=\(memory << 20)"
            } else if display.isSpice {
                text += ",vgamem_mb=\(memory),ram_size_mb=\(memory * 4),vram_size_mb=\(memory * 2)"
            } else {
                text += ",vgamem_mb=\(memory)"
            }
        } else if display.isSpice, head > 0 {
            text += ",ram_size=67108864,vram_size=33554432"
        }
        if display.isSpice, vm.windowsVersion == 0, vm["ostype"] != "solaris", machine.isAtLeast(4, 1) {
            text += ",max_outputs=4"
        }
        if machine.isQ35, head == 0, let place = AddressMap.express("vga") {
            text += place.text
        } else {
            text += place(head == 0 ? "vga" : "vga\(head)")
        }
        if model == "VGA", vm.windowsVersion > 0, vm["bios"] != "ovmf" { text += ",edid=off" }
        return text
    }

    private static let models = [
        "cirrus": "cirrus-vga", "std": "VGA", "vmware": "vmware-svga", "virtio": "virtio-vga",
        "virtio-gl": "virtio-vga-gl",
    ]

    /// A serial bus for the agent of the display; Windows gets a card for each further head, others more memory.
    mutating func spice(_ display: Display) {
        guard display.isSpice || display.type.hasPrefix("virtio") || display.sharesClipboard else { return }
        if display.spiceHeads > 1 {
            if vm.windowsVersion > 0 {
                for head in 1..<min(display.spiceHeads, 4) { device(text(display, head: head), "vga") }
            } else {
                let ram = display.memory.map { display.spiceHeads * 4 * $0 << 20 } ?? 134_217_728
                let videoRAM = display.memory.map { display.spiceHeads * 2 * $0 << 20 } ?? 67_108_864
                option("global", "qxl-vga.ram_size=\(ram)", "vga")
                option("global", "qxl-vga.vram_size=\(videoRAM)", "vga")
            }
        }
        device("virtio-serial,id=spice\(place("spice"))", "vga")
        device("virtserialport,chardev=vdagent,name=com.redhat.spice.0", "vga")
    }
}
