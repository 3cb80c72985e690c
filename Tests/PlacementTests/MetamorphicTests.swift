import BerthDiagnostics
import BerthPCI
import BerthPlacement
import BerthReport
import BerthServices
import BerthStack
import BerthTopology
import TestSupport
import Testing

/// What must hold between the plans of two guests that differ in one respect.
struct MetamorphicTests {
    /// A few strategies for most guests, so that there can be many; the whole catalogue for every twentieth.
    private func planner(_ seed: UInt64) -> Planner {
        seed % 20 == 0 ? Planner() : FewStrategies.planner(seed: seed, count: 3...6)
    }

    private func isFeasible(_ guest: GuestTopology, _ planner: Planner) throws -> Bool {
        try Services.plan(guest, planner: planner, room: .none).plan != nil
    }

    /// What is said of a plan, without the order of devices in their list.
    private func lines(_ guest: GuestTopology, _ planner: Planner) throws -> String {
        PlanText.render(PlanReport(try Services.plan(guest, planner: planner, room: .none), detail: .all))
    }

    @Test func `the order of devices in the input changes nothing`() throws {
        for seed in UInt64(1)...80 {
            let planner = FewStrategies.planner(seed: seed, count: 2...3)
            let guest = RandomIGDGuest(seed: seed, devices: 1...5).topology
            var shuffled = guest
            var random = Seeded(seed)
            shuffled.devices.shuffle(using: &random)
            let text = try lines(guest, planner)
            #expect(try lines(shuffled, planner) == text, "seed \(seed)")
            #expect(try lines(guest, planner) == text, "seed \(seed): the same request again")
        }
    }

    @Test func `the order of devices changes nothing of what the whole catalogue comes to`() throws {
        for seed in UInt64(1)...3 {
            let guest = RandomIGDGuest(seed: seed).topology
            var shuffled = guest
            var random = Seeded(seed)
            shuffled.devices.shuffle(using: &random)
            #expect(try lines(shuffled, Planner()) == lines(guest, Planner()), "seed \(seed)")
        }
    }

    @Test func `a device that takes no memory makes nothing feasible, and its removal nothing infeasible`() throws {
        var pairs = 0
        for seed in UInt64(1)...600 {
            let planner = planner(seed)
            let guest = RandomIGDGuest(seed: seed).topology
            guard let free = Request(guest)?.freeSlots.last else { continue }
            var more = guest
            var device = Device(id: "more", model: "function", at: guest.rootSlot(free))
            device.described = DescribedFunction(vendor: 0x1b36, device: 0xfffe, classCode: .unclassified, bars: [])
            more.devices.append(device)
            #expect(try isFeasible(more, planner) == isFeasible(guest, planner), "seed \(seed)")
            pairs += 1
        }
        #expect(pairs > 550)
    }

    /// With one exception: large BARs make SeaBIOS place 64-bit ones above 4 GiB, and what they leave may be the very place
    /// at which the host has its memory.
    @Test func `a device with BARs makes nothing feasible, and its removal nothing infeasible`() throws {
        var infeasible = 0
        for seed in UInt64(2000)...2400 {
            let planner = planner(seed)
            let guest = RandomIGDGuest(seed: seed).topology
            let alone = try Services.plan(guest, planner: planner, room: .none)
            guard let free = Request(guest)?.freeSlots.last, alone.plan == nil else { continue }
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
                guard let best = try Services.plan(more, planner: planner, room: .none).plan else { continue }
                let freed = best.berths.contains { wasTaken($0, alone) }
                #expect(freed && guest.firmware.kind == .seabios, "seed \(seed), \(size ?? "bochs-display")")
            }
        }
        #expect(infeasible > 100)
    }

    /// At a number of the host's, where a BAR was.
    private func wasTaken(_ berth: RegionBerth, _ alone: Planning) -> Bool {
        guard berth.combination.memory == .hostMemory else { return false }
        return alone.options(for: berth.region).contains { option in
            option.berth == berth && option.judgements.contains { $0.isRejection && $0.fact.rule == "address-is-free" }
        }
    }
}
