import BerthDiagnostics
import BerthPCI
import BerthStack
import BerthTopology

/// One boot of Linux, and what happens to it afterwards.
struct LinuxKernel {
    let version: LinuxRelease
    private var rules: LinuxResourceRules { LinuxResourceRules(version) }

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
        if actions.isEmpty { return run(handOver, from: handOver.linux(rules)) }
        var session = LinuxSession(
            handOver, wholeTree: tree, version: version, absent: GuestAction.absent(before: actions))
        session.boot()
        for action in actions { session.perform(action) }
        var outcome = GuestOutcome(session.firmware, session.allDecodes)
        if let message = session.firmware.halted {
            outcome.findings.append(
                Finding(
                    .error, "after the reboot Linux \(version) does not run: the firmware stops with '\(message)'",
                    rule: "guest-os"))
        }
        outcome.rootWindows = session.rootWindows
        outcome.graphicsReservation = session.graphicsReservation
        LinuxReport(
            tree: session.tree, reachable: session.reachable, numbers: session.numbers, bus: session.bus
        ).write(session.decodes, to: &outcome)
        return outcome
    }

    /// The timeline of the watched functions; everything else is the same for all kernels with these rules.
    private func run(_ handOver: HandOver, from start: LinuxStart) -> GuestOutcome {
        let model = LinuxDecode(tree: start.tree, sizesInBatch: version.batchesSizing)
        let watched = handOver.watched?.sorted() ?? handOver.tree.reachableByFirmware
        var decodes: [Int: FunctionDecode] = [:]
        for index in watched { decodes[index] = handOver.decodes[index] }
        for index in watched where start.isReachable[index] { decodes[index]?.modify { model.enumerate(&$0) } }
        for update in start.updates { decodes[update.function]?.modify { model.write(&$0, update, .assignment) } }
        let builtIn = LinuxBuiltIn(tree: start.tree, bus: start.bus)
        for index in watched where start.isReachable[index] {
            decodes[index]?.modify { _ = builtIn.enable(&$0, .drivers) }
        }
        var outcome = start.outcome
        outcome.add(watched.compactMap { decodes[$0] })
        return outcome
    }
}
