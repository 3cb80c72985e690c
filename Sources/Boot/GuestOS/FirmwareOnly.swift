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
        var session = FirmwareSession(topology, tree, firmware, then: actions)
        for action in actions {
            switch action {
            case .reboot: session.reboot()
            case .plug(let index): session.plug(index)
            // Without an operating system nothing else can happen.
            default: break
            }
        }
        return session.outcome
    }

    public func run(_ handOver: HandOver) -> GuestOutcome { FirmwareSession(handOver).outcome }
}
