package import BerthBoot
import BerthPCI
import BerthTopology

/// What lies where in a guest as it was predicted, and as it was.
package struct RehearsalMaps: Hashable, Sendable {
    package let predicted: AddressMap
    package let real: AddressMap

    package init(predicted: AddressMap, real: AddressMap) {
        self.predicted = predicted
        self.real = real
    }
}

extension AddressMap {
    /// Of what was seen of a guest, or predicted in the same shape. `igd`: the name of the display's function, where there is one.
    package init(_ observation: Observation, regions: [Placed], igd: String?) {
        let memory = (observation.e820 ?? []).compactMap { entry -> Entry? in
            guard entry.end > entry.start,
                let range = GuestRange(
                    first: GuestPhysicalAddress(entry.start), last: GuestPhysicalAddress(entry.end - 1))
            else { return nil }
            return entry.type == 1
                ? Entry(range: range, kind: .ram, name: "RAM", facts: "usable in the memory map")
                : Entry(range: range, kind: .reserved, name: "reserved", facts: "reserved in the memory map")
        }
        let functions = (observation.functions ?? []).flatMap { Self.entries(of: $0, igd: igd) }
        self.init(
            memory + functions
                + regions.map {
                    Entry(range: $0.range, kind: .region($0.region), name: $0.region.name, facts: $0.facts)
                })
    }

    private static func entries(of function: Observation.Function, igd: String?) -> [Entry] {
        let place = PCIAddress(bus: function.bus, devfn: function.slot << 3 | function.function).short
        let name = function.id ?? place
        let bars = function.bars.compactMap { bar -> Entry? in
            guard bar.space != "io", let start = bar.address, bar.size > 0,
                let range = GuestRange(start: GuestPhysicalAddress(start), size: ByteCount(bar.size))
            else { return nil }
            return Entry(
                range: range, kind: igd != nil && function.id == igd ? .graphicsBAR : .bar,
                name: "\(bar.index.value) of \(name)", facts: place)
        }
        let windows = [function.bridge?.memory, function.bridge?.prefetchable].compactMap { $0 }
        return bars
            + windows.compactMap { window in
                // Closed where the limit is below the base, or at the start of everything.
                guard window.limit > window.base, window.limit > 0xfffff,
                    let range = GuestRange(
                        first: GuestPhysicalAddress(window.base), last: GuestPhysicalAddress(window.limit))
                else { return nil }
                return Entry(range: range, kind: .window, name: "\(name) window", facts: "\(place) forwards it")
            }
    }
}
