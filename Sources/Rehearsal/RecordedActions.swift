package import BerthBoot
import BerthPCI
package import BerthTopology

extension RecordedCase {
    /// What was done to the guest, for the tree that its topology resolves to.
    package func guestActions(_ tree: PCITree) -> [GuestAction] {
        let plugged = plugged(tree)
        var plugs = plugged.makeIterator()
        guard let topology = try? topology(source: name ?? "case") else { return [] }
        let numbers = FirmwareModels.model(for: topology.firmware).boot(topology, tree.without(Set(plugged))).busNumbers
        let function = { (address: String) in
            tree.functions.indices.first { index in
                let row = tree.functions[index]
                return numbers[row.bus].map { PCIAddress(bus: $0, devfn: row.devfn).description } == address
            }
        }
        return (actions ?? []).compactMap { action in
            if action.modules != nil { return .loadDrivers }
            if action.rescan != nil { return .rescan }
            if action.suspend != nil { return .suspendToIdle }
            if action.runtimeSuspend != nil { return .runtimeSuspend }
            if action.reboot != nil { return .reboot }
            if action.suspendToRAM != nil { return .suspendToRAM }
            if action.plug != nil { return plugs.next().map { .plug($0) } }
            if let address = action.unbind { return function(address).map { .unbindDriver($0) } }
            if let address = action.remove { return function(address).map { .remove($0) } }
            return action.reset.flatMap(function).map { .reset($0) }
        }
    }

    /// Functions of the devices that came last on the command line, in order.
    private func plugged(_ tree: PCITree) -> [Int] {
        let count = (actions ?? []).filter { $0.plug != nil }.count
        return tree.functions.indices.filter {
            if case .device = tree.functions[$0].origin { true } else { false }
        }.suffix(count)
    }
}
