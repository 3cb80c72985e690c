import BerthPCI
import BerthTopology

/// What the registers of bridges and BARs hold under Linux.
struct LinuxReport {
    let tree: PCITree
    let reachable: [Int]
    let numbers: LinuxBusNumbers
    let bus: LinuxBus

    /// `outcome` has what the firmware left.
    func write(_ decodes: [FunctionDecode?], to outcome: inout GuestOutcome) {
        for bus in outcome.busNumbers.indices {
            outcome.busNumbers[bus] = numbers.numbers[bus] ?? outcome.busNumbers[bus]
        }
        for index in reachable {
            let function = tree.functions[index]
            outcome.functions[index].addresses = decodes[index]?.mapped ?? BARAddresses()
            if function.bridge != nil {
                outcome.functions[index].bridge = registers(of: index, outcome.functions[index].bridge)
            } else {
                outcome.functions[index].bridge?.secondary = numbers.routing.secondary[index]
                outcome.functions[index].bridge?.subordinate = numbers.routing.subordinate[index]
            }
        }
    }

    private func registers(of index: Int, _ before: BridgeOutcome?) -> BridgeOutcome {
        let function = tree.functions[index]
        var registers = before ?? .reset(function)
        registers.secondary = numbers.routing.secondary[index]
        registers.subordinate = numbers.routing.subordinate[index]
        let window = { (slot: Int, kind: BridgeWindow.Kind) -> BridgeWindow? in
            bus.resource(of: index, slot).map { bus.arena[$0] }.flatMap {
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
        return registers
    }
}
