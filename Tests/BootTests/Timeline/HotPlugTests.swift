import BerthBoot
import BerthDiagnostics
import BerthPCI
import BerthStack
import BerthTopology
import Testing

/// What the recordings of hot-plug do not show.
@Suite struct HotPlugTests {
    private func guest(_ version: QEMURelease?) throws -> (topology: GuestTopology, tree: PCITree, plugged: Int) {
        var guest = try TimelineGuest(guest: "linux-6.1")
        guest.topology.machine.version = version
        guest.topology.devices += [
            Device(
                id: "rp", model: "pcie-root-port", at: guest.topology.rootSlot(4),
                properties: [Property("chassis", .number(1)), Property("slot", .number(1))]),
            Device(id: "hp", model: "secondary-vga", at: Slot("rp", devfn: 0)),
        ]
        let tree = try guest.topology.resolved()
        return (guest.topology, tree, try #require(tree.functions.firstIndex { $0.name == "hp" }))
    }

    /// 16 MiB and 4 KiB do not fit into 2 MiB: ACPI leaves it at that, the port's own hot-plug opens the window.
    @Test(arguments: [(nil, false), (QEMURelease(6, 0), true)])
    func `only the port's own hot-plug opens a window further`(version: QEMURelease?, opens: Bool) throws {
        let (topology, tree, plugged) = try guest(version)
        let outcome = BootOutcome.run(topology, tree, then: [.plug(plugged)])
        let port = try #require(tree.functions.firstIndex { $0.name == "rp" })
        let window = try #require(outcome.guest.functions[port].bridge?.memory)
        #expect((window.base == 0x4000_0000) == opens)
    }

    @Test func `what is plugged in twice is plugged in once`() throws {
        let (topology, tree, plugged) = try guest(nil)
        let once = BootOutcome.run(topology, tree, then: [.plug(plugged)])
        let twice = BootOutcome.run(topology, tree, then: [.plug(plugged), .plug(plugged)])
        #expect(once == twice)
    }

    @Test func `a reboot that the firmware does not survive is a finding`() throws {
        var guest = try TimelineGuest(guest: "linux-6.1")
        guest.topology.devices += (0..<4).map { number in
            Device(
                id: "big\(number)", model: "bochs-display", at: guest.topology.rootSlot(UInt8(0x10 + number)),
                properties: [Property("vgamem", .text("256M"))])
        }
        let tree = try guest.topology.resolved()
        let late = tree.functions.indices.filter { tree.functions[$0].name.hasPrefix("big") }
        let outcome = BootOutcome.run(guest.topology, tree, then: late.map { .plug($0) } + [.reboot])
        #expect(outcome.firmware.halted == nil)
        #expect(
            outcome.guest.findings.map(\.description) == [
                "error: after the reboot Linux 6.1 does not run: the firmware stops with 'out of 32bit address space' [guest-os]"
            ])
    }
}
