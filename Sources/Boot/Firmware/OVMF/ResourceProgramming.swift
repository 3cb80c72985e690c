import BerthPCI
import BerthTopology

/// Writes addresses into BARs and windows.
///
/// Source: `ProgramResource`, `ProgramBar`, `ProgramPpbApperture` in PciBusDxe/PciResourceSupport.c
/// @ edk2-stable202211.
struct ResourceProgramming {
    let tree: PCITree
    var outcome: FirmwareOutcome
    let contents: [WindowContents]

    /// `functions` are those below each root bridge, whose ROMs are all read at the same place.
    mutating func program(_ block: AllocatedBlock, functions: [[Int]]) {
        guard let number = block.window.contents else { return }
        program(contents[Int(number)].nodes, from: block.base)
        let rom = contents[Int(number)].nodes.first { if case .optionROM = $0.owner { true } else { false } }
        guard let rom else { return }
        for index in functions[block.rootBridge] where tree.functions[index][.rom] != nil {
            outcome.functions[index].romReservation = block.base &+ rom.offset
        }
    }

    private mutating func program(_ nodes: [ResourceNode], from base: UInt64) {
        for position in nodes.indices {
            let address = base &+ nodes[position].offset
            switch nodes[position].owner {
            case .bar(let function, let index): outcome.functions[function].addresses[index] = address
            case .window(let bridge, let type):
                if let number = nodes[position].contents { program(contents[Int(number)].nodes, from: address) }
                open(type.window, of: bridge, at: address, length: nodes[position].length)
            case .virtualFunctions(let function, let register):
                outcome.virtualFunctions[function, default: [:]][register] = address
            case .padding, .optionROM, .rootBridge: break
            }
        }
    }

    private mutating func open(_ kind: BridgeWindow.Kind, of bridge: Int, at address: UInt64, length: UInt64) {
        guard length > 0 else { return }
        let window = BridgeWindow.readBack(kind, first: address, last: address &+ length &- 1)
        outcome.set(window, of: bridge, in: tree)
    }
}
