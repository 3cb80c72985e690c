import BerthDiagnostics
import BerthXML

/// What all device arguments are made from.
struct ArgumentContext {
    let domain: AssignedDomain
    let aliases: DomainAliases
    let boot: BootOrder
    let drives: DriveNodes

    init(_ domain: AssignedDomain) {
        self.domain = domain
        aliases = DomainAliases(domain)
        boot = BootOrder(domain)
        drives = DriveNodes(domain)
    }

    /// Bus, place and the ACPI index.
    ///
    /// Source: `qemuBuildDeviceAddressProps` in src/qemu/qemu_command.c @ 9.0.0.
    func address(_ device: DomainDevice, _ argument: inout NativeDevice) {
        guard let address = device.address.pci else { return }
        argument.text("bus", aliases.bus(address.bus))
        argument.flag("multifunction", address.multifunction)
        let slot = Hexadecimal.string(address.slot)
        argument.text("addr", address.function == 0 ? slot : "\(slot).\(Hexadecimal.string(address.function))")
        argument.positive("acpi-index", device.acpiIndex)
    }

    /// Source: `qemuBuildRomProps`.
    func rom(_ device: DomainDevice, _ argument: inout NativeDevice) {
        guard let rom = device.element?.first("rom") else { return }
        if rom["enabled"] == "no" { return argument.text("romfile", "") }
        if let bar = rom["bar"] { argument.number("rombar", bar == "on" ? 1 : 0) }
        argument.text("romfile", rom["file"])
    }

    /// `BASE-pci`, its kin for one generation of virtio, and what every virtio driver takes.
    ///
    /// Source: `qemuBuildVirtioDevProps`.
    func virtio(_ base: String, _ device: DomainDevice, hasSuffix: Bool = true) -> NativeDevice {
        var name = base + (hasSuffix ? "-pci" : "")
        if ["virtio-transitional", "virtio-non-transitional"].contains(device.model) {
            name += device.model.dropFirst("virtio".count)
        }
        var argument = NativeDevice(driver: name)
        let driver = device.element?.first("driver")
        argument.flag("iommu_platform", driver?.onOff("iommu"))
        argument.flag("ats", driver?.onOff("ats"))
        argument.flag("packed", driver?.onOff("packed"))
        argument.flag("page-per-vq", driver?.onOff("page_per_vq"))
        return argument
    }
}

extension XMLElement {
    func onOff(_ name: String) -> Bool? { self[name].flatMap { ["on": true, "off": false][$0] } }
    func yesNo(_ name: String) -> Bool? { self[name].flatMap { ["yes": true, "no": false][$0] } }
    func decimal(_ name: String) -> Int? { self[name].flatMap { LibvirtNumber.unsigned($0, base: 10) }.map { Int($0) } }
}
