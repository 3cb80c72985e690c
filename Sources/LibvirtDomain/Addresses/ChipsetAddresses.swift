import BerthDiagnostics

/// What the board has taken, and what libvirt puts where the board had it.
///
/// Source: `qemuDomainValidateDevicePCISlotsChipsets` in src/qemu/qemu_domain_address.c @ 9.0.0.
extension AddressAssigner {
    mutating func reserveChipset() -> Bool {
        switch domain.machine.chipset {
        case .i440fx: reservePIIX3()
        case .q35: reserveICH9()
        case .none: true
        }
    }

    private mutating func reservePIIX3() -> Bool {
        for index in domain[.controller].indices {
            let controller = domain[.controller][index]
            guard controller.index == 0 else { continue }
            let own: DomainPCIAddress
            let complaint: AddressRefusal
            switch (controller.type, controller.model) {
            case ("ide", _):
                own = DomainMachine.Chipset.i440fx.storagePlace
                complaint = AddressRefusal(
                    .primaryIdeAddress, "Primary IDE controller must have PCI address 0:0:1.1")
            case ("usb", "piix3-uhci"), ("usb", ""):
                own = DomainPCIAddress(slot: 1, function: 2)
                complaint = AddressRefusal(
                    .piix3UsbAddress, "PIIX3 USB controller at index 0 must have PCI address 0:0:1.2")
            default: continue
            }
            let reference = DeviceReference(kind: .controller, index: index)
            guard place(reference, at: own, else: complaint) else { return false }
            guard set.buses.isEmpty || take(own, [.pci, .autoAssign], for: reference) else { return false }
        }
        guard !set.buses.isEmpty else { return placePrimaryVideo(slot: 2, [.pci, .autoAssign]) }
        for place in DomainMachine.Chipset.i440fx.bridgeFunctions where !take(place, [.pci, .autoAssign]) {
            return false
        }
        return placePrimaryVideo(slot: 2, [.pci, .autoAssign])
    }

    private mutating func reserveICH9() -> Bool {
        for index in domain[.controller].indices {
            let controller = domain[.controller][index]
            let reference = DeviceReference(kind: .controller, index: index)
            switch (controller.type, controller.model) {
            case ("sata", _) where controller.index == 0:
                let complaint = AddressRefusal(
                    .primarySataAddress, "Primary SATA controller must have PCI address 0:0:1f.2")
                guard place(reference, at: DomainMachine.Chipset.q35.storagePlace, else: complaint) else {
                    return false
                }
            case ("usb", "ich9-uhci1") where controller.address == .none:
                // Where the ICH9 has its first and its second set of USB 2 functions.
                guard let slot = [0x1d, 0x1a].first(where: { !isInUse($0) }) else { continue }
                guard take(DomainPCIAddress(slot: slot), .pcie, for: reference) else { return false }
                domain.update(reference) { $0.address = .pci(DomainPCIAddress(slot: slot, multifunction: true)) }
            case ("pci", "dmi-to-pci-bridge") where controller.address == .none && !isInUse(0x1e):
                guard take(DomainPCIAddress(slot: 0x1e), .pcie, for: reference) else { return false }
                domain.update(reference) { $0.address = .pci(DomainPCIAddress(slot: 0x1e)) }
            default: continue
            }
        }
        guard !set.buses.isEmpty else { return true }
        for place in DomainMachine.Chipset.q35.bridgeFunctions where !take(place, .pcie) { return false }
        guard placePrimaryVideo(slot: 1, .pcie) else { return false }
        guard !isInUse(0x1b),
            let index = domain[.sound].firstIndex(where: { $0.model == "ich9" && $0.address.isPCIWanted })
        else { return true }
        let reference = DeviceReference(kind: .sound, index: index)
        guard take(DomainPCIAddress(slot: 0x1b), .pcie, for: reference) else { return false }
        domain.update(reference) { $0.address = .pci(DomainPCIAddress(slot: 0x1b)) }
        return true
    }

    private func isInUse(_ slot: Int) -> Bool { set.buses.first?.isInUse(slot: slot) ?? false }

    /// A controller that has one place only.
    private mutating func place(
        _ reference: DeviceReference, at own: DomainPCIAddress, else complaint: AddressRefusal
    ) -> Bool {
        let device = domain[reference.kind][reference.index]
        if let written = device.address.pci {
            guard !written.isSamePlace(as: own) else { return true }
            refuse(complaint, device)
            return false
        }
        domain.update(reference) { $0.address = .pci(own) }
        return true
    }

    private mutating func take(
        _ address: DomainPCIAddress, _ needs: PCIConnect, for reference: DeviceReference? = nil
    ) -> Bool {
        var address = address
        let owner = reference ?? occupant(of: address)
        return attempt(owner) { assigner throws(AddressRefusal) in try assigner.set.reserve(&address, for: needs) }
    }

    /// The device that sits where the board has something.
    private func occupant(of address: DomainPCIAddress) -> DeviceReference? {
        for kind in DomainDevice.Kind.allCases {
            let found = domain[kind].firstIndex { $0.address.pci?.isSamePlace(as: address) == true }
            if let found { return DeviceReference(kind: kind, index: found) }
        }
        return nil
    }

    /// The first video, where QEMU itself would put it; elsewhere if that slot is taken.
    private mutating func placePrimaryVideo(slot: Int, _ needs: PCIConnect) -> Bool {
        guard let video = domain[.video].first, !["none", "ramfb"].contains(video.model), video.address.isPCIWanted
        else { return true }
        let reference = DeviceReference(kind: .video, index: 0)
        let own = DomainPCIAddress(slot: slot)
        guard
            attempt(
                reference,
                { assigner throws(AddressRefusal) in try assigner.set.check(own, as: own, needs) })
        else { return false }
        if isInUse(slot) { return assignNext(reference) }
        guard take(own, needs, for: reference) else { return false }
        domain.update(reference) { $0.address = .pci(own) }
        return true
    }
}
