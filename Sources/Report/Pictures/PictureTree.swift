package import BerthBoot
import BerthDiagnostics
import BerthPCI
package import BerthTopology

/// The PCI functions of a guest as they hang together, with their addresses.
package struct PictureTree: Hashable, Sendable {
    package let roots: [Node]
    /// How many functions the guest has beside those that are shown.
    package let left: Int

    package struct Node: Hashable, Sendable {
        /// `00:02.0`
        package let place: String
        package let name: String
        /// QEMU's device model.
        package let model: String
        /// One line a BAR or window: `BAR 2 0x7000000000 64-bit prefetchable memory, 256 MiB`.
        package let ranges: [String]
        package let isIGD: Bool
        package let below: [Node]
    }

    /// A picture with more functions than this has its first ones.
    private static let most = 160

    package init(_ tree: PCITree, _ outcome: FirmwareOutcome) {
        let names = FunctionNames(tree, outcome)
        var count = 0
        func nodes(_ bus: Int) -> [Node] {
            tree.buses[bus].functions.compactMap { index -> Node? in
                guard count < Self.most, outcome.functions.indices.contains(index) else { return nil }
                count += 1
                let function = tree.functions[index]
                return Node(
                    place: names.place(index), name: function.name, model: function.model,
                    ranges: Self.ranges(function, outcome.functions[index]), isIGD: function.origin == .igd,
                    below: function.bridge.map { nodes($0.secondaryBus) } ?? [])
            }
        }
        roots = tree.roots.flatMap(nodes)
        left = tree.buses.reduce(0) { $0 + $1.functions.count } - count
    }

    private static func ranges(_ function: PCIFunction, _ result: FunctionOutcome) -> [String] {
        var ranges = function.bars.map { bar in
            let reserved =
                bar.index == .rom ? result.romReservation.map { "\(Hexadecimal.string($0)) (disabled)" } : nil
            let place = result.addresses[bar.index].map { Hexadecimal.string($0) } ?? reserved ?? "unassigned"
            return "\(bar.index) \(place), \(bar.kind)"
        }
        if let bridge = result.bridge {
            ranges.append("buses \(bridge.secondary)-\(bridge.subordinate)")
            if bridge.io.isOpen { ranges.append("I/O window \(bridge.io)") }
            if bridge.memory.isOpen { ranges.append("memory window \(bridge.memory)") }
            if bridge.prefetchable.isOpen { ranges.append("prefetchable window \(bridge.prefetchable)") }
        }
        return ranges
    }
}
