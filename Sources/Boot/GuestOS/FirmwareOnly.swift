import BerthPCI
package import BerthTopology

/// No operating system: the guest stays in its firmware.
package struct FirmwareOnly: GuestOSModel {
    package let summary = "nothing runs after the firmware"
    package let guest = GuestOS.firmwareOnly
    package let evidence = Evidence.measured
    package let sources = ["recorded runs of QEMU 7.2.22 without a guest OS"]

    package init() {}

    package func run(
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

    package func run(_ handOver: HandOver) -> GuestOutcome { FirmwareSession(handOver).outcome }
}
