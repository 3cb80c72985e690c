/// Controllers of drives, and network cards.
extension VMArguments {
    /// Source: `scsihw_infos` and `print_drivedevice_full` in PVE/QemuServer/DriveDevice.pm @ qemu-server 9.2.6.
    mutating func drives() {
        let controller = vm["scsihw"] ?? "lsi"
        let isSingle = controller == "virtio-scsi-single"
        let prefix = isSingle ? "virtioscsi" : "scsihw"
        let size = isSingle ? 1 : controller.hasPrefix("lsi") ? 7 : 256
        var made: Set<String> = []
        for name in KnownKeys.drives where vm[name] != nil {
            let kind = name.prefix { !$0.isNumber }
            guard let number = Int(name.dropFirst(kind.count)) else { continue }
            switch kind {
            case "virtio": device("virtio-blk-pci,drive=drive-\(name),id=\(name)\(place(name))", name)
            case "scsi":
                let id = "\(prefix)\(number / size)"
                let place = place(id)
                if made.insert(id).inserted {
                    device("\(isSingle ? "virtio-scsi-pci" : controller),id=\(id)\(place)", name)
                }
                device("scsi-hd,bus=\(id).0,id=\(name)", name)
            case "sata":
                let place = place("ahci\(number / 6)")
                if made.insert("ahci").inserted { device("ahci,id=ahci0,multifunction=on\(place)", name) }
                device("ide-hd,bus=ahci0.\(number % 6),id=\(name)", name)
            default: device("ide-hd,id=\(name)", name)
            }
        }
    }

    /// Source: `parse_net` in PVE/QemuServer/Network.pm, `print_netdevice_full` in PVE/QemuServer.pm @ qemu-server 9.2.6.
    mutating func networks() {
        for number in 0..<32 {
            let key = "net\(number)"
            guard let net = vm.properties(key, defaultKey: "model") else { continue }
            let model = net["model"] ?? net.pairs.first { Self.cards.contains($0.key) }?.key ?? ""
            guard Self.cards.contains(model) else { continue }
            var text = "\(model == "virtio" ? "virtio-net-pci" : model),netdev=\(key)\(place(key)),id=\(key)"
            if model == "virtio" {
                if let queues = net["queues"].flatMap({ Int($0) }), queues > 1, queues <= 64 {
                    text += ",vectors=\(queues * 2 + 2),mq=on"
                    if machine.isAtLeast(7, 1) { text += ",packed=on" }
                }
                if machine.isAtLeast(7, 1) { text += ",rx_queue_size=1024,tx_queue_size=256" }
                text += mtu(of: net) + tunnel(of: net)
            }
            add("netdev", "type=tap,id=\(key)", key)
            device(text, key)
        }
    }

    /// With an MTU the card has a larger configuration, and with that another I/O BAR. The bridge's own is taken to be 1500.
    private func mtu(of net: PropertyString) -> String {
        guard net["bridge"] != nil else { return "" }
        let given = net["mtu"].flatMap { Int($0) } ?? 1
        let mtu = given == 1 ? 1500 : given
        return machine.isAtLeast(10, 0, 1) || mtu != 1500 ? ",host_mtu=\(mtu)" : ""
    }

    private func tunnel(of net: PropertyString) -> String {
        let given = net.isOn("host-tunnel")
        let isOff = machine.isAtLeast(11, 0, 1) ? given != true : machine.isAtLeast(10, 2) && given == false
        return isOff ? ",host_tunnel=off" : ""
    }

    /// Source: `$nic_model_list` in PVE/QemuServer/Network.pm.
    private static let cards: Set = [
        "e1000", "e1000-82540em", "e1000-82544gc", "e1000-82545em", "e1000e", "i82551", "i82557b", "i82559er",
        "ne2k_isa",
        "ne2k_pci", "pcnet", "rtl8139", "virtio", "vmxnet3",
    ]
}
