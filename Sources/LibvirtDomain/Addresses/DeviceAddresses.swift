import BerthDiagnostics

/// The devices without an address, in libvirt's order.
///
/// Source: `qemuDomainAssignDevicePCISlots` in src/qemu/qemu_domain_address.c @ 9.0.0, 11.3.0.
extension AddressAssigner {
    mutating func assignDevices() -> Bool {
        let isPCIController = { (device: DomainDevice) in
            device.isPCIController && !["pci-root", "pcie-root"].contains(device.model)
        }
        return assign(.controller, where: isPCIController)
            && assign(.filesystem) { $0.type != "mtp" }
            && assign(.interface) { $0.type != "hostdev" && $0.model != "usb-net" }
            && assign(.sound) { !["sb16", "pcspk", "usb"].contains($0.model) }
            && assignControllers()
            && assignDisks()
            && assign(.interface) { $0.isOnHostPCI }
            && assign(.hostdev) {
                ["pci", "scsi_host"].contains($0.type) || $0.type == "mdev" && $0.model == "vfio-pci"
            }
            && assign(.memballoon) { $0.model != "none" }
            && assign(.rng)
            && assign(.watchdog) { $0.model == "i6300esb" }
            && assign(.video) { !["none", "ramfb"].contains($0.model) }
            && assign(.shmem)
            && assign(.input) { $0.type == "virtio" }
            && assign(.serial) { $0.type == "pci-serial" }
            && assign(.iommu) { ["virtio", "amd"].contains($0.model) }
            && assign(.vsock)
            && assign(.memory) { ["virtio-pmem", "virtio-mem"].contains($0.model) }
            && assign(.crypto)
            && assign(.panic) { $0.model == "pvpanic" }
            && assign(.pstore)
    }

    private mutating func assign(
        _ kind: DomainDevice.Kind, where isMeant: (DomainDevice) -> Bool = { _ in true }
    ) -> Bool {
        for index in domain[kind].indices {
            guard domain[kind][index].address.isPCIWanted, isMeant(domain[kind][index]) else { continue }
            guard assignNext(DeviceReference(kind: kind, index: index)) else { return false }
        }
        return true
    }

    /// The next free place; only the second pass keeps it.
    mutating func assignNext(_ reference: DeviceReference, function: Int? = nil, multifunction: Bool? = nil) -> Bool {
        let needs = PCIConnect.needs(of: domain[reference.kind][reference.index], onExpress: isExpress)
        var found: DomainPCIAddress?
        let isFound = attempt(reference) { assigner throws(AddressRefusal) in
            found = try assigner.set.reserveNext(for: needs, function: function)
        }
        guard isFound, var found else { return false }
        if !set.mayGrow {
            found.multifunction = multifunction
            domain.update(reference) { $0.address = .pci(found) }
        }
        return true
    }

    private mutating func assignControllers() -> Bool {
        for index in domain[.controller].indices {
            let controller = domain[.controller][index]
            switch (controller.type, controller.model) {
            case ("pci", _), ("usb", "none"), ("fdc", _), ("ccid", _), ("scsi", "ncr53c90"): continue
            case ("ide", _) where controller.index == 0: continue
            default: break
            }
            guard controller.address.isPCIWanted else { continue }
            let reference = DeviceReference(kind: .controller, index: index)
            guard controller.isUSB2 ? assignUSB2(reference, controller) : assignNext(reference) else { return false }
        }
        return true
    }

    /// The functions of one set of USB 2 controllers share a slot.
    private mutating func assignUSB2(_ reference: DeviceReference, _ controller: DomainDevice) -> Bool {
        let functions = ["ich9-ehci1": 7, "ich9-uhci1": 0, "ich9-uhci2": 1, "ich9-uhci3": 2]
        let function = functions[controller.model] ?? 0
        let multifunction: Bool? = function == 0 ? true : nil
        let sibling = domain[.controller].first {
            $0.isUSB2 && $0.index == controller.index && $0.address.pci != nil
        }
        guard let slot = sibling?.address.pci else {
            return assignNext(reference, function: function, multifunction: multifunction)
        }
        var address = DomainPCIAddress(
            domain: slot.domain, bus: slot.bus, slot: slot.slot, function: function, multifunction: multifunction)
        let needs = PCIConnect.needs(of: controller, onExpress: isExpress)
        guard
            attempt(
                reference, { assigner throws(AddressRefusal) in try assigner.set.reserve(&address, for: needs) })
        else { return false }
        domain.update(reference) { $0.address = .pci(address) }
        return true
    }

    private mutating func assignDisks() -> Bool {
        for index in domain[.disk].indices where domain[.disk][index].type == "virtio" {
            let disk = domain[.disk][index]
            guard disk.address.pci == nil else { continue }
            guard disk.address.isPCIWanted else {
                if case .other(let type) = disk.address, ["ccw", "virtio-mmio"].contains(type) { continue }
                refuse(
                    AddressRefusal(
                        .addressType,
                        "virtio disk cannot have an address of type '\(disk.address.typeName ?? "none")'"), disk)
                return false
            }
            guard assignNext(DeviceReference(kind: .disk, index: index)) else { return false }
        }
        return true
    }
}

extension DomainDevice {
    /// One of the four functions of ICH9's USB 2.
    var isUSB2: Bool {
        kind == .controller && type == "usb"
            && ["ich9-ehci1", "ich9-uhci1", "ich9-uhci2", "ich9-uhci3"].contains(model)
    }
}
