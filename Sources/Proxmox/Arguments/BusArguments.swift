/// USB, serial ports, sound, agent, random numbers, balloon, watchdog.
extension VMArguments {
    /// Whether USB devices go to one XHCI controller; older machines have EHCI, and XHCI for USB 3 alone.
    ///
    /// Source: `get_usb_controllers` in PVE/QemuServer/USB.pm @ qemu-server 9.2.6, since 7.2-5.
    private var usesXHCI: Bool { machine.isAtLeast(7, 1) && (vm["ostype"] == "l26" || vm.windowsVersion > 7) }

    private var usbDevicesByNumber: [(key: String, properties: PropertyString)] {
        (0..<14).compactMap { number in
            vm.properties("usb\(number)", defaultKey: "host").map { ("usb\(number)", $0) }
        }
    }

    mutating func usbControllers() {
        if !machine.isQ35 { device("piix3-usb-uhci,id=uhci\(place("piix3")).0x2", "machine") }
        let given = usbDevicesByNumber
        let hasUSB3 = given.contains { $0.properties.isOn("usb3") == true }
        let hasUSB2 = given.contains { $0.properties.isOn("usb3") != true }
        let key = given.first?.key ?? "machine"
        if !usesXHCI, !machine.isQ35, hasUSB2 { add("readconfig", "/usr/share/qemu-server/pve-usb.cfg", key) }
        // Whether or not there is a controller, its bridge is there from here on.
        let place = place("xhci")
        if usesXHCI, !given.isEmpty {
            device("qemu-xhci,p2=15,p3=15,id=xhci\(place)", key)
        } else if hasUSB3 {
            device("nec-usb-xhci,id=xhci\(place)", key)
        }
    }

    mutating func usbDevices() {
        for (key, properties) in usbDevicesByNumber {
            let isRedirected = properties["host"]?.lowercased() == "spice"
            let bus = usesXHCI || properties.isOn("usb3") == true ? "xhci.0" : "ehci.0"
            device("\(isRedirected ? "usb-redir" : "usb-host"),bus=\(bus),id=\(key)", key)
        }
    }

    /// Source: `conf_has_audio` and `audio_devs` in PVE/QemuServer.pm @ qemu-server 9.2.6.
    mutating func serialAndAudio() {
        for number in 0..<4 where vm["serial\(number)"] != nil {
            device("isa-serial,chardev=serial\(number)", "serial\(number)")
        }
        for number in 0..<3 where vm["parallel\(number)"] != nil {
            device("isa-parallel,chardev=parallel\(number)", "parallel\(number)")
        }
        guard let audio = vm.properties("audio0", defaultKey: "device"), let model = audio["device"],
            machine.isAtLeast(4, 0)
        else { return }
        let driver = audio["driver"] ?? "spice"
        let place = place("audio0")
        if model == "AC97" {
            device("AC97,id=audiodev0\(place),audiodev=\(driver)-backend0", "audio0")
        } else {
            device("\(model),id=audiodev0\(place)", "audio0")
            device("hda-micro,id=audiodev0-codec0,bus=audiodev0.0,cad=0,audiodev=\(driver)-backend0", "audio0")
            device("hda-duplex,id=audiodev0-codec1,bus=audiodev0.0,cad=1,audiodev=\(driver)-backend0", "audio0")
        }
        add("audiodev", "\(driver),id=\(driver)-backend0", "audio0")
    }

    /// Source: `parse_guest_agent` in PVE/QemuServer/Agent.pm, `print_rng_device_commandline` in PVE/QemuServer/RNG.pm @ qemu-server
    /// 9.2.6.
    mutating func agentAndRandom() {
        if let agent = vm.properties("agent", defaultKey: "enabled"), agent.isOn("enabled") == true {
            if agent["type"] == "isa" {
                device("isa-serial,chardev=qga0", "agent")
            } else {
                device("virtio-serial,id=qga0\(place("qga0"))", "agent")
                device("virtserialport,chardev=qga0,name=org.qemu.guest_agent.0", "agent")
            }
        }
        if vm["rng0"] != nil, machine.isAtLeast(4, 1, 2) { device("virtio-rng-pci,rng=rng0\(place("rng0"))", "rng0") }
    }

    mutating func balloonAndWatchdog() {
        if vm["balloon"] != "0" {
            let reporting = machine.isAtLeast(6, 2) ? ",free-page-reporting=on" : ""
            device("virtio-balloon-pci,id=balloon0\(place("balloon0"))\(reporting)", "balloon")
        }
        if let watchdog = vm.properties("watchdog", defaultKey: "model") {
            device("\(watchdog["model"] ?? "i6300esb")\(place("watchdog"))", "watchdog")
        }
    }

    mutating func sharedMemory() {
        guard let shared = vm.properties("ivshmem", defaultKey: "size"), let size = shared["size"] else { return }
        let name = shared["name"] ?? vm.document.vmid ?? "0"
        let place = machine.isQ35 ? AddressMap.express("ivshmem")?.text ?? "" : place("ivshmem")
        device("ivshmem-plain,memdev=ivshmem\(place)", "ivshmem")
        add(
            "object", "memory-backend-file,id=ivshmem,share=on,mem-path=/dev/shm/pve-shm-\(name),size=\(size)M",
            "ivshmem")
    }

    /// Source: `config` in PVE/QemuServer/Virtiofs.pm @ qemu-server 9.2.6, since 8.4.
    mutating func virtioFilesystems() {
        for number in 0..<10 where vm["virtiofs\(number)"] != nil {
            device("vhost-user-fs-pci,queue-size=1024,chardev=virtiofs\(number)", "virtiofs\(number)")
        }
    }
}
