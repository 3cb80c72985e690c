/// The QEMU ids that libvirt gives to devices without a user's alias.
///
/// Source: `qemuAssignDeviceAliases` in src/qemu/qemu_alias.c @ 9.0.0.
package struct DomainAliases {
    private var names: [DeviceReference: String] = [:]
    private var buses: [Int: String] = [:]

    package init(_ domain: AssignedDomain) {
        for kind in DomainDevice.Kind.allCases where Self.prefixes[kind] != nil { number(kind, domain) }
        for (index, disk) in domain[.disk].enumerated() {
            names[DeviceReference(kind: .disk, index: index)] = disk.alias ?? Self.alias(ofDisk: disk, in: domain)
        }
        for (index, controller) in domain[.controller].enumerated() {
            let alias = controller.alias ?? Self.alias(ofController: controller, in: domain)
            names[DeviceReference(kind: .controller, index: index)] = alias
            guard controller.isPCIController, let number = controller.index else { continue }
            // The roots are QEMU's own and keep their names.
            let isRoot = ["pci-root", "pcie-root"].contains(controller.model)
            buses[number] = isRoot ? Self.alias(ofController: controller, in: domain) : alias
        }
        for (index, device) in domain[.memory].enumerated() {
            let names = ["virtio-pmem": "virtiopmem", "virtio-mem": "virtiomem"]
            let before = domain[.memory][..<index].filter { $0.model == device.model && $0.alias == nil }.count
            self.names[DeviceReference(kind: .memory, index: index)] =
                device.alias ?? "\(names[device.model] ?? device.model)\(before)"
        }
    }

    package subscript(_ reference: DeviceReference) -> String { names[reference] ?? "" }

    /// QEMU's name of the bus below a PCI controller.
    func bus(_ index: Int) -> String { buses[index] ?? "pci.\(index)" }

    private static let prefixes: [DomainDevice.Kind: String] = [
        .interface: "net", .filesystem: "fs", .sound: "sound", .hostdev: "hostdev", .redirdev: "redir",
        .video: "video", .input: "input", .serial: "serial", .shmem: "shmem", .watchdog: "watchdog",
        .memballoon: "balloon", .rng: "rng", .vsock: "vsock", .iommu: "iommu", .crypto: "crypto", .pstore: "pstore",
    ]

    /// Some kinds count every device, others only those without an alias of their own.
    private mutating func number(_ kind: DomainDevice.Kind, _ domain: AssignedDomain) {
        let prefix = Self.prefixes[kind] ?? kind.name
        let skipsNamed = [.interface, .filesystem, .hostdev, .rng].contains(kind)
        var next = 0
        // Interfaces that are host devices come first among those.
        let borrowed = domain[.interface].filter { $0.type == "hostdev" && $0.alias == nil }.count
        if kind == .hostdev { next = borrowed }
        var nextBorrowed = 0
        for (index, device) in domain[kind].enumerated() {
            let reference = DeviceReference(kind: kind, index: index)
            if kind == .interface, device.type == "hostdev" {
                names[reference] = device.alias ?? "hostdev\(nextBorrowed)"
                if device.alias == nil { nextBorrowed += 1 }
                continue
            }
            names[reference] = device.alias ?? "\(prefix)\(next)"
            if !skipsNamed || device.alias == nil { next += 1 }
        }
    }

    private static func alias(ofController controller: DomainDevice, in domain: AssignedDomain) -> String {
        let index = controller.index ?? 0
        switch (controller.type, index) {
        case ("pci", _): return controller.model == "pcie-root" ? "pcie.\(index)" : "pci.\(index)"
        case ("ide", 0) where domain.machine.chipset == .i440fx, ("sata", 0) where domain.machine.chipset == .q35:
            return "ide"
        case ("usb", 0): return "usb"
        default: return "\(controller.type)\(index)"
        }
    }

    private static func alias(ofDisk disk: DomainDevice, in domain: AssignedDomain) -> String {
        guard let drive = disk.address.drive else {
            return "\(disk.type)-disk\(DiskName.index(disk["target", "dev"] ?? ""))"
        }
        let model = domain[.controller].first { $0.type == "scsi" && $0.index == drive.controller }?.model
        if disk.type != "scsi" || model == "lsilogic" {
            return "\(disk.type)\(drive.controller)-\(drive.bus)-\(drive.unit)"
        }
        return "\(disk.type)\(drive.controller)-\(drive.bus)-\(drive.target)-\(drive.unit)"
    }
}
