import BerthDiagnostics
import BerthPCI
import BerthTopology

/// One boot of Linux, and what happens to it afterwards.
struct LinuxKernel {
    let version: GuestOS.Version
    let sizesInBatch: Bool

    func run(
        _ topology: GuestTopology, _ tree: PCITree, after firmware: FirmwareOutcome, then actions: [GuestAction]
    ) -> GuestOutcome {
        let absent = GuestAction.absent(before: actions)
        return run(HandOver(topology, tree.without(absent), firmware), wholeTree: tree, then: actions)
    }

    /// `wholeTree` has what is plugged in later, too.
    func run(_ handOver: HandOver, wholeTree tree: PCITree, then actions: [GuestAction] = []) -> GuestOutcome {
        let firmware = handOver.firmware
        guard firmware.halted == nil else {
            var outcome = GuestOutcome(firmware, [])
            outcome.findings.append(
                Finding(.error, "Linux \(version) does not run: the firmware stops before it", rule: "guest-os"))
            return outcome
        }
        var session = LinuxSession(
            handOver, wholeTree: tree, sizesInBatch: sizesInBatch, absent: GuestAction.absent(before: actions))
        session.boot()
        for action in actions { session.perform(action) }
        var outcome = GuestOutcome(session.firmware, session.allDecodes)
        for bus in tree.buses.indices {
            outcome.busNumbers[bus] = session.numbers.numbers[bus] ?? outcome.busNumbers[bus]
        }
        if let message = session.firmware.halted {
            outcome.findings.append(
                Finding(
                    .error, "after the reboot Linux \(version) does not run: the firmware stops with '\(message)'",
                    rule: "guest-os"))
        }
        outcome.rootWindows = session.rootWindows
        outcome.graphicsReservation = session.graphicsReservation
        report(session, &outcome)
        return outcome
    }

    private func report(_ session: LinuxSession, _ outcome: inout GuestOutcome) {
        let tree = session.tree
        for index in session.reachable {
            let function = tree.functions[index]
            outcome.functions[index].addresses = session.decodes[index]?.mapped ?? BARAddresses()
            guard function.bridge != nil else { continue }
            var registers = outcome.functions[index].bridge ?? .reset(function)
            registers.secondary = session.numbers.routing.secondary[index]
            registers.subordinate = session.numbers.routing.subordinate[index]
            let window = { (slot: Int, kind: BridgeWindow.Kind) -> BridgeWindow? in
                session.bus.resource(of: index, slot).map { session.bus.arena[$0] }.flatMap {
                    $0.isPresent && $0.isAssigned ? BridgeWindow.readBack(kind, first: $0.start, last: $0.end) : nil
                }
            }
            if !function.hasReadOnlyIOWindow {
                registers.io = window(LinuxBus.ioWindow, .io) ?? BridgeWindow(.io, base: 0xf000, limit: 0xfff)
            }
            registers.memory =
                window(LinuxBus.memoryWindow, .memory) ?? BridgeWindow(.memory, base: 0xfff0_0000, limit: 0xf_ffff)
            registers.prefetchable =
                window(LinuxBus.prefetchableWindow, .prefetchableMemory)
                ?? BridgeWindow(.prefetchableMemory, base: 0xfff0_0000, limit: 0xf_ffff)
            outcome.functions[index].bridge = registers
        }
    }
}
