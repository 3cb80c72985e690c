import BerthPCI
import BerthStack
import BerthXML

/// Host devices, shared memory, and the single devices.
///
/// Source: the functions of src/qemu/qemu_command.c @ 9.0.0 named below.
extension ArgumentContext {
    /// `qemuBuildPCIHostdevDevProps`, `qemuBuildHostdevMediatedDevProps`, `qemuBuildSCSIVHostHostdevDevProps`.
    func hostDevice(_ index: Int) -> NativeDevice? {
        let device = domain[.hostdev][index]
        guard device.address != .unassigned else { return nil }
        let reference = DeviceReference(kind: .hostdev, index: index)
        let alias = aliases[reference]
        var argument: NativeDevice
        switch device.type {
        case "pci": return assigned(device, reference)
        case "mdev" where device.model == "vfio-pci":
            let hasRAMFB = device[attribute: "ramfb"] == "on"
            argument = NativeDevice(driver: hasRAMFB ? "vfio-pci-nohotplug" : "vfio-pci")
            argument.text("id", alias)
            let uuid = device.element?.first("source")?.first("address")?["uuid"] ?? ""
            argument.text("sysfsdev", "/sys/bus/mdev/devices/\(uuid)")
            argument.text("display", device[attribute: "display"] ?? "off")
            if hasRAMFB { argument.flag("ramfb", true) }
            argument.positive("bootindex", device.bootOrder)
            address(device, &argument)
        case "scsi_host":
            argument = virtio("vhost-scsi", device)
            argument.text("wwpn", device["source", "wwpn"])
            argument.text("id", alias)
            address(device, &argument)
        default: return nil
        }
        return argument
    }

    /// An interface that is a PCI device of the host is a hostdev to libvirt, the interfaces before all others
    /// (`virDomainNetInsert` in src/conf/domain_conf.c); its `<mac>` and `<model>` do not reach QEMU.
    func borrowedInterface(_ index: Int) -> NativeDevice? {
        let device = domain[.interface][index]
        return device.isOnHostPCI ? assigned(device, DeviceReference(kind: .interface, index: index)) : nil
    }

    /// `qemuBuildPCIHostdevDevProps`.
    private func assigned(_ device: DomainDevice, _ reference: DeviceReference) -> NativeDevice {
        // Display and ramfb of PCI host devices: since 9.8 (qemu_command.c).
        let showsItself = device.kind == .hostdev && LibvirtSpan.since(9, 8).contains(domain.libvirt)
        let display = showsItself ? device[attribute: "display"] : nil
        let hasRAMFB = showsItself && device[attribute: "ramfb"] == "on"
        var argument = NativeDevice(driver: hasRAMFB ? "vfio-pci-nohotplug" : "vfio-pci")
        let isBehindIOMMUFD = usesIOMMUFD(device)
        if !isBehindIOMMUFD { argument.text("host", device.hostAddress?.description) }
        argument.text("id", aliases[reference])
        if isBehindIOMMUFD { argument.text("iommufd", "iommufd0") }
        argument.text("display", display)
        if hasRAMFB { argument.flag("ramfb", true) }
        argument.positive("bootindex", boot[reference])
        if device["teaming", "type"] == "transient" {
            argument.text("failover_pair_id", device["teaming", "persistent"])
        }
        address(device, &argument)
        rom(device, &argument)
        return argument
    }

    /// The device's own word, else the domain's.
    ///
    /// Source: NEWS.rst @ 12.1.0 and, for the whole domain, @ 12.2.0.
    private func usesIOMMUFD(_ device: DomainDevice) -> Bool {
        guard LibvirtSpan.since(12, 1).contains(domain.libvirt) else { return false }
        if let own = device.element?.first("driver")?.yesNo("iommufd") { return own }
        let whole = LibvirtSpan.since(12, 2).contains(domain.libvirt)
        return whole && domain.element.first("iommufd")?.yesNo("enabled") == true
    }

