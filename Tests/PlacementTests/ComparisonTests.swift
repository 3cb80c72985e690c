import BerthBoot
import BerthBundled
import BerthDiagnostics
import BerthPCI
import BerthPlacement
import BerthServices
import BerthStack
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
            $0.firmware = .ovmf(OVMFRelease(2024, 2))
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

    /// What one strategy comes to on its own is what the planner finds for it beside the best partner.
    @Test(arguments: BundledTopologies.names)
    func `a cell has the judgements that the planner finds`(name: String) throws {
        let guest = try #require(try BundledTopologies.topology(named: name))
        let comparison = try Services.compare(guest)
        let plan = try Services.plan(guest)
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
            let comparison = try Services.compare(try #require(try BundledTopologies.topology(named: name)))
            for region in Region.allCases {
                let classes = comparison.rows(of: region).compactMap { $0.cells[comparison.home] }.map { cell in
                    cell.evaluation.isAccepted ? (cell.evaluation.missing.isEmpty ? 0 : 1) : 2
                }
                #expect(classes == classes.sorted(), "\(name)")
            }
        }
    }

    @Test func `each strategy that has something to say has one row a region`() throws {
        let comparison = try Services.compare(Guests.classic())
        for region in Region.allCases {
            let ids = comparison.rows(of: region).map(\.strategy)
            #expect(Set(ids).count == ids.count)
            #expect(ids.first == "firmware-reserved")
        }
        #expect(comparison.rows(of: .stolenMemory).count == 13)
        #expect(comparison.rows(of: .opRegion).count == 19)
    }

    @Test func `traits say what a berth costs`() throws {
        let comparison = try Services.compare(Guests.classic())
        let traits = { (region: Region, id: StrategyID) in
            let cell = comparison.rows(of: region).first { $0.strategy == id }?.cells[comparison.home]
            let found = try #require(cell)
            return found.evaluation.traits(of: found.berth)
        }
        let reserved = try traits(.stolenMemory, "firmware-reserved")
        #expect(reserved.mustChange.isEmpty && reserved.isReservedInE820)
        #expect(reserved.address == .exact(0xba70_0000) && reserved.exposure == nil && reserved.holeConsumed == .zero)
        #expect(reserved.writability == .privateCopy && reserved.hotPlug.answer == .no)
        let dummy = try traits(.stolenMemory, "ram-controller")
        #expect(dummy.mustChange.isEmpty && !dummy.isReservedInE820)
        #expect(dummy.exposure?.level == .onlyBeforeDriverLoads && dummy.holeConsumed == .mib(64))
        let mapped = try traits(.opRegion, "qemu-maps-host")
        #expect(mapped.mustChange == [.qemu] && mapped.address == .chosenByQEMU)
        #expect(mapped.writability == .hostMemory)
        #expect(try traits(.opRegion, "firmware-maps-host").mustChange == [.firmware, .qemu])
        #expect(try traits(.opRegion, "read-only-map").writability == .readOnly)
        #expect(try traits(.opRegion, "left-alone").writability == .nothing)
    }

    @Test func `what can be hot-plugged is what QEMU takes`() throws {
        let said = { (guest: GuestTopology, region: Region, id: StrategyID) -> String in
            let comparison = try Services.compare(guest)
            let row = comparison.rows(of: region).first { $0.strategy == id }
            let cell = try #require(row?.cells[comparison.home])
            let hotPlug = cell.evaluation.traits(of: cell.berth).hotPlug
            #expect(!hotPlug.source.isEmpty)
            return "\(hotPlug.answer): \(hotPlug.reason)"
        }
        let pc = Guests.classic { $0.devices.append(Device(id: "nic", model: "e1000", at: $0.rootSlot(3))) }
        let plugged = "can be plugged in, the IGD has to be there from the start"
        #expect(try said(pc, .stolenMemory, "ram-controller") == "carrier: ivshmem-plain \(plugged)")
        #expect(try said(pc, .opRegion, "bogus-dummy") == "carrier: pci-testdev \(plugged)")
        #expect(try said(pc, .opRegion, "existing-device") == "carrier: e1000 \(plugged)")
        #expect(try said(pc, .opRegion, "lpc-bridge") == "no: vfio-pci-igd-lpc-bridge cannot be plugged in")
        #expect(try said(pc, .opRegion, "igd-bar5") == "no: a hot-plugged IGD gets no quirks")
        #expect(
            try said(pc, .stolenMemory, "firmware-reserved")
                == "no: reserved memory does not come and go while a guest runs")
        #expect(try said(pc, .stolenMemory, "hide-size") == "no: legacy mode is refused to a hot-plugged IGD")
        #expect(try said(pc, .opRegion, "left-alone") == "yes: nothing has to be there before")
        let q35 = Guests.q35()
        #expect(try said(q35, .stolenMemory, "ram-controller") == "no: nothing can be plugged into pcie.0")
        #expect(try said(q35, .opRegion, "lpc-bridge") == "no: ICH9-LPC cannot be plugged in")
    }

    @Test func `the guest as configured has a verdict of its own`() throws {
        let guest = Guests.classic { $0.moveIGD(to: 5) }
        let comparison = try Services.compare(guest)
        #expect(comparison.configured == Verdict.of(guest))
        // The GPU is sent to the host's address, where this guest has RAM.
        #expect(comparison.configured.level == .degraded)
        #expect(try Services.compare(Guests.q35 { $0.igd?.stolenMemory = .zero }).configured != comparison.configured)
    }

    @Test func `a guest without an IGD has nothing to compare`() {
        let guest = Guests.classic { $0.igd = nil }
        let error = #expect(throws: InputError.self) { try Services.compare(guest) }
        #expect(
            error?.description == "error: 'classic' has no IGD; add an 'igd' section, or a host with --host [no-igd]")
    }
}
