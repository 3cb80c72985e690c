/// Whether libvirt takes an address that is written in the document.
package enum ChosenPlace {
    /// `controller` is the model of a PCI controller that is to go there; nil stands for any other device, because libvirt
    /// takes conventional and express ones wherever it takes one of them. `bus` is the model of the controller above.
    ///
    /// Source: `virDomainPCIAddressValidate` in src/conf/domain_addr.c, `qemuDomainValidateDevicePCISlotsChipsets` in
    /// src/qemu/qemu_domain_address.c @ 9.0.0.
    package static func exists(for controller: String?, on bus: String, slot: Int, function: Int) -> Bool {
        guard let above = AddressBus(model: bus), above.slots.contains(slot) else { return false }
        let board: DomainMachine.Chipset = bus == "pci-root" ? .i440fx : bus == "pcie-root" ? .q35 : .none
        guard !board.functions.contains(DomainPCIAddress(slot: slot, function: function)) else { return false }
        let needs = controller.map(PCIConnect.pciController) ?? .endpoints
        return needs.isSatisfied(by: above.offers, isChosen: true)
    }
}

extension DomainMachine.Chipset {
    /// Functions of the root bus that libvirt keeps for the board, whatever controllers the document has. It gives every
    /// q35 a SATA controller; an i440fx has its IDE where a disk needs it.
    var functions: [DomainPCIAddress] {
        switch self {
        case .i440fx: bridgeFunctions
        case .q35: bridgeFunctions + [storagePlace]
        case .none: []
        }
    }

    /// The ISA bridge and the power management of PIIX3; the LPC bridge and the SMBus of ICH9.
    var bridgeFunctions: [DomainPCIAddress] {
        switch self {
        case .i440fx: [DomainPCIAddress(slot: 1), DomainPCIAddress(slot: 1, function: 3)]
        case .q35: [DomainPCIAddress(slot: 0x1f), DomainPCIAddress(slot: 0x1f, function: 3)]
        case .none: []
        }
    }

    /// The board's own IDE or SATA controller.
    var storagePlace: DomainPCIAddress {
        switch self {
        case .i440fx, .none: DomainPCIAddress(slot: 1, function: 1)
        case .q35: DomainPCIAddress(slot: 0x1f, function: 2)
        }
    }
}
