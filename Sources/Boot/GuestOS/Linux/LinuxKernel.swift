import BerthDiagnostics
import BerthPCI
import BerthTopology

/// One boot of Linux: enumeration, claiming, assignment, what built-in drivers enable.
struct LinuxKernel {
    let version: GuestOS.Version
    let sizesInBatch: Bool

    func run(_ topology: GuestTopology, _ tree: PCITree, after firmware: FirmwareOutcome) -> GuestOutcome {
        var outcome = GuestOutcome(firmware, timeline: [])
        guard firmware.halted == nil else {
            outcome.findings.append(
                Finding(.error, "Linux \(version) does not run: the firmware stops before it", rule: "guest-os"))
            return outcome
        }
        outcome.rootWindows = RootWindows.of(topology, tree, firmware)
        outcome.graphicsReservation = GraphicsReservation.range(topology, tree, firmware)
        var decodes = enumerate(topology, tree, firmware)
        var claiming = LinuxClaiming(
            LinuxBus(tree, firmware, clipped(outcome, firmware)), decodes: { decodes[$0]?.isOn ?? false })
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
                minimumMemory: topology.ramLayout.below4GiB.rawValue)
            assignment.run(root: root)
            bus = assignment.bus
            for update in assignment.updates { decodes[update.function].modify { model.write(&$0, update) } }
        }
        LinuxBuiltIn(tree: tree, bus: bus).enable(&decodes)
        report(bus, decodes, tree, firmware, &outcome)
        for index in tree.reachableByFirmware { outcome.timeline += decodes[index]?.events ?? [] }
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

    /// A window that overlaps an entry of the memory map keeps the larger of the parts beside it.
    ///
    /// Source: arch/x86/pci/acpi.c@Linux 6.1 `pci_acpi_root_prepare_resources`; arch/x86/kernel/resource.c
    /// `remove_e820_regions`. For firmware dated before 2023, which QEMU's SeaBIOS and OVMF are.
    private func clipped(_ outcome: GuestOutcome, _ firmware: FirmwareOutcome) -> [RootWindows] {
        let taken = firmware.memoryMap.map(\.range) + [outcome.graphicsReservation].compactMap { $0 }
        return outcome.rootWindows.map { root in
            var root = root
            root.memory = root.memory.compactMap { window -> GuestRange? in
                var window: GuestRange? = window
                for range in taken {
                    guard let whole = window, whole.overlaps(range), whole.start.rawValue >= 1 << 20 else { continue }
                    let below = range.start > whole.start ? range.start.rawValue - whole.start.rawValue : 0
                    let above = whole.last > range.last ? whole.last.rawValue - range.last.rawValue : 0
                    window =
                        below > above
                        ? GuestRange(first: whole.start, last: GuestPhysicalAddress(range.start.rawValue - 1))
                        : GuestRange(first: GuestPhysicalAddress(range.last.rawValue &+ 1), last: whole.last)
                }
                return window
            }
            return root
        }
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
