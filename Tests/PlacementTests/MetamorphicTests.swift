import Berth
import BerthPCI
import BerthPlacement
import BerthTopology
import TestSupport
import Testing

/// What must hold between the plans of two guests that differ in one respect.
struct MetamorphicTests {
    private func isFeasible(_ guest: GuestTopology) throws -> Bool {
        try Berth.plan(guest).best != nil
    }

    /// What is said of a plan, without the order of devices in their list.
    private func lines(_ guest: GuestTopology) throws -> String { PlanText.render(try Berth.plan(guest)) }

    @Test func `the order of devices in the input changes nothing`() throws {
        for seed in UInt64(1)...3 {
            let guest = RandomIGDGuest(seed: seed).topology
            var shuffled = guest
            var random = Seeded(seed)
            shuffled.devices.shuffle(using: &random)
            let text = try lines(guest)
            #expect(try lines(shuffled) == text, "seed \(seed)")
            #expect(try lines(guest) == text, "seed \(seed): the same request again")
        }
    }

    @Test func `a device that takes no memory makes nothing feasible, and its removal nothing infeasible`() throws {
        var pairs = 0
        for seed in UInt64(1)...60 {
            let guest = RandomIGDGuest(seed: seed).topology
            guard let free = Request(guest)?.freeSlots.last else { continue }
            var more = guest
            var device = Device(id: "more", model: "function", at: guest.rootSlot(free))
            device.described = DescribedFunction(vendor: 0x1b36, device: 0xfffe, classCode: .unclassified, bars: [])
            more.devices.append(device)
            #expect(try isFeasible(more) == isFeasible(guest), "seed \(seed)")
            pairs += 1
        }
        #expect(pairs > 50)
    }

    @Test func `a device with BARs makes nothing feasible, and its removal nothing infeasible`() throws {
        var infeasible = 0
        for seed in UInt64(2000)...2040 {
            let guest = RandomIGDGuest(seed: seed).topology
            guard let free = Request(guest)?.freeSlots.last, try !isFeasible(guest) else { continue }
            infeasible += 1
            for size in [nil, "256M", "1G", "4G"] {
                var more = guest
                var device = Device(id: "more", model: "bochs-display", at: guest.rootSlot(free))
                if let size {
                    device = Device(
                        id: "more", model: "pci-testdev", at: guest.rootSlot(free),
                        properties: [Property("membar", .text(size))])
                }
                more.devices.append(device)
                #expect(try !isFeasible(more), "seed \(seed), \(size ?? "bochs-display")")
            }
        }
        #expect(infeasible > 5)
    }
}
