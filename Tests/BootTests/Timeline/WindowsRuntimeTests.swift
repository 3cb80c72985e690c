import BerthBoot
import BerthPCI
import BerthStack
import BerthTopology
import Testing

/// What the model of Windows answers; from documents, so every answer says that it was not measured.
@Suite struct WindowsRuntimeTests {
    private func after(
        _ actions: [GuestAction], qemu: QEMURelease = Stack.standard.qemu,
        _ change: (inout TimelineGuest) -> Void = { _ in }
    ) throws -> (events: [TimelineEvent], address: UInt64?) {
        var guest = try TimelineGuest(guest: "windows-10")
        guest.topology.qemu = qemu
        change(&guest)
        let tree = try guest.topology.resolved()
        let outcome = BootOutcome.run(guest.topology, tree, then: actions)
        let st = try #require(tree.functions.firstIndex { $0.name == "st" })
        return (
            outcome.guest.timeline.filter { $0.function == st && $0.bar == .bar(2) && $0.phase == .runtime },
            outcome.guest.functions[st].addresses[.bar(2)]
        )
    }

    private func st() throws -> Int {
        try #require(
            try TimelineGuest(guest: "windows-10").topology.resolved().functions.firstIndex { $0.name == "st" })
    }

    @Test func `a disabled device loses its BAR, and gets it back`() throws {
        let off = try after([.unbindDriver(st())])
        #expect(off.events.map(\.change) == [.unmap(0xf800_0000)])
        #expect(off.address == nil)
        let back = try after([.unbindDriver(st()), .rescan])
        #expect(back.events.map(\.change) == [.unmap(0xf800_0000), .map(0xf800_0000)])
        #expect(back.address == 0xf800_0000)
    }

    @Test func `resets and sleep take it for a moment`() throws {
        for action in [GuestAction.reset(try st()), .suspendToRAM] {
            let found = try after([action])
            #expect(found.events.map(\.change) == [.unmap(0xf800_0000), .map(0xf800_0000)])
            #expect(found.events.allSatisfy { $0.cause.description.hasSuffix("(not measured)") })
        }
    }

    @Test func `standby matters from QEMU 10 on, for functions with power management`() throws {
        let express = { (guest: inout TimelineGuest) in
            guest.topology.devices[0] = Device(id: "st", model: "e1000e", at: guest.topology.rootSlot(3))
        }
        for (qemu, count) in [(Stack.standard.qemu, 0), (QEMURelease(10, 0), 2)] {
            var guest = try TimelineGuest(guest: "windows-10")
            guest.topology.qemu = qemu
            express(&guest)
            let outcome = BootOutcome.run(guest.topology, try guest.topology.resolved(), then: [.suspendToIdle])
            #expect(
                outcome.guest.timeline.filter { $0.phase == .runtime && $0.bar == .bar(0) }.count == count)
        }
        #expect(try after([.suspendToIdle], qemu: QEMURelease(10, 0)).events.isEmpty)
    }

    @Test func `a reboot starts over at the same address`() throws {
        var guest = try TimelineGuest(guest: "windows-11")
        guest.topology.firmware = FirmwareChoice(.ovmf)
        let tree = try guest.topology.resolved()
        let first = BootOutcome.run(guest.topology, tree)
        let second = BootOutcome.run(guest.topology, tree, then: [.reboot])
        let st = try st()
        #expect(second.guest.functions == first.guest.functions)
        let changes = { (outcome: BootOutcome) in
            outcome.guest.timeline.filter { $0.function == st && $0.bar == .bar(2) }.map(\.change)
        }
        #expect(changes(second).count == 2 * changes(first).count + 1)
    }

    /// 2 MiB of window are enough for a network card, not for a display.
    @Test(arguments: [("e1000e", 0), ("secondary-vga", 2)])
    func `making room for what is plugged in stops the port`(model: String, count: Int) throws {
        var guest = try TimelineGuest(guest: "windows-10")
        guest.topology.devices += [
            Device(
                id: "rp", model: "pcie-root-port", at: guest.topology.rootSlot(4),
                properties: [Property("chassis", .number(1)), Property("slot", .number(1))]),
            Device(id: "hp", model: model, at: Slot("rp", devfn: 0)),
        ]
        let tree = try guest.topology.resolved()
        let plugged = try #require(tree.functions.firstIndex { $0.name == "hp" })
        let port = try #require(tree.functions.firstIndex { $0.name == "rp" })
        let outcome = BootOutcome.run(guest.topology, tree, then: [.plug(plugged)])
        #expect(outcome.guest.timeline.filter { $0.function == port && $0.phase == .runtime }.count == count)
    }
}
