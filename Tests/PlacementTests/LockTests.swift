import BerthDiagnostics
import BerthPCI
import BerthPlacement
import BerthReport
import BerthServices
import BerthStack
import BerthTopology
import Foundation
import Testing

/// Pins, and what is kept between runs.
struct LockTests {
    private static let guest = Guests.classic { guest in
        guest.devices = [
            Device(id: "net0", model: "virtio-net-pci", at: guest.rootSlot(3)),
            Device(id: "disk0", model: "virtio-blk-pci", at: guest.rootSlot(4)),
        ]
    }

    private func lock(_ guest: GuestTopology, _ restriction: Planner.Restriction = .init()) throws -> PlanLock {
        PlanLock(try #require(try Services.plan(guest, restriction: restriction, room: .none).plan))
    }

    private func bytes(_ lock: PlanLock) throws -> [UInt8] { Array(try JSONText.encode(lock).utf8) }

    @Test func `a lock is read as it was written, and nothing has changed`() throws {
        let lock = try lock(Self.guest)
        #expect(try PlanLock.read(try bytes(lock), file: "plan.lock") == lock)
        #expect(lock.berths.map(\.address) == ["0xba700000", "0xbfffe000"])
        #expect(lock.functions.map(\.id).contains("net0"))
        let again = try Services.plan(Self.guest, restriction: lock.restriction, room: .none)
        #expect(lock.changes(to: again.plan.map(PlanLock.init)) == [])
    }

    @Test func `a lock keeps a plan that is not the best`() throws {
        let restriction = Planner.Restriction(stolenMemory: "ram-controller", opRegion: "firmware-reserved")
        let lock = try lock(Self.guest, restriction)
        #expect(lock.berths.map(\.carrier) == ["pci.0:05.0", nil])
        let again = try Services.plan(Self.guest, restriction: lock.restriction, room: .none)
        #expect(again.plan?.berths.map(\.strategy) == ["ram-controller", "firmware-reserved"])
        #expect(lock.changes(to: again.plan.map(PlanLock.init)) == [])
    }

    @Test func `what moves is said with its consequences`() throws {
        let lock = try lock(Self.guest)
        var moved = Self.guest
        moved.devices[0].slot = moved.rootSlot(7)
        moved.devices[1].slot = moved.rootSlot(3)
        moved.qemu = QEMURelease(8, 0)
        let changes = lock.changes(to: try self.lock(moved))
        #expect(
            changes == [
                .version("QEMU", from: "7.2", to: "8.0"),
                .function(id: "net0", model: "virtio-net-pci", class: 0x200, from: "00:03.0", to: "00:07.0"),
                .function(id: "disk0", model: "virtio-blk-pci", class: 0x100, from: "00:04.0", to: "00:03.0"),
            ])
        #expect(
            LockText.render(LockReport(lock, changes, file: "plan.lock")) == """
                plan.lock cannot be kept. What the guest would see:
                  QEMU 8.0 instead of 7.2
                  net0 (virtio-net-pci) moves from 00:03.0 to 00:07.0
                      Linux: ens3 becomes ens7; Windows finds a new device and sets up a new connection
                  disk0 (virtio-blk-pci) moves from 00:04.0 to 00:03.0
                      Linux: /dev/disk/by-path/pci-0000:00:04.0-* becomes pci-0000:00:03.0-*; Windows finds a new
                        device, and its disks come back behind it; a boot disk may need its driver first
                Change the guest back, or remove the file and plan again.

                """)
        #expect(lock.changes(to: nil).count == 2)
    }

    @Test(
        arguments: [
            ("\"schema\" : 1", "\"schema\" : 9", "schema 9 of a lock is not known; this berth reads 1"),
            (
                "\"policy\" : 2", "\"policy\" : 7",
                "the lock was made by version 7 of the order of plans, and this is version 2: remove the file and plan again"
            ),
            ("\"policy\" : 2", "\"policy\" : \"one\"", "'policy' has the wrong kind of value"),
            ("\"schema\" : 1", "\"schemata\" : 1", "the lock has no 'schema'"),
            ("\"berths\" : [", "\"berths\" : [[", nil), ("{", "", nil), ("}", "", nil),
        ] as [(String, String, String?)])
    func `a damaged lock is refused with its place`(old: String, new: String, message: String?) throws {
        let text = String(decoding: try bytes(try lock(Self.guest)), as: UTF8.self)
        let range = try #require(text.range(of: old))
        let damaged = text.replacingCharacters(in: range, with: new)
        let error = #expect(throws: InputError.self) { try PlanLock.read(Array(damaged.utf8), file: "plan.lock") }
        let finding = try #require(error?.findings.first)
        #expect(finding.rule == "lock" && finding.location?.file == "plan.lock")
        let words =
            message ?? "the lock is damaged: it is not well-formed JSON; restore the file, or remove it and plan again"
        #expect(finding.message == words)
        if message?.contains("'schema'") == false, let place = finding.location {
            let lines = damaged.split(separator: "\n", omittingEmptySubsequences: false)
            let word = new.prefix { $0 != " " }
            #expect(lines[place.line - 1].dropFirst(place.column - 1).hasPrefix(word))
        }
    }

    @Test func `a lock of another guest is refused`() throws {
        let lock = try lock(Self.guest)
        let content = try bytes(lock)
        var other = Self.guest
        other.name = "other"
        let error = #expect(throws: InputError.self) { try lock.check(other, content, file: "plan.lock") }
        #expect(
            error?.findings.first?.message
                == "this is the lock of 'classic', not of 'other': give that guest, or another file")
        var device = Self.guest
        device.igd?.device = 0x3e92
        #expect(throws: InputError.self) { try lock.check(device, content, file: "plan.lock") }
    }

    @Test func `a pin fixes a function or an address`() throws {
        let slot = Pin.function(Slot("pci.0", devfn: 0x28))
        #expect(Pin("00:05.0", rootBus: "pci.0") == slot)
        #expect(Pin("b1:05.0", rootBus: "pci.0") == .function(Slot("b1", devfn: 0x28)))
        #expect(Pin("0xba700000", rootBus: "pci.0") == .address(0xba70_0000))
        for text in ["", "05.0", "0x", "00:20.0", "00:05.8", ":05.0", "0xzz"] {
            #expect(Pin(text, rootBus: "pci.0") == nil, "\(text)")
        }
        var restriction = Planner.Restriction()
        restriction.pins.stolenMemory = slot
        let pinned = try #require(try Services.plan(Self.guest, restriction: restriction, room: .none).plan)
        #expect(pinned.berths[0].slot == Slot("pci.0", devfn: 0x28))
        restriction.pins.stolenMemory = .address(0xba70_0000)
        #expect(
            try Services.plan(Self.guest, restriction: restriction, room: .none).plan?.berths[0].strategy
                == "firmware-reserved")
        restriction.pins.stolenMemory = .address(0x1000_0000)
        let result = try Services.plan(Self.guest, restriction: restriction, room: .none)
        #expect(result.options(for: .stolenMemory).contains { $0.judgements.contains { $0.fact.rule == "pinned" } })
    }

    @Test(arguments: [
        (
            Pin.address(0xfee0_0000),
            "--pin: 0xfee00000 is in no aperture of this guest; stolen memory can lie in 0x0-0xbfffffff, 0xc0000000-0xfebfffff"
        ),
        (
            Pin.function(Slot("pci.0", devfn: 0x30)),
            "--pin: no candidate for stolen memory is on pci.0:06.0; the choices are 00:02.0, 00:03.0, 00:05.0, 00:1f.0"
        ),
    ])
    func `a pin where nothing can be names the choices`(pin: Pin, message: String) throws {
        let request = try #require(Request(Self.guest))
        let error = #expect(throws: InputError.self) {
            try Planner().check(PerRegion(stolenMemory: pin, opRegion: nil), request)
        }
        #expect(error?.findings.first?.message == message)
    }
}
