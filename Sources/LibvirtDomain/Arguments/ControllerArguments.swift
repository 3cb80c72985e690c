import BerthXML

/// Source: `qemuBuildControllersCommandLine` in src/qemu/qemu_command.c @ 9.0.0.
extension ArgumentContext {
    /// Nil for what the board has, and for what libvirt knows no device for.
    func controller(_ index: Int) -> NativeDevice? {
        let controller = domain[.controller][index]
        guard !isBuiltIn(controller) else { return nil }
        let alias = aliases[DeviceReference(kind: .controller, index: index)]
        var argument: NativeDevice
        switch controller.type {
        case "pci":
            guard let made = pciController(controller, alias) else { return nil }
            argument = made
        case "usb":
            guard controller.model != "none" else { return nil }
            argument = usbController(controller, alias)
        case "scsi":
            guard let made = scsiController(controller, alias) else { return nil }
            argument = made
        case "sata":
            argument = NativeDevice(driver: "ahci")
            argument.text("id", alias)
        case "virtio-serial":
            argument = virtio("virtio-serial", controller)
            argument.text("id", alias)
            argument.number("max_ports", controller.element?.decimal("ports"))
            argument.number("vectors", controller.element?.decimal("vectors"))
        case "nvme":
            argument = NativeDevice(driver: "nvme")
            argument.text("id", alias)
            argument.text("serial", controller.element?.first("serial")?.text ?? nvmeSerial(controller.index ?? 0))
        default: return nil
        }
        address(controller, &argument)
        return argument
    }

    /// Where the controller has none of its own, that of a disk behind it.
    private func nvmeSerial(_ index: Int) -> String? {
        domain[.disk].lazy.filter { $0.type == "nvme" && $0.address.drive?.controller == index }
            .compactMap { $0.element?.first("serial")?.text }.first
    }

    private func isBuiltIn(_ controller: DomainDevice) -> Bool {
        switch (controller.type, controller.model) {
        case ("pci", "pci-root"), ("pci", "pcie-root"): true
        case ("sata", _): controller.index == 0 && domain.machine.chipset == .q35
        case ("ide", _): true
        default: false
        }
    }

    private func pciController(_ controller: DomainDevice, _ alias: String) -> NativeDevice? {
        let settings = controller.target
        guard let name = settings.modelName else { return nil }
        var argument = NativeDevice(driver: name)
        switch controller.model {
        case "pci-bridge":
            argument.number("chassis_nr", settings.chassisNr)
            argument.number("mem-reserve", settings.memoryReserve.flatMap { Int(exactly: $0 * 1024) })
            argument.text("id", alias)
        case "pci-expander-bus", "pcie-expander-bus":
            argument.number("bus_nr", settings.busNr)
            argument.text("id", alias)
            argument.number("numa_node", settings.numaNode)
        case "pcie-root-port", "pcie-switch-downstream-port":
            argument.number("port", settings.port)
            argument.number("chassis", settings.chassis)
            argument.text("id", alias)
            argument.number("mem-reserve", settings.memoryReserve.flatMap { Int(exactly: $0 * 1024) })
            argument.flag("hotplug", settings.hotplug)
        default: argument.text("id", alias)
        }
        return argument
    }

    private func usbController(_ controller: DomainDevice, _ alias: String) -> NativeDevice {
        let names = [
            "piix3-uhci": "piix3-usb-uhci", "piix4-uhci": "piix4-usb-uhci", "ehci": "usb-ehci",
            "ich9-ehci1": "ich9-usb-ehci1", "ich9-uhci1": "ich9-usb-uhci1", "ich9-uhci2": "ich9-usb-uhci2",
            "ich9-uhci3": "ich9-usb-uhci3", "vt82c686b-uhci": "vt82c686b-usb-uhci", "nec-xhci": "nec-usb-xhci",
        ]
        var argument = NativeDevice(driver: names[controller.model] ?? controller.model)
        let ports = controller.element?.decimal("ports")
        argument.number("p2", ports)
        argument.number("p3", ports)
        guard let port = controller.masterPort else {
            argument.text("id", alias)
            return argument
        }
        let master = domain[.controller].indices.first {
            let other = domain[.controller][$0]
            return other.type == "usb" && other.index == controller.index && other.masterPort == nil
        }
        argument.text(
            "masterbus", master.map { aliases[DeviceReference(kind: .controller, index: $0)] + ".0" } ?? "")
        argument.number("firstport", port)
        return argument
    }

    private func scsiController(_ controller: DomainDevice, _ alias: String) -> NativeDevice? {
        let names = [
            "lsilogic": "lsi", "lsisas1068": "mptsas1068", "lsisas1078": "megasas", "vmpvscsi": "pvscsi",
            "am53c974": "am53c974", "dc390": "dc-390",
        ]
        if let name = names[controller.model] {
            var argument = NativeDevice(driver: name)
            argument.text("id", alias)
            return argument
        }
        guard ["virtio-scsi", "virtio-transitional", "virtio-non-transitional"].contains(controller.model) else {
            return nil
        }
        var argument = virtio("virtio-scsi", controller)
        let driver = controller.element?.first("driver")
        argument.text("iothread", driver?.decimal("iothread").flatMap { $0 > 0 ? "iothread\($0)" : nil })
        argument.text("id", alias)
        argument.positive("num_queues", driver?.decimal("queues"))
        argument.positive("cmd_per_lun", driver?.decimal("cmd_per_lun"))
        argument.positive("max_sectors", driver?.decimal("max_sectors"))
        argument.flag("ioeventfd", driver?.onOff("ioeventfd"))
        return argument
    }
}