    /// `qemuBuildShmemDevProps`.
    func sharedMemory(_ index: Int) -> NativeDevice? {
        let device = domain[.shmem][index]
        let alias = aliases[DeviceReference(kind: .shmem, index: index)]
        var argument = NativeDevice(driver: device.model)
        argument.text("id", alias)
        let hasServer = device.element?.first("server") != nil
        argument.text(hasServer ? "chardev" : "memdev", hasServer ? "char\(alias)" : "shmmem-\(alias)")
        if !hasServer, let role = device[attribute: "role"] {
            argument.text("master", ["master": "on", "peer": "off"][role])
        }
        let msi = device.element?.first("msi")
        argument.positive("vectors", msi?["vectors"].flatMap { LibvirtNumber.unsigned($0) }.map { Int($0) })
        let isDoorbell = device.model == "ivshmem-doorbell"
        argument.flag("ioeventfd", msi?.onOff("ioeventfd") ?? (hasServer && isDoorbell ? true : nil))
        address(device, &argument)
        return argument
    }

    /// `qemuBuildMemballoonCommandLine`.
    func balloon(_ index: Int) -> NativeDevice? {
        let device = domain[.memballoon][index]
        guard ModelNames.virtio.contains(device.model) else { return nil }
        var argument = virtio("virtio-balloon", device)
        argument.text("id", aliases[DeviceReference(kind: .memballoon, index: index)])
        argument.flag("deflate-on-oom", device.element?.onOff("autodeflate"))
        argument.flag("free-page-reporting", device.element?.onOff("freePageReporting"))
        address(device, &argument)
        return argument
    }

    /// `qemuBuildRNGDevProps`.
    func randomNumbers(_ index: Int) -> NativeDevice? {
        let device = domain[.rng][index]
        let alias = aliases[DeviceReference(kind: .rng, index: index)]
        let rate = device.element?.first("rate")
        let bytes = rate?.decimal("bytes") ?? 0
        let period = rate?.decimal("period") ?? 0
        var argument = virtio("virtio-rng", device)
        argument.text("rng", "obj\(alias)")
        argument.text("id", alias)
        argument.positive("max-bytes", bytes)
        argument.positive("period", bytes == 0 ? 0 : period == 0 ? 1000 : period)
        address(device, &argument)
        return argument
    }

    /// `qemuBuildWatchdogDevProps`.
    func watchdog(_ index: Int) -> NativeDevice? {
        let device = domain[.watchdog][index]
        guard device.model == "i6300esb" else { return nil }
        return simple("i6300esb", device, .watchdog, index)
    }

    /// `qemuBuildIOMMUCommandLine`. Intel's is no PCI device, but libvirt writes it as one.
    func iommu(_ index: Int) -> NativeDevice? {
        let device = domain[.iommu][index]
        let driver = device.element?.first("driver")
        var argument: NativeDevice
        switch device.model {
        case "intel":
            argument = NativeDevice(driver: "intel-iommu")
            argument.text("id", aliases[DeviceReference(kind: .iommu, index: index)])
            argument.text("intremap", device.interrupts.areRemapped.map { $0 ? "on" : "off" })
            argument.flag("caching-mode", driver?.onOff("caching_mode"))
            argument.text("eim", device.interrupts.areExtended.map { $0 ? "on" : "off" })
            argument.flag("device-iotlb", driver?.onOff("iotlb"))
            argument.positive("aw-bits", driver?.decimal("aw_bits"))
            if LibvirtSpan.since(10, 7).contains(domain.libvirt) {
                argument.flag("dma-translation", driver?.onOff("dma_translation"))
            }
        // The function that the guest sees; the IOMMU itself is no PCI device.
        case "amd": argument = simple("AMDVI-PCI", device, .iommu, index)
        case "virtio":
            argument = NativeDevice(driver: "virtio-iommu")
            argument.text("id", aliases[DeviceReference(kind: .iommu, index: index)])
            if LibvirtSpan.since(12, 1).contains(domain.libvirt) { argument.text("granule", granule(driver)) }
            address(device, &argument)
        default: return nil
        }
        return argument
    }

    /// A size, or what of the host's it is.
    private func granule(_ driver: XMLElement?) -> String? {
        guard let element = driver?.first("granule") else { return nil }
        if let mode = element["mode"] { return mode }
        return ScaledSize.bytes(element, "size", defaultUnit: 1024).map { "\($0 >> 10)k" }
    }

