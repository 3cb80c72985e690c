import BerthDiagnostics
import BerthPCI
import BerthTopology

/// One boot of Linux: enumeration, claiming, assignment, what built-in drivers enable.
struct LinuxKernel {
    let version: GuestOS.Version
    let sizesInBatch: Bool

    func run(_ topology: GuestTopology, _ tree: PCITree, after firmware: FirmwareOutcome) -> GuestOutcome {
        var outcome = GuestOutcome(firmware, [])
        guard firmware.halted == nil else {
            outcome.findings.append(
                Finding(.error, "Linux \(version) does not run: the firmware stops before it", rule: "guest-os"))
            return outcome
        }
        outcome.rootWindows = RootWindows.of(topology, tree, firmware)
        outcome.graphicsReservation = GraphicsReservation.range(topology, tree, firmware)
        var decodes = enumerate(topology, tree, firmware)
        var claiming = LinuxClaiming(
            LinuxBus(tree, firmware, outcome.rootWindows), decodes: { decodes[$0]?.isOn ?? false })
        claiming.run()
        var sizing = LinuxWindowSizing(claiming.bus)
        // One root bus is finished before the next is looked at.
        var bus = claiming.bus
        let model = LinuxDecode(tree: tree, sizesInBatch: sizesInBatch)
        for root in tree.roots {
            sizing = LinuxWindowSizing(bus)
            sizing.run(root: root)
            var assignment = LinuxAssignment(
                sizing, firmwareAddresses: claiming.firmwareAddresses,
                minimumMemory: topology.ramLayout.below4GiB.rawValue,
                reserved: firmware.memoryMap.map(\.range) + [outcome.graphicsReservation].compactMap { $0 })
            assignment.run(root: root)
            bus = assignment.bus
            for update in assignment.updates { decodes[update.function].modify { model.write(&$0, update) } }
        }
        LinuxBuiltIn(tree: tree, bus: bus).enable(&decodes)
        report(bus, decodes, tree, firmware, &outcome)
        outcome.add(tree.reachableByFirmware.compactMap { decodes[$0] })
        return outcome
    }

    private func enumerate(
        _ topology: GuestTopology, _ tree: PCITree, _ firmware: FirmwareOutcome
    ) -> [Int: FunctionDecode] {
        let before = FirmwareModels.decode(topology.firmware, tree, firmware)
        let model = LinuxDecode(tree: tree, sizesInBatch: sizesInBatch)
        var decodes: [Int: FunctionDecode] = [:]
        for index in tree.reachableByFirmware {
            var decode = FunctionDecode(index, tree.functions[index])
            before.run(&decode)
            decodes[index] = decode
        }
        for index in tree.reachable { decodes[index].modify { model.enumerate(&$0) } }
        return decodes
    }

    private func report(
        _ bus: LinuxBus, _ decodes: [Int: FunctionDecode], _ tree: PCITree, _ firmware: FirmwareOutcome,
        _ outcome: inout GuestOutcome
    ) {
        for index in tree.reachable {
            let function = tree.functions[index]
            outcome.functions[index].addresses = decodes[index]?.mapped ?? [:]
            guard function.bridge != nil, var registers = outcome.functions[index].bridge else { continue }
            let window = { (slot: Int, kind: BridgeWindow.Kind) -> BridgeWindow? in
                bus.slots[index][slot].map { bus.arena[$0] }.flatMap {
                    $0.isPresent ? BridgeWindow.readBack(kind, first: $0.start, last: $0.end) : nil
                }
            }
            if !function.hasReadOnlyIOWindow {
                registers.io =
                    window(LinuxBus.ioWindow, .io) ?? BridgeWindow(.io, base: 0xf000, limit: 0xfff)
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

extension Optional {
    fileprivate mutating func modify(_ change: (inout Wrapped) -> Void) {
        guard var value = self else { return }
        change(&value)
        self = value
    }
}
