import BerthPCI
package import BerthTopology

extension Observation {
    /// The prediction in the shape of the recordings: what QMP and the firmware's log would show.
    package init(_ outcome: FirmwareOutcome, tree: PCITree, topology: GuestTopology) {
        self.init()
        if let message = outcome.halted {
            halted = message
            return
        }
        functions = Observation.functions(outcome.functions, outcome, tree)
        let written = Observation.displayRegisters(outcome, tree)
        registers = written.isEmpty ? nil : written
        if !outcome.memoryMap.isEmpty {
            e820 = outcome.memoryMap.map(MemoryRange.init)
        }
    }

    /// Registers of Intel displays that point at their regions; 0 where the firmware wrote nothing.
    private static func displayRegisters(_ outcome: FirmwareOutcome, _ tree: PCITree) -> [Register] {
        tree.functions.indices.filter { tree.functions[$0].vendor == 0x8086 && tree.functions[$0].classCode.isDisplay }
            .flatMap { index in
                [("BDSM", 0x5c), ("BDSM64", 0xc0), ("ASLS", 0xfc)].map { name, offset in
                    Register(
                        bdf: tree.place(of: tree.functions[index]), offset: offset, name: name,
                        value: outcome.register(offset, of: index) ?? 0)
                }
            }
    }

    /// `results` is what there is at the end; bus numbers are the firmware's.
    static func functions(_ results: [FunctionOutcome], _ outcome: FirmwareOutcome, _ tree: PCITree) -> [Function] {
        var listing = QueryPCIListing(outcome, tree)
        return listing.list().map { place in
            let function = tree.functions[place.index]
            let result = results[place.index]
            let bridge = function.bridge.map { _ in
                let registers = result.bridge ?? .reset(function)
                return BridgeRegisters(
                    secondary: registers.secondary, subordinate: registers.subordinate, io: Window(registers.io),
                    memory: Window(registers.memory), prefetchable: Window(registers.prefetchable))
            }
            return Function(
                bus: place.bus, slot: function.devfn >> 3, function: function.devfn & 7, vendor: function.vendor,
                device: function.device, class: function.classCode.baseAndSub, id: function.qdevID,
                bars: function.bars.map { BaseAddress($0, address: result.addresses[$0.index]) }, bridge: bridge)
        }
    }
}

extension BridgeOutcome {
    /// A bridge that no firmware reached: all registers zero, which reads as the lowest window; root ports
    /// start closed (`rp_reset_hold` in hw/pci-bridge/pcie_root_port.c @ QEMU 7.2).
    static func reset(_ function: PCIFunction) -> BridgeOutcome {
        let isClosed = function.portType == .rootPort
        return BridgeOutcome(
            secondary: 0, subordinate: 0, io: BridgeWindow(.io, base: isClosed ? 0xf000 : 0, limit: 0xfff),
            memory: BridgeWindow(.memory, base: isClosed ? 0xfff0_0000 : 0, limit: 0xf_ffff),
            prefetchable: BridgeWindow(.prefetchableMemory, base: isClosed ? 0xfff0_0000 : 0, limit: 0xf_ffff))
    }
}

extension Observation.MemoryRange {
    package init(_ entry: MemoryMapEntry) {
        self.init(start: entry.range.start.rawValue, end: entry.range.last.rawValue &+ 1, type: entry.kind.rawValue)
    }
}

extension Observation.Window {
    init(_ window: BridgeWindow) { self.init(base: window.base, limit: window.limit) }
}
