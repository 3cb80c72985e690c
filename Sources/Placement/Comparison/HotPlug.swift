package import BerthDiagnostics
import BerthPCI
import BerthTopology

/// Whether the guest can get a berth while it runs.
package struct HotPlug: Hashable, Sendable {
    package enum Answer: String, Hashable, Sendable, CaseIterable {
        /// Nothing has to be there before the guest starts: an assigned IGD can be plugged in.
        case yes
        /// The carrier can be plugged in and out; the IGD has to be there from the start.
        case carrier
        case no
    }

    package var answer: Answer
    /// Why, in half a sentence.
    package var reason: Statement
    package var source: String
}

extension Evaluation {
    /// Of one of its berths.
    ///
    /// Which models and buses take part is recorded from QEMU 7.2 by `device_add` on a guest that is stopped.
    func hotPlug(of berth: RegionBerth) -> HotPlug {
        switch berth.backing {
        case .nothing where berth.needsLegacyMode:
            HotPlug(
                answer: .no, reason: "legacy mode is refused to a hot-plugged IGD",
                source: "QEMU 9.1 hw/vfio/igd.c vfio_probe_igd_bar4_quirk: 'hotplugged, ROM disabled'")
        case .nothing:
            HotPlug(
                answer: .yes, reason: "nothing has to be there before",
                source: "QEMU 10.1 hw/vfio/igd.c: a hot-plugged IGD gets no OpRegion and no emulated register")
        case .reservedRAM, .hostMemory, .range:
            HotPlug(
                answer: .no, reason: "reserved memory does not come and go while a guest runs",
                source: "qemu-devel, 28 January 2016: 'reserved memory regions are not dynamic'")
        case .bar(let slot, _, let carrier): hotPlug(of: carrier, at: slot)
        }
    }

    private func hotPlug(of carrier: RegionBerth.Carrier, at slot: Slot) -> HotPlug {
        if carrier == .igd {
            return HotPlug(
                answer: .no, reason: "a hot-plugged IGD gets no quirks",
                source: "QEMU 10.1 hw/vfio/igd.c: 'OpRegion is not supported on hotplugged device'")
        }
        let function = tree.index(at: slot).map { tree.functions[$0] }
        let model = function?.model ?? carrier.rawValue
        if carrier == .lpcBridge && model != UserDevice.model || function?.origin == .machine
            || Self.fixedModels.contains(model)
        {
            return HotPlug(
                answer: .no, reason: "\(name: model) cannot be plugged in",
                source: "QEMU 7.2 device_add: 'expects a pluggable device type'")
        }
        if let bus = tree.buses.first(where: { $0.name == slot.bus }), !takesHotPlug(bus) {
            return HotPlug(
                answer: .no, reason: "nothing can be plugged into \(name: bus.name.rawValue)",
                source: "QEMU 7.2 device_add: 'Bus does not support hotplugging'")
        }
        return HotPlug(
            answer: .carrier, reason: "\(name: model) can be plugged in, the IGD has to be there from the start",
            source: "QEMU 7.2 device_add; QEMU 10.1 hw/vfio/igd.c for the IGD")
    }

    /// The root bus of a q35 does not, nor does a port with `hotplug=off`; every other bus does, through ACPI or SHPC.
    private func takesHotPlug(_ bus: PCIBus) -> Bool {
        switch bus.parent {
        case .root: return !bus.isExpress
        case .bridge(let parent):
            let bridge = tree.functions[parent].bridge
            return bridge?.hasSlot != true || bridge?.allowsHotPlug == true
        }
    }

    /// Of 112 models those that `device_add` refuses.
    private static let fixedModels: Set<String> = [
        "VGA", "acpi-erst", "ati-vga", "cirrus-vga", "cxl-rp", "ich9-usb-ehci1", "ich9-usb-ehci2", "ich9-usb-uhci1",
        "ich9-usb-uhci2", "ich9-usb-uhci3", "ich9-usb-uhci4", "ich9-usb-uhci5", "ich9-usb-uhci6", "pci-ohci",
        "piix3-ide", "piix4-ide", "qxl-vga", "vfio-pci-igd-lpc-bridge", "virtio-gpu-pci", "virtio-iommu-pci",
        "virtio-vga", "vmware-svga",
    ]
}
