import BerthBoot
import BerthPCI
import BerthStack
import BerthTopology
import Testing

/// A small q35 guest with one shared-memory device, `st` at 00:03.0.
struct TimelineGuest {
    var topology: GuestTopology

    init(guest name: String, firmware: FirmwareKind = .seabios) throws {
        let guest: GuestOS = try #require(GuestOS(name))
        topology = GuestTopology(
            name: "timeline", machine: Machine(.q35), ram: GuestRAM(.gib(1)), firmware: FirmwareChoice(firmware),
            guest: guest)
        topology.devices = [
            Device(
                id: "st", model: "ivshmem-plain", at: topology.rootSlot(3),
                backend: MemoryBackend(id: "m", size: .mib(64)))
        ]
    }

    func boot() throws -> BootOutcome { BootOutcome.run(topology, try topology.resolved()) }

    /// With an IGD at 00:02.0 and its regions unplaced.
    func withIGD(_ device: UInt16, rom: IGDAssignment.ROM) -> TimelineGuest {
        var copy = self
        copy.topology.igd = IGDAssignment(
            slot: topology.rootSlot(2), host: PCIAddress(bus: 0, devfn: 2 << 3), device: device,
            stolenMemory: .mib(64), rom: rom)
        return copy
    }
}

extension BootOutcome {
    func events(of name: String, _ bar: BARIndex) -> [TimelineEvent] {
        guest.timeline.filter { tree.functions[$0.function].name == name && $0.bar == bar }
    }
}
