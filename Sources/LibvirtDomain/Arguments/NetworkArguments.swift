import BerthXML

/// Source: `qemuBuildNicDevProps` in src/qemu/qemu_command.c @ 9.0.0.
extension ArgumentContext {
    /// Nil for an interface that sits on USB or is a host device, whose argument comes later. Without a `<mac>` libvirt draws an address, and none
    /// is given here.
    func interface(_ index: Int) -> NativeDevice? {
        let device = domain[.interface][index]
        guard device.type != "hostdev", device.address.pci != nil else { return nil }
        let reference = DeviceReference(kind: .interface, index: index)
        let alias = aliases[reference]
        var argument: NativeDevice
        if device.model.hasPrefix("virtio"), ModelNames.virtio.contains(device.model) {
            argument = virtio("virtio-net", device)
            addVirtio(device, &argument)
        } else {
            argument = NativeDevice(driver: device.model)
        }
        argument.text("netdev", "host\(alias)")
        argument.text("id", alias)
        argument.text("mac", device["mac", "address"]?.lowercased())
        argument.positive("bootindex", boot[reference])
        address(device, &argument)
        rom(device, &argument)
        return argument
    }

    private func addVirtio(_ device: DomainDevice, _ argument: inout NativeDevice) {
        let driver = device.element?.first("driver")
        let (host, guest) = (driver?.first("host"), driver?.first("guest"))
        argument.text("tx", ["iothread": "bh", "timer": "timer"][driver?["txmode"] ?? ""])
        argument.flag("ioeventfd", driver?.onOff("ioeventfd"))
        argument.flag("event_idx", driver?.onOff("event_idx"))
        for name in ["csum", "gso"] { argument.flag(name, host?.onOff(name)) }
        for name in ["tso4", "tso6", "ecn", "ufo"] { argument.flag("host_\(name)", host?.onOff(name)) }
        argument.flag("mrg_rxbuf", host?.onOff("mrg_rxbuf"))
        for name in ["csum", "tso4", "tso6", "ecn", "ufo"] { argument.flag("guest_\(name)", guest?.onOff(name)) }
        if let queues = driver?.decimal("queues"), queues > 1 {
            argument.flag("mq", true)
            argument.number("vectors", 2 * queues + 2)
        }
        argument.positive("rx_queue_size", driver?.decimal("rx_queue_size"))
        argument.positive("tx_queue_size", driver?.decimal("tx_queue_size"))
        argument.flag("rss", driver?.onOff("rss"))
        argument.flag("hash", driver?.onOff("rss_hash_report"))
        argument.positive("host_mtu", device.element?.first("mtu")?.decimal("size"))
        if device["teaming", "type"] == "persistent" { argument.flag("failover", true) }
    }
}
