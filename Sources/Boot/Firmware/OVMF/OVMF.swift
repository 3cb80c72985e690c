import BerthPCI
package import BerthStack
package import BerthTopology

/// OVMF: every 64-bit BAR that can goes above 4 GiB; each block is filled from the bottom, big ones first.
package struct OVMF: FirmwareModel, TimedFirmware {
    package let release: OVMFRelease

    package init(_ release: OVMFRelease = Stack.standard.ovmf) { self.release = release }

    package init?(_ choice: FirmwareChoice) {
        guard let release = choice.release as? OVMFRelease else { return nil }
        self.release = release
    }

    package var choice: FirmwareChoice { .ovmf(release) }

    package var sources: [String] {
        [
            "EDK2 edk2-stable202211 OvmfPkg/Library/PlatformInitLib/MemDetect.c, Platform.c",
            "EDK2 edk2-stable202211 OvmfPkg/PciHotPlugInitDxe/PciHotPlugInit.c GetResourcePadding",
            "EDK2 edk2-stable202211 MdeModulePkg/Bus/Pci/PciBusDxe PciLib.c, PciResourceSupport.c, PciEnumerator.c",
            "EDK2 edk2-stable202211 MdeModulePkg/Bus/Pci/PciHostBridgeDxe/PciHostBridge.c NotifyPhase",
            "EDK2 edk2-stable202602 MdeModulePkg/Bus/Pci/PciBusDxe PciLib.c PciAllocateBusNumber, PciResourceSupport.c",
            "recorded runs of QEMU 7.2.22 with OVMF 2022.11, 10.0.13 with 2025.02, 11.1.3 with 2026.08",
        ]
    }

    /// No register of an IGD is written: stock OVMF knows nothing of OpRegion or stolen memory, and where a
    /// driver in the option ROM allocates them inside RAM, the address depends on its other allocations.
    package func boot(_ topology: GuestTopology, _ tree: PCITree) -> FirmwareOutcome {
        let apertures = PlatformApertures(topology, release)
        var outcome = FirmwareOutcome(buses: tree.buses.count, functions: tree.functions.count)
        outcome.apertures = apertures.shared
        let scan = BusScan(tree, release)
        scan.report(to: &outcome)
        guard scan.isComplete else {
            Self.abort(&outcome, tree)
            return outcome
        }
        var allocation = ResourceAllocation(tree: tree, scan: scan, apertures: apertures)
        guard let blocks = allocation.run() else {
            Self.abort(&outcome, tree)
            return outcome
        }
        var programming = ResourceProgramming(tree: tree, outcome: outcome, contents: allocation.contents)
        for block in blocks { programming.program(block, functions: scan.functions) }
        for index in allocation.rejected.devices {
            programming.outcome.functions[index].isRejected = true
            programming.outcome.functions[index].romReservation = nil
        }
        let room = RoomInBooks(apertures.below4GiB, blocks)
        return WriterRun.after(programming.outcome, topology, tree, in: room) { placed in
            tree.reachable.filter { placed.functions[$0].romReservation != nil }
        }
    }

    func decode(_ tree: PCITree, _ outcome: FirmwareOutcome) -> any FirmwareDecode { OVMFDecode(tree, outcome) }

    /// Bus numbers stay, but nothing gets an address.
    ///
    /// Source: `PciEnumerator` in PciBusDxe/PciEnumerator.c @ edk2-stable202211.
    private static func abort(_ outcome: inout FirmwareOutcome, _ tree: PCITree) {
        for bus in tree.buses.indices {
            for index in tree.visible(on: bus, includingVendorZero: true) where !tree.functions[index].bars.isEmpty {
                outcome.functions[index].isRejected = true
            }
        }
    }
}
