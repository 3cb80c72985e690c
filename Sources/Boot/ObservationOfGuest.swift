import BerthDiagnostics
import BerthPCI
package import BerthTopology

extension Observation {
    /// The prediction of a whole boot: firmware, then the OS.
    package init(_ guest: GuestOutcome, after firmware: FirmwareOutcome, tree: PCITree, topology: GuestTopology) {
        self.init(firmware, tree: tree, topology: topology)
        guard firmware.halted == nil else { return }
        var final = firmware
        final.functions = guest.functions
        final.busNumbers = guest.busNumbers
        functions = Observation.functions(final.functions, final, tree)
        decode = guest.timeline.inPhaseOrder().flatMap {
            DecodeEvent.rows($0, $0.phase < .enumeration ? firmware : final, tree)
        }
        guard topology.guest.isLinux else { return }
        graphicsReservation =
            guest.graphicsReservation.map {
                [Span(start: $0.start.rawValue, end: $0.last.rawValue &+ 1)]
            } ?? []
    }
}

extension Observation.DecodeEvent {
    /// A move is two rows: QEMU unmaps the old range and maps the new one.
    package static func rows(
        _ event: TimelineEvent, _ firmware: FirmwareOutcome, _ tree: PCITree
    ) -> [Observation.DecodeEvent] {
        let function = tree.functions[event.function]
        guard let bus = firmware.busNumbers[function.bus] else { return [] }
        let row = { (name: String, address: UInt64) in
            Observation.DecodeEvent(
                bdf: PCIAddress(bus: bus, devfn: function.devfn).short, bar: event.bar.position, address: address,
                event: name)
        }
        switch event.change {
        case .map(let address): return [row("map", address)]
        case .unmap(let address): return [row("unmap", address)]
        case .move(let from, let to): return [row("unmap", from), row("map", to)]
        }
    }
}