    /// `qemuBuildVsockDevProps`. The descriptor is that of a running libvirt.
    func vsock(_ index: Int) -> NativeDevice? {
        let device = domain[.vsock][index]
        var argument = virtio("vhost-vsock", device)
        argument.text("id", aliases[DeviceReference(kind: .vsock, index: index)])
        argument.number("guest-cid", device.element?.first("cid")?.decimal("address") ?? 0)
        argument.text("vhostfd", "-1")
        address(device, &argument)
        return argument
    }

    /// `qemuBuildPanicCommandLine` @ 9.1.0: the only device on PCI that libvirt gives no id.
    func panic(_ index: Int) -> NativeDevice? {
        let device = domain[.panic][index]
        guard device.model == "pvpanic" else { return nil }
        var argument = NativeDevice(driver: "pvpanic-pci")
        address(device, &argument)
        return argument
    }

    /// `qemuBuildCryptoDevProps` @ 9.1.0.
    func crypto(_ index: Int) -> NativeDevice? {
        let device = domain[.crypto][index]
        let alias = aliases[DeviceReference(kind: .crypto, index: index)]
        var argument = virtio("virtio-crypto", device)
        argument.text("cryptodev", "obj\(alias)")
        argument.text("id", alias)
        address(device, &argument)
        return argument
    }

    /// `qemuBuildPstoreCommandLine` @ 10.6.0.
    func persistentStore(_ index: Int) -> NativeDevice? {
        let device = domain[.pstore][index]
        let alias = aliases[DeviceReference(kind: .pstore, index: index)]
        var argument = NativeDevice(driver: "acpi-erst")
        argument.text("id", alias)
        argument.text("memdev", "mem\(alias)")
        address(device, &argument)
        return argument
    }

    /// `qemuBuildSerialChrDeviceProps`, for cards on PCI.
    func serial(_ index: Int) -> NativeDevice? {
        let device = domain[.serial][index]
        guard device.type == "pci-serial" else { return nil }
        let alias = aliases[DeviceReference(kind: .serial, index: index)]
        var argument = NativeDevice(driver: device.model.isEmpty ? "pci-serial" : device.model)
        argument.text("chardev", "char\(alias)")
        argument.text("id", alias)
        address(device, &argument)
        return argument
    }

    /// `qemuBuildMemoryDeviceProps`, for memory on PCI.
    func memory(_ index: Int) -> NativeDevice? {
        let device = domain[.memory][index]
        guard ["virtio-pmem", "virtio-mem"].contains(device.model) else { return nil }
        let alias = aliases[DeviceReference(kind: .memory, index: index)]
        let target = device.element?.first("target")
        func bytes(_ name: String) -> Int? {
            target?.first(name).flatMap { ScaledSize.bytes($0, defaultUnit: 1024) }.flatMap { Int(exactly: $0) }
        }
        // NEWS.rst @ 11.9.0: "qemu: Introduce virtio options for virtio memory models"; @ 9.6.0: a cell is added.
        var argument =
            LibvirtSpan.since(11, 9).contains(domain.libvirt)
            ? virtio(device.model, device) : NativeDevice(driver: "\(device.model)-pci")
        let isAdded = LibvirtSpan.since(9, 6).contains(domain.libvirt) && device.model == "virtio-mem"
        argument.number("node", target?.first("node").flatMap { Int($0.text) } ?? (isAdded ? 0 : nil))
        if device.model == "virtio-mem" {
            argument.positive("block-size", bytes("block"))
            argument.positive("requested-size", bytes("requested"))
        }
        argument.text("memdev", "mem\(alias)")
        argument.text("id", alias)
        address(device, &argument)
        return argument
    }

    private func simple(
        _ driver: String, _ device: DomainDevice, _ kind: DomainDevice.Kind, _ index: Int
    ) -> NativeDevice {
        var argument = NativeDevice(driver: driver)
        argument.text("id", aliases[DeviceReference(kind: kind, index: index)])
        address(device, &argument)
        return argument
    }
}
