import BerthBundled
import BerthDiagnostics
import BerthPCI
import BerthPlacement
import BerthServices
import BerthStack
import BerthTopology
import Testing

/// A guest as it is: what has to leave so that the IGD is where drivers look for it, and which settings QEMU refuses.
struct RoomTests {
    private func slots(_ guest: GuestTopology) -> [String] {
        ["igd \(guest.igd?.slot.description ?? "-")"] + guest.devices.map { "\($0.id) \($0.slot)" }
    }

    @Test func `an IGD behind a root port moves to 00:02.0 and what was there to the first free slot`() throws {
        let guest = Guests.q35 {
            $0.devices = [
                Device(id: "net0", model: "virtio-net-pci", at: $0.rootSlot(2)),
                Device(id: "disk0", model: "virtio-blk-pci", at: $0.rootSlot(3)),
                Device(id: "rp1", model: "pcie-root-port", at: $0.rootSlot(4)),
            ]
            $0.igd?.slot = Slot("rp1", devfn: 0)
        }
        #expect(guest.movesForIGD)
        #expect(
            slots(guest.withRoomForIGD) == [
                "igd pcie.0:02.0", "net0 pcie.0:05.0", "disk0 pcie.0:03.0", "rp1 pcie.0:04.0",
            ])
        let planning = try Services.plan(guest)
        #expect(planning.plan?.berths.map(\.strategy) == ["firmware-reserved", "firmware-reserved"])
        #expect(
            planning.moves.map { "\($0.name) \($0.slots.before) \($0.slots.after)" } == [
                "igd rp1:00.0 pcie.0:02.0", "net0 pcie.0:02.0 pcie.0:05.0",
            ])
        #expect(planning.moves.map { $0.addresses?.before.short } == ["01:00.0", "00:02.0"])
        #expect(planning.moves.map { $0.addresses?.after.short } == ["00:02.0", "00:05.0"])
        // The IGD itself is in its place in the tree of the guest as it is, too.
        let (tree, findings) = guest.resolve()
        #expect(findings.isEmpty && tree.index(at: Slot("rp1", devfn: 0)) != nil)
    }

    @Test func `two devices in one place are moved apart, and functions that leave keep their numbers`() throws {
        let guest = Guests.classic {
            $0.devices = [
                Device(id: "VGA", model: "VGA", at: $0.rootSlot(2)),
                Device(id: "usb", model: "ich9-usb-uhci1", at: $0.rootSlot(0x1f), multifunction: true),
                Device(id: "usb2", model: "ich9-usb-uhci2", at: $0.rootSlot(0x1f, 1)),
            ]
        }
        #expect(
            slots(guest.withRoomForIGD) == ["igd pci.0:02.0", "VGA pci.0:03.0", "usb pci.0:04.0", "usb2 pci.0:04.1"])
        let planning = try Services.plan(guest)
        #expect(planning.plan != nil)
        // The guest as it was does not start, so nothing can be said of its addresses.
        #expect(planning.moves.map(\.name) == ["VGA", "usb", "usb2"])
        #expect(planning.moves.allSatisfy { $0.addresses == nil })
    }

    @Test func `a second function beside the IGD stays, and so does a guest that is as it has to be`() {
        let guest = Guests.classic {
            $0.devices = [Device(id: "second", model: "virtio-rng-pci", at: $0.rootSlot(2, 1))]
        }
        #expect(guest.withRoomForIGD == guest)
        #expect(!Guests.classic().movesForIGD)
    }

    @Test func `without a monitor a Linux guest's IGD stays where it is, a Windows guest's does not`() {
        let guest = Guests.q35 {
            $0.purpose = .render
            $0.moveIGD(to: 5)
        }
        #expect(!guest.movesForIGD)
        var windows = guest
        windows.guest = .windows(11)
        #expect(windows.withRoomForIGD.igd?.slot == windows.rootSlot(2))
    }

    @Test func `a full root bus keeps everything where it is`() {
        let guest = Guests.q35 { guest in
            guest.moveIGD(to: 5)
            guest.devices = (1...30).filter { $0 != 5 }.map {
                Device(id: "d\($0)", model: "virtio-rng-pci", at: guest.rootSlot($0))
            }
        }
        #expect(guest.withRoomForIGD == guest)
    }

    @Test func `settings that keep QEMU from starting are taken back`() throws {
        let lpc = Guests.q35 { $0.igd?.set("x-igd-lpc", .bool(true)) }
        #expect(IGDInQEMU(lpc)?.startFailure?.cause == .lpcSlotTaken)
        #expect(lpc.withRoomForIGD.igd?[property: "x-igd-lpc"] == .bool(false))
        let legacy = Guests.q35 { $0.igd?.set("x-igd-legacy-mode", .text("on")) }
        #expect(legacy.withRoomForIGD.igd?[property: "x-igd-legacy-mode"] == .text("auto"))
        let size = Guests.q35 { $0.igd?.set("x-igd-gms", .number(0x50)) }
        #expect(IGDInQEMU(size)?.startFailure?.cause == .sizeProperty)
        #expect(size.withRoomForIGD.igd?[property: "x-igd-gms"] == .number(0))
        for guest in [lpc, legacy, size] {
            #expect(IGDInQEMU(guest.withRoomForIGD)?.startFailure == nil)
            #expect(try Services.plan(guest).plan?.missing.isEmpty == true)
        }
    }

    @Test func `where an automatic legacy mode would end QEMU, what is in the way leaves`() throws {
        let guest = Guests.classic {
            $0.qemu = QEMURelease(10, 0)
            $0.devices = [Device(id: "pci.1", model: "pci-bridge", at: $0.rootSlot(0x1f))]
        }
        #expect(IGDInQEMU(guest)?.startFailure?.cause == .lpcSlotTaken)
        #expect(Verdict.of(guest).losses.contains { $0.fact.rule == "lpc-slot-taken" && $0.level == .fails })
        let planning = try Services.plan(guest)
        #expect(planning.plan?.topology.devices.map(\.slot) == [guest.rootSlot(3)])
        #expect(planning.plan.map { Verdict.of($0.evaluation).level < .fails } == true)
    }
}
