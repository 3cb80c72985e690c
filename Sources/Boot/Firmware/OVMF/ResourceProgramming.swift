import BerthPCI
import BerthTopology

/// Writes addresses into BARs and windows.
///
/// Source: `ProgramResource`, `ProgramBar`, `ProgramPpbApperture` in PciBusDxe/PciResourceSupport.c
/// @ edk2-stable202211.
struct ResourceProgramming {
    let tree: PCITree
    var outcome: FirmwareOutcome

    /// `functions` are those below each root bridge, whose ROMs are all read at the same place.
    mutating func program(_ block: AllocatedBlock, functions: [[Int]]) {
        program(block.window.children, from: block.base)
        let rom = block.window.children.first { if case .optionROM = $0.owner { true } else { false } }
        guard let rom else { return }
        for index in functions[block.rootBridge] where tree.functions[index][.rom] != nil {
            outcome.functions[index].romReservation = block.base &+ rom.offset
        }
    }

    private mutating func program(_ nodes: [ResourceNode], from base: UInt64) {
        for node in nodes {
            let address = base &+ node.offset
            switch node.owner {
            case .bar(let function, let index): outcome.functions[function].addresses[index] = address
            case .window(let bridge, let type):
                program(node.children, from: address)
                open(type.window, of: bridge, at: address, length: node.length)
            case .padding, .optionROM, .rootBridge: break
            }
        }
    }

    private mutating func open(_ kind: BridgeWindow.Kind, of bridge: Int, at address: UInt64, length: UInt64) {
        guard length > 0 else { return }
        // Registers keep the address above the granularity; the limit reads back with ones below it.
        let mask = kind.granularity.rawValue - 1
        let window = BridgeWindow(kind, base: address & ~mask, limit: (address &+ length &- 1) | mask)
        switch kind {
        case .io:
            // On a root port, a reservation of 0 makes the registers read-only: the window stays closed
            // (`gen_rp_realize` in hw/pci-bridge/gen_pcie_root_port.c @ QEMU 7.2).
            let function = tree.functions[bridge]
            if function.portType == .rootPort, function.bridge?.reservation?.io == 0 { return }
            outcome.functions[bridge].bridge?.io = window
        case .memory: outcome.functions[bridge].bridge?.memory = window
        case .prefetchableMemory: outcome.functions[bridge].bridge?.prefetchable = window
        }
    }
}
