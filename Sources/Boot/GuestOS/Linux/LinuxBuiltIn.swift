import BerthPCI
import BerthTopology

/// Functions that Debian's kernel enables without any module: ports, virtio's from 6.12 on, and USB controllers for a moment.
///
/// Enabling is all or nothing: with one BAR that has no place the function stays off. Decode stays on when
/// the function is disabled again, only bus mastering goes.
///
/// Source: drivers/pci/pcie/portdrv_pci.c@Linux 6.1 `pcie_portdrv_probe`; drivers/usb/host/pci-quirks.c
/// `quirk_usb_early_handoff`; drivers/pci/setup-res.c `pci_enable_resources`; drivers/pci/pci.c
/// `do_pci_disable_device`; drivers/virtio/virtio_pci_common.c@Linux 6.12 `virtio_pci_probe`.
struct LinuxBuiltIn {
    let tree: PCITree
    let bus: LinuxBus

    /// Whether the function was enabled, on or not before.
    func enable(_ decode: inout FunctionDecode, _ phase: BootPhase) -> Bool {
        let index = decode.index
        guard let cause = cause(tree.functions[index]) else { return false }
        let resources = bus.resources(of: index).filter {
            $0.slot != LinuxBus.rom && $0.slot < LinuxBus.virtualFunctions && bus.arena[$0.resource].isPresent
        }
        // From 6.18 on a port may be without a window.
        let required = resources.filter { !bus.rules.selectsWindows || $0.slot < LinuxBus.rom }
        guard required.allSatisfy({ bus.arena[$0.resource].isAssigned }) else { return false }
        let known = resources.map { bus.arena[$0.resource] }.filter(\.isAssigned)
        let memory = decode.decodesMemory || known.contains { !$0.isIO }
        let io = decode.decodesIO || known.contains { $0.isIO }
        decode.set(memory: memory, io: io, phase, cause)
        return true
    }

    private func cause(_ function: PCIFunction) -> DecodeCause? {
        switch function.portType {
        case .rootPort, .upstreamPort, .downstreamPort:
            return DecodeCause("pcieport binds", source: "drivers/pci/pcie/portdrv_pci.c@Linux 6.1 pcie_portdrv_probe")
        default: break
        }
        if bus.rules.bindsVirtioAtBoot, LinuxDrivers.isVirtio(function) {
            return DecodeCause(
                "virtio_pci binds", source: "drivers/virtio/virtio_pci_common.c@Linux 6.12 virtio_pci_probe")
        }
        guard function.classCode.baseAndSub == 0x0c03, function.header == .endpoint else { return nil }
        return DecodeCause(
            "Linux takes the USB controller from the firmware",
            source: "drivers/usb/host/pci-quirks.c@Linux 6.1 quirk_usb_early_handoff")
    }
}
