package import BerthBoot
import BerthPCI
package import BerthTopology

extension AddressMap {
    /// Of a guest, as `outcome` has its addresses and windows: predicted, or observed.
    package init(
        _ topology: GuestTopology, _ tree: PCITree, _ outcome: FirmwareOutcome, regions: [Placed],
        floating: [Floating] = []
    ) {
        let names = FunctionNames(tree, outcome)
        self.init(
            Self.memory(topology, outcome) + Self.apertures(outcome.apertures)
                + tree.functions.indices.flatMap { Self.function($0, tree, outcome, names) }
                + regions.map {
                    Entry(range: $0.range, kind: .region($0.region), name: $0.region.name, facts: $0.facts)
                },
            floating: floating)
    }

    private static func memory(_ topology: GuestTopology, _ outcome: FirmwareOutcome) -> [Entry] {
        guard outcome.memoryMap.isEmpty else {
            return outcome.memoryMap.map { entry in
                entry.kind == .ram
                    ? Entry(range: entry.range, kind: .ram, name: "RAM", facts: "usable in the memory map")
                    : Entry(range: entry.range, kind: .reserved, name: "reserved", facts: "reserved in the memory map")
            }
        }
        let layout = topology.ramLayout
        return [
            GuestRange(start: GuestPhysicalAddress(0), size: layout.below4GiB),
            GuestRange(start: .fourGiB, size: layout.above4GiB),
        ].compactMap { $0 }.map { range in
            Entry(
                range: range, kind: .ram, name: "RAM", facts: "as QEMU lays it out; the firmware's map is not modelled")
        }
    }

    private static func apertures(_ apertures: Apertures) -> [Entry] {
        [(apertures.below4GiB, "32-bit PCI hole"), (apertures.above4GiB, "64-bit PCI window")].compactMap {
            range, name in
            range.map { Entry(range: $0, kind: .aperture, name: name, facts: "what the root bus hands out from") }
        }
    }

    private static func function(
        _ index: Int, _ tree: PCITree, _ outcome: FirmwareOutcome, _ names: FunctionNames
    ) -> [Entry] {
        guard outcome.functions.indices.contains(index) else { return [] }
        let (function, result) = (tree.functions[index], outcome.functions[index])
        let isIGD = function.origin == .igd
        var entries = function.bars.compactMap { bar -> Entry? in
            guard !bar.kind.isIO else { return nil }
            let address = result.addresses[bar.index]
            guard let start = address ?? (bar.index == .rom ? result.romReservation : nil),
                let range = GuestRange(start: GuestPhysicalAddress(start), size: bar.kind.size)
            else { return nil }
            return Entry(
                range: range, kind: address == nil ? .rom : isIGD ? .graphicsBAR : .bar,
                name: "\(bar.index) of \(function.name)",
                facts: "\(names.place(index)), \(bar.kind)\(address == nil ? ", disabled" : "")")
        }
        for window in [result.bridge?.memory, result.bridge?.prefetchable].compactMap({ $0 })
        where window.isOpen && window.limit > 0xfffff {
            guard
                let range = GuestRange(
                    first: GuestPhysicalAddress(window.base), last: GuestPhysicalAddress(window.limit))
            else { continue }
            entries.append(
                Entry(
                    range: range, kind: .window, name: "\(function.name) window",
                    facts: "\(names.place(index)) forwards it, "
                        + (window.kind == .prefetchableMemory ? "prefetchable" : "memory")))
        }
        return entries
    }
}

/// Functions by the addresses that a boot gave them.
struct FunctionNames {
    private let tree: PCITree
    private let busNumbers: [UInt8?]

    init(_ tree: PCITree, _ outcome: FirmwareOutcome) {
        self.tree = tree
        busNumbers = outcome.busNumbers
    }

    /// `01:00.0`; by the name of its bus where that has no number.
    func place(_ index: Int) -> String {
        let function = tree.functions[index]
        let number = busNumbers.indices.contains(function.bus) ? busNumbers[function.bus] : nil
        return number.map { PCIAddress(bus: $0, devfn: function.devfn).short } ?? tree.place(of: function)
    }
}
