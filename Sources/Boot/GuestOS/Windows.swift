import BerthDiagnostics
import BerthPCI
import BerthStack
package import BerthTopology

/// Windows 10 and 11: what the firmware placed inside the windows stays, and decode stays on.
///
/// Nothing of this was measured. PCI.sys keeps the boot configuration of a BAR that lies inside `_CRS` and
/// overlaps nothing; whether it clears the command register while it sizes is not known, and nobody saw it.
/// What happens later is in `WindowsRuntime`; each of its causes says that it was not measured.
package struct Windows: GuestOSModel {
    package let summary = "Windows 10 and 11: keeps what the firmware placed (from documents, not measured)"
    package let guest: GuestOS
    package let evidence = Evidence.notMeasured
    package let sources = [
        "WHDC, Firmware Allocation of PCI Device Resources in Windows, 26 October 2006",
        "SeaBIOS list, 13 February 2016, Alex Williamson: 'Windows never seems to disable the device'",
        "learn.microsoft.com, Stopping a Device (rebalance), IRP_MN_REMOVE_DEVICE, IRP_MN_SET_POWER",
    ]
    private let version: Int

    package init(_ version: Int = 10) {
        self.version = version
        guest = .windows(version)
    }

    package func run(
        _ topology: GuestTopology, _ tree: PCITree, after firmware: FirmwareOutcome, then actions: [GuestAction]
    ) -> GuestOutcome {
        var runtime = WindowsRuntime(FirmwareSession(topology, tree, firmware, then: actions))
        if firmware.halted == nil { for action in actions { runtime.perform(action) } }
        let windows = RootWindows.of(topology, runtime.session.tree, firmware)
        return outcome(runtime.session, windows, isHalted: firmware.halted != nil)
    }

    package func run(_ handOver: HandOver) -> GuestOutcome {
        outcome(FirmwareSession(handOver), handOver.rootWindows, isHalted: handOver.firmware.halted != nil)
    }

    private func outcome(_ session: FirmwareSession, _ windows: [RootWindows], isHalted: Bool) -> GuestOutcome {
        var outcome = session.outcome
        outcome.rootWindows = windows
        if isHalted {
            outcome.findings.append(
                Finding(.error, "Windows \(version) does not run: the firmware stops before it", rule: "guest-os"))
        } else if version == 11, !session.topology.firmwareKind.isUEFI {
            outcome.findings.append(
                Finding(
                    .warning, "Windows 11 asks for UEFI and Secure Boot; with SeaBIOS its setup refuses to start",
                    rule: "guest-os"))
        }
        return outcome
    }
}
