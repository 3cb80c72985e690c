import BerthStack
import BerthXML

/// Disks and file systems.
///
/// Source: `qemuBuildDiskDeviceProps`, `qemuBuildFSDevCmd`, `qemuBuildVHostUserFsDevProps` in
/// src/qemu/qemu_command.c @ 9.0.0.
extension ArgumentContext {
    /// Only disks on virtio are PCI devices.
    func disk(_ index: Int) -> NativeDevice? {
        let disk = domain[.disk][index]
        guard disk.type == "virtio", let element = disk.element else { return nil }
        let reference = DeviceReference(kind: .disk, index: index)
        let alias = aliases[reference]
        let isVhostUser = element["type"] == "vhostuser"
        let driver = element.first("driver")
        let isLUN = element["device"] == "lun"
        var argument = virtio(isVhostUser ? "vhost-user-blk" : "virtio-blk", disk)
        argument.text("iothread", driver?.decimal("iothread").flatMap { $0 > 0 ? "iothread\($0)" : nil })
        argument.flag("ioeventfd", driver?.onOff("ioeventfd"))
        argument.flag("event_idx", driver?.onOff("event_idx"))
        if isLUN, !isVhostUser { argument.flag("scsi", true) }
        argument.positive("num-queues", driver?.decimal("queues"))
        argument.positive("queue-size", driver?.decimal("queue_size"))
        address(disk, &argument)
        if element.first("shareable") != nil { argument.flag("share-rw", true) }
        if isVhostUser {
            argument.text("chardev", "chr-vu-\(alias)")
        } else {
            argument.text("drive", drives[index])
        }
        argument.text("id", alias)
        argument.positive("bootindex", boot[reference])
        addGranularity(element, &argument)
        addGeometry(element, driver, isLUN: isLUN, &argument)
        return argument
    }

    /// NEWS.rst @ 11.6.0: "Allow specifying zero discard granularity for block devices".
    private func addGranularity(_ element: XMLElement, _ argument: inout NativeDevice) {
        let size = element.first("blockio")?.decimal("discard_granularity")
        if LibvirtSpan.since(11, 6).contains(domain.libvirt) {
            argument.number("discard_granularity", size)
        } else {
            argument.positive("discard_granularity", size)
        }
    }

    private func addGeometry(
        _ element: XMLElement, _ driver: XMLElement?, isLUN: Bool, _ argument: inout NativeDevice
    ) {
        let block = element.first("blockio")
        argument.positive("logical_block_size", block?.decimal("logical_block_size"))
        argument.positive("physical_block_size", block?.decimal("physical_block_size"))
        if let text = element.first("wwn")?.text, let number = UInt64(text, radix: 16) {
            argument.number("wwn", Int(exactly: number))
        }
        argument.positive("rotation_rate", element.first("target")?.decimal("rotation_rate"))
        argument.text("vendor", element.first("vendor")?.text)
        argument.text("product", element.first("product")?.text)
        if !isLUN, let cache = driver?["cache"], cache != "default" {
            argument.text("write-cache", ["none", "writeback", "unsafe"].contains(cache) ? "on" : "off")
        }
        let geometry = element.first("geometry")
        argument.positive("cyls", geometry?.decimal("cyls"))
        argument.positive("heads", geometry?.decimal("heads"))
        argument.positive("secs", geometry?.decimal("secs"))
        argument.text("bios-chs-trans", geometry?["trans"])
        argument.text("serial", element.first("serial")?.text)
        let writing = driver?["error_policy"]
        argument.text("werror", writing == "enospace" ? "enospc" : writing)
        argument.text("rerror", driver?["rerror_policy"] ?? (writing == "enospace" ? nil : writing))
    }

    func filesystem(_ index: Int) -> NativeDevice? {
        let device = domain[.filesystem][index]
        guard device.type != "mtp" else { return nil }
        let alias = aliases[DeviceReference(kind: .filesystem, index: index)]
        let tag = device["target", "dir"] ?? ""
        var argument: NativeDevice
        if device.type == "virtiofs" {
            argument = virtio("vhost-user-fs", device)
            argument.text("id", alias)
            argument.text("chardev", "chr-vu-\(alias)")
            argument.positive("queue-size", device.element?.first("driver")?.decimal("queue"))
            argument.text("tag", tag)
            argument.positive("bootindex", device.bootOrder)
        } else {
            argument = virtio("virtio-9p", device)
            argument.text("id", alias)
            argument.text("fsdev", "fsdev-\(alias)")
            argument.text("mount_tag", tag)
        }
        address(device, &argument)
        return argument
    }
}
