import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct CommandLineSlot: DomainCheck {
    let rule = DomainRule(
        "commandline-slot", "a device in <qemu:commandline> has a slot of its own",
        sources: ["QEMU 7.2 hw/pci/pci.c do_pci_register_device"],
        """
        Libvirt does not know the devices it passes through. Where one is at the address of another, QEMU refuses to
        start: PCI: slot 3 function 0 not available for X, in use by Y. On q35 slot 1f function 0 is the ICH9 LPC
        bridge.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard domain.assigned != nil, domain.commandLineDevices.contains(where: { $0.address != nil }) else {
            return []
        }
        var owners: [DomainPCIAddress: String] = [:]
        for (place, owner) in domain.boardFunctions { owners[place] = owner }
        for device in domain.assignedDevices {
            guard let address = device.address.pci else { continue }
            owners[address.place] = domain.describe(device)
        }
        return domain.commandLineDevices.compactMap { device in
            guard let address = device.address else { return nil }
            defer { owners[address] = owners[address] ?? "the device '\(device["driver"] ?? "")' of the command line" }
            guard let owner = owners[address] else { return nil }
            return finding(
                .warning,
                "QEMU refuses: slot \(address.slot) function \(address.function) is in use by \(owner)",
                at: device.element,
                "value", in: domain, fix: "write addr=\(domain.freeSlotText(owners))")
        }
    }
}
