import BerthLibvirtDomain
import BerthTopology

/// A bus as libvirt knows it.
struct LibvirtBus: Hashable {
    /// QEMU's name of it.
    var id: String
    /// The controller's index, which is the `bus` of an address; nil for a bus that only QEMU knows.
    var index: Int?
    /// The model of the controller above; nil below a bridge that is an argument of QEMU's.
    var model: String?

    /// Whether libvirt lets a hand-written address put a controller of that model there, or without one any other device.
    func accepts(_ controller: String?, at slot: Slot) -> Bool {
        guard let model else { return false }
        return ChosenPlace.exists(
            for: controller, on: model, slot: Int(slot.device), function: Int(slot.function))
    }
}

/// A model of `<controller type='pci'>`.
struct PCIControllerModel: Hashable {
    /// The `model` attribute.
    var model: String
    /// QEMU's device, the `name` of the `<model>` element.
    var device: String

    /// By QEMU's name of the device; nil for what libvirt has no controller for.
    static func named(_ device: String) -> PCIControllerModel? { all.first { $0.device == device } }

    /// Source: docs/formatdomain.rst, "Controllers".
    private static let all = [
        ("pcie-root-port", "pcie-root-port"), ("pcie-root-port", "ioh3420"),
        ("pcie-switch-upstream-port", "x3130-upstream"), ("pcie-switch-downstream-port", "xio3130-downstream"),
        ("pcie-to-pci-bridge", "pcie-pci-bridge"), ("dmi-to-pci-bridge", "i82801b11-bridge"),
        ("pci-bridge", "pci-bridge"), ("pci-expander-bus", "pxb"), ("pcie-expander-bus", "pxb-pcie"),
    ].map { PCIControllerModel(model: $0.0, device: $0.1) }
}
