import BerthPCI
public import BerthTopology

/// No operating system: the guest stays in its firmware.
public struct FirmwareOnly: GuestOSModel {
    public let summary = "nothing runs after the firmware"
    public let guest = GuestOS.firmwareOnly
    public let evidence = Evidence.measured
    public let sources = ["recorded runs of QEMU 7.2.22 without a guest OS"]

    public init() {}

    public func run(
        _ topology: GuestTopology, _ tree: PCITree, after firmware: FirmwareOutcome, then actions: [GuestAction]
    ) -> GuestOutcome {
        let model = FirmwareModels.decode(topology.firmware, tree, firmware)
        guard firmware.halted == nil else { return GuestOutcome(firmware, []) }
        let decodes = tree.reachableByFirmware.map { index in
            var decode = FunctionDecode(index, tree.functions[index])
            model.run(&decode)
            return decode
        }
        return GuestOutcome(firmware, decodes)
    }
}
