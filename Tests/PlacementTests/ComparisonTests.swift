import Berth
import BerthBundled
import BerthDiagnostics
import BerthPCI
import BerthPlacement
import BerthTopology
import Testing

/// Every strategy under every firmware and guest OS.
struct ComparisonTests {
    @Test func `columns are both firmwares with three guests, the guest's own among them`() throws {
        let names = { (guest: GuestTopology) in
            Comparison.columns(for: guest).map { "\($0.firmware) \($0.guest)" }
        }
        #expect(
            names(Guests.classic()) == [
                "seabios:1.16.2 linux-6.1", "seabios:1.16.2 linux-6.14", "seabios:1.16.2 windows-11",
                "ovmf:2022.11 linux-6.1", "ovmf:2022.11 linux-6.14", "ovmf:2022.11 windows-11",
            ])
        let other = Guests.classic {
            $0.firmware = FirmwareChoice(.ovmf, version: "2024.02")
            $0.guest = .linux(.init(6, 15))
        }
        #expect(
            names(other) == [
                "ovmf:2024.02 linux-6.1", "ovmf:2024.02 linux-6.15", "ovmf:2024.02 windows-11",
                "seabios:1.16.2 linux-6.1", "seabios:1.16.2 linux-6.15", "seabios:1.16.2 windows-11",
            ])
        #expect(names(Guests.classic { $0.guest = .windows(10) })[2] == "seabios:1.16.2 windows-10")
        #expect(names(Guests.classic { $0.guest = .firmwareOnly }).count == 8)
    }

    /// What one strategy comes to on its own is what the planner finds for it in the best company.
    @Test(arguments: BundledTopologies.names)
    func `a cell has the judgements that the planner finds`(name: String) throws {
        let guest = try #require(try BundledTopologies.topology(named: name))
        let comparison = try Berth.compare(guest)
        let plan = try Berth.plan(guest)
        for region in Region.allCases {
            let options = plan.options(for: region)
            for row in comparison.rows(of: region) {
                let own = try #require(comparison.columns.firstIndex { $0.guest == guest.guest })
                guard own == comparison.home, let cell = row.cells[own] else { continue }
                let option = try #require(options.first { $0.berth.strategy == row.strategy }, "\(row.strategy)")
                let count = { (judgements: [Judgement]) in judgements.filter(\.isRejection).map(\.fact.rule) }
                #expect(count(cell.judgements) == count(option.judgements), "\(region) \(row.strategy)")
            }
        }
    }

    @Test func `rows stand in the order of plans`() throws {
        for name in BundledTopologies.names {
            let comparison = try Berth.compare(try #require(try BundledTopologies.topology(named: name)))
            for region in Region.allCases {
                let classes = comparison.rows(of: region).compactMap { $0.cells[comparison.home] }.map { cell in
                    cell.evaluation.isAccepted ? (cell.evaluation.canBeEmitted ? 0 : 1) : 2
                }
                #expect(classes == classes.sorted(), "\(name)")
            }
        }
    }

    @Test func `each strategy that has something to say has one row a region`() throws {
        let comparison = try Berth.compare(Guests.classic())
        for region in Region.allCases {
            let ids = comparison.rows(of: region).map(\.strategy)
            #expect(Set(ids).count == ids.count)
            #expect(ids.first == "firmware-reserved")
        }
        #expect(comparison.rows(of: .stolenMemory).count == 13)
        #expect(comparison.rows(of: .opRegion).count == 19)
    }

    @Test func `traits say what a berth costs`() throws {
        let comparison = try Berth.compare(Guests.classic())
        let traits = { (region: Region, id: StrategyID) in
            let cell = comparison.rows(of: region).first { $0.strategy == id }?.cells[comparison.home]
            let found = try #require(cell)
            return found.evaluation.traits(of: found.berth)
        }
        let reserved = try traits(.stolenMemory, "firmware-reserved")
        #expect(reserved.canBeEmitted && reserved.mustChange.isEmpty && reserved.isReservedInE820)
        #expect(reserved.address == .exact(0xba70_0000) && reserved.exposure == nil && reserved.holeConsumed == .zero)
        #expect(reserved.writability == .privateCopy && !reserved.canBeHotPlugged)
        let dummy = try traits(.stolenMemory, "ram-controller")
        #expect(dummy.canBeEmitted && dummy.mustChange == [.guest] && !dummy.isReservedInE820)
        #expect(dummy.exposure?.level == .onlyBeforeDriverLoads && dummy.holeConsumed == .mib(64))
        let mapped = try traits(.opRegion, "qemu-maps-host")
        #expect(!mapped.canBeEmitted && mapped.mustChange == [.qemu] && mapped.address == .chosenByQEMU)
        #expect(mapped.writability == .hostMemory)
        #expect(try traits(.opRegion, "firmware-maps-host").mustChange == [.firmware, .qemu])
        #expect(try traits(.opRegion, "read-only-map").writability == .readOnly)
        #expect(try traits(.opRegion, "left-alone").writability == .nothing)
    }

    @Test func `a guest without an IGD has nothing to compare`() {
        let guest = Guests.classic { $0.igd = nil }
        let error = #expect(throws: InputError.self) { try Berth.compare(guest) }
        #expect(
            error?.description == "error: 'classic' has no IGD; add an 'igd' section, or a host with --host [no-igd]")
    }
}
