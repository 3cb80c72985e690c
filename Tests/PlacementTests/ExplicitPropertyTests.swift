import BerthBoot
import BerthBundled
import BerthIGD
import BerthPCI
import BerthPlacement
import BerthQEMU
import BerthServices
import BerthStack
import BerthTopology
import Testing

/// Properties whose default or meaning changed from release to release are always written out.
struct ExplicitPropertyTests {
    private static let versions = ["7.2", "8.2", "9.1", "9.2", "10.0", "10.1", "10.2"]

    @Test(arguments: BundledTopologies.names)
    func `a plan that is written says x-igd-opregion and x-igd-gms`(name: String) throws {
        let bundled = try #require(try BundledTopologies.topology(named: name))
        for version in Self.versions {
            var guest = bundled
            guest.qemu = try #require(QEMURelease(version))
            guard let plan = try Services.plan(guest, room: .none).plan, plan.missing.isEmpty else { continue }
            let emittable = try plan.emittable()
            let written = emittable.topology
            let igd = try #require(written.igd)
            #expect(igd[property: "x-igd-opregion"] != nil, "\(version)")
            if igd.platform?.stolenEncoding != nil, igd.platform?.placesStolenMemory == true {
                // Where nothing is placed, no size is asked for.
                let isLeft = plan.berth(of: .stolenMemory)?.strategy == "left-alone"
                #expect((igd[property: "x-igd-gms"] == nil) == isLeft, "\(version)")
            }
            let facts = try #require(IGDInQEMU(written))
            #expect(facts.startFailure == nil, "\(version)")
            #expect(ArgumentWriter.text(try ArgumentWriter.write(emittable)).contains("x-igd-opregion="), "\(version)")
        }
    }

    /// Amber Lake's 87c0 is Kaby Lake to Intel and unknown to QEMU, which from 10.1 on does not start with x-igd-gms then.
    @Test func `a device without number gets no size`() throws {
        for (version, isWritten) in [(QEMURelease(10, 0), true), (QEMURelease(10, 1), false)] {
            let guest = Guests.q35 {
                $0.igd?.device = 0x87c0
                $0.qemu = version
            }
            let request = try #require(Request(guest))
            let proposal = try #require(
                Strategies.strategy("firmware-reserved")?.proposals(for: .stolenMemory, in: request).first)
            #expect(proposal.edit.igdProperties.contains { $0.name == "x-igd-gms" } == isWritten)
        }
    }
}

/// The space of berths.
struct CombinationTests {
    @Test func `what has no name is little`() throws {
        let guests: [(GuestTopology, [RegionBerth.Backing])] = [
            // Kaby Lake under SeaBIOS: the middle of 3 GiB, and the host's base.
            (Guests.classic(), [.range(0x8b80_0000), .range(0x6000_0000)]),
            // Tiger Lake: SeaBIOS reserves, and writes the wrong register.
            (
                Guests.q35 { $0.igd?.device = 0x9a49 },
                [.reservedRAM, .range(0x8b80_0000), .range(0x4000_0000)]
            ),
            (
                Guests.q35 {
                    $0.firmware = FirmwareChoice(.ovmf)
                    $0.igd?.hostStolenBase = nil
                }, [.range(0x4000_0000)]
            ),
        ]
        for (guest, expected) in guests {
            let request = try #require(Request(guest))
            let found = try #require(Strategies.strategy("unnamed-combination")).proposals(
                for: .stolenMemory, in: request)
            #expect(Set(found.map(\.berth.backing)) == Set(expected))
            #expect(found.allSatisfy { $0.berth.missing.isEmpty && $0.berth.writer == .guest })
        }
    }

    @Test func `Tiger Lake under SeaBIOS has a plan by combination`() throws {
        let guest = Guests.q35 {
            $0.igd?.device = 0x9a49
            $0.igd?.hostStolenBase = nil
        }
        let best = try #require(
            try Services.plan(guest, restriction: .init(stolenMemory: "unnamed-combination"), room: .none).plan)
        let berth = try #require(best.berth(of: .stolenMemory))
        #expect(berth.backing == .reservedRAM && berth.combination.chooser == .firmware)
        // Where SeaBIOS says it reserved, though the register it wrote has no effect.
        #expect(
            best.evaluation.predictedAddress(of: berth).exact
                == best.evaluation.outcome.registers.first { $0.offset == 0x5c }.map { .init($0.value) })
        #expect(best.missing.isEmpty)
    }

    @Test func `Windows has no such way`() throws {
        let guest = Guests.q35 {
            $0.igd?.device = 0x9a49
            $0.guest = .windows(11)
        }
        #expect(
            try Services.plan(guest, restriction: .init(stolenMemory: "unnamed-combination"), room: .none).plan == nil)
    }
}
