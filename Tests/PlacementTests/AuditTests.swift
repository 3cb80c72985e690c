import BerthAudit
import BerthBundled
import BerthDiagnostics
import BerthPCI
import BerthPlacement
import BerthServices
import BerthStack
import BerthTopology
import Testing

/// Every accepted plan of bundled and drawn guests, checked by somebody who knows nothing of the planner.
struct AuditTests {
    private func check(_ guest: GuestTopology) throws -> Int {
        let accepted = try Planner().plan(try #require(Request(guest))).plans.map(\.evaluation)
        for (number, plan) in accepted.enumerated() {
            // Every tenth with a boot of its own.
            let violations = number % 10 == 0 ? Services.violations(of: plan) : Services.quickViolations(of: plan)
            #expect(violations == [], "\(guest.name): \(plan.berths.map(\.strategy))")
        }
        return accepted.count
    }

    @Test(arguments: BundledTopologies.names)
    func `every plan of a bundled guest holds`(name: String) throws {
        _ = try check(try #require(try BundledTopologies.topology(named: name)))
    }

    @Test func `every plan of a drawn guest holds`() throws {
        var plans = 0
        for seed in UInt64(1000)...1060 { plans += try check(RandomIGDGuest(seed: seed).topology) }
        #expect(plans > 250, "the guests must be ones for which something works")
    }

    @Test func `every berth that a comparison calls possible holds, under all columns`() throws {
        var cells = 0
        for name in BundledTopologies.names {
            let comparison = try Services.compare(
                try #require(try BundledTopologies.topology(named: name)), room: .none)
            for cell in comparison.rows.flatMap(\.cells).compactMap({ $0 }) where cell.evaluation.isAccepted {
                #expect(Services.quickViolations(of: cell.evaluation) == [], "\(name): \(cell.berth.strategy)")
                cells += 1
            }
        }
        #expect(cells > 500)
    }

    @Test func `a region that would lie on the other is rejected, and one on what the firmware reserves`() throws {
        let guest = Guests.classic { $0.igd?.hostStolenBase = 0x5e00_0000 }
        let plan = try Guests.evaluation(guest, stolen: "host-base-ram", opRegion: "unnamed-combination")
        let wanted = Expectation.rejects(
            .impossible,
            "\(range: 0x5e00_0000, 0x61ff_ffff) meets the \(name: "OpRegion") at \(range: 0x5fff_e000, 0x5fff_ffff)")
        #expect(Guests.judgements("address-is-free", .stolenMemory, plan).map(wanted.describes) == [true])
        #expect(Services.violations(of: plan).contains { $0.kind == .overlapsRegion })
        let large = Guests.classic {
            $0.ram = GuestRAM(.gib(2))
            $0.qemu = QEMURelease(10, 0)
            $0.igd?.stolenMemory = .mib(512)
        }
        let meeting = try Guests.evaluation(large, stolen: "unnamed-combination")
        let met = Expectation.rejects(
            .impossible,
            "the firmware reserves \(range: 0x5ef0_0000, 0x7eef_ffff), which meets \(range: 0x4000_0000, 0x5fff_ffff)",
            help: "memory that the firmware reserves")
        #expect(Guests.judgements("range-is-kept-free", .stolenMemory, meeting).map(met.describes) == [true])
        #expect(Services.violations(of: meeting).contains { $0.kind == .reservedRange })
    }

    @Test func `plans that no rule judged are found`() throws {
        // A BAR over another one, outside of every aperture, in RAM: judged by no rule, found all the same.
        let planner = Planner(strategies: Strategies.all, rules: [])
        for name in ["q35-nothing-fits", "ovmf-32bit-reach"] {
            let guest = try #require(try BundledTopologies.topology(named: name))
            let bad = try planner.plan(try #require(Request(guest))).evaluations.filter {
                !Services.violations(of: $0).isEmpty
            }
            #expect(!bad.isEmpty)
        }
    }

    @Test func `a planner that forgot its rules is stopped`() throws {
        let guest = try #require(try BundledTopologies.topology(named: "q35-nothing-fits"))
        let careless = Planner(strategies: [Strategies.strategy("ram-controller")].compactMap { $0 }, rules: [])
        let defect = #expect(throws: Defect.self) { try Services.plan(guest, planner: careless, room: .none) }
        let finding = try #require(defect?.findings.first)
        #expect(finding.rule == "audit")
        #expect(
            finding.message.hasPrefix("q35-nothing-fits: ram-controller + ram-controller is planned, and cannot be: "))
        #expect(finding.message.hasSuffix("; this is a defect of berth: report it with this input"))
    }
}

/// Each way in which a plan can be wrong, made out of one that holds.
struct AuditMutationTests {
    /// Stolen memory behind a BAR below a bridge, the OpRegion in RAM that the firmware reserved.
    private static let guest: AuditedGuest = {
        var guest = AuditedGuest(Guests.classic())
        guest.ram = [Bytes(0, 0x7fff_ffff)]
        guest.apertures = [Bytes(0xc000_0000, 0xfebf_ffff)]
        guest.reserved = [Bytes(0x7ff0_0000, 0x7fff_ffff), Bytes(0xfeff_c000, 0xfeff_ffff)]
        guest.chipset = [Bytes(0xfec0_0000, 0xffff_ffff)]
        guest.bridges = [
            AuditedGuest.Bridge(name: "b", windows: [Bytes(0xc800_0000, 0xcfff_ffff)]),
            AuditedGuest.Bridge(name: "other", windows: [Bytes(0xe000_0000, 0xe00f_ffff)]),
        ]
        guest.bars = [
            AuditedGuest.BAR(
                slot: carrier, register: 2, bytes: Bytes(0xc800_0000, 0xcbff_ffff), isWide: true, above: [0]),
            AuditedGuest.BAR(
                slot: Slot("b", devfn: 16), register: 0, bytes: Bytes(0xcc00_0000, 0xcc00_0fff), isWide: false,
                above: [0]),
        ]
        guest.registers = [AuditedGuest.Register(offset: 0xfc, value: 0x7ffe_0000)]
        guest.hostRegisters = [AuditedGuest.Register(offset: 0x5c, value: 0x8b80_0000)]
        return guest
    }()
    private static let carrier = Slot("b", devfn: 8)
    private static let stolen = Claim(
        "stolen memory", .bar(carrier, register: 2), address: 0xc800_0000, isOpen: false, needed: 64 << 20,
        taken: 64 << 20, alignment: 1 << 20, register: 0x5c, bits: 32, writer: .other)
    private static let opRegion = Claim(
        "OpRegion", .reservedRAM, address: 0x7ffe_0000, isOpen: false, needed: 8192, taken: 8192, alignment: 4096,
        register: 0xfc, bits: 32, writer: .firmware)
    private static let mapped = Claim(
        "stolen memory", .mapped, address: 0x8b80_0000, isOpen: false, needed: 64 << 20, taken: 64 << 20,
        alignment: 1 << 20, register: 0x5c, bits: 32, writer: .nobody)

    private func kinds(
        _ claim: Claim, _ guest: AuditedGuest = guest, beside other: Claim? = nil
    ) -> Set<Violation.Kind> {
        Set(Audit.violations(of: [claim, other].compactMap { $0 }, in: guest).map(\.kind))
    }

    private func changed<Value>(_ value: Value, _ change: (inout Value) -> Void) -> Value {
        var copy = value
        change(&copy)
        return copy
    }

    @Test func `what holds is not complained of`() {
        #expect(Audit.violations(of: [Self.stolen, Self.opRegion], in: Self.guest) == [])
        #expect(Audit.violations(of: [Self.mapped, Self.opRegion], in: Self.guest) == [])
        let open = changed(Self.opRegion) {
            $0.address = nil
            $0.isOpen = true
        }
        #expect(kinds(open) == [])
        let chosen = changed(Self.mapped) {
            $0.place = .chosenRAM
            $0.address = 0x1000_0000
            $0.writer = .other
        }
        #expect(kinds(chosen) == [])
    }

    @Test func `a wrong claim is found`() {
        let claim = { (base: Claim, change: (inout Claim) -> Void) in kinds(changed(base, change)) }
        #expect(claim(Self.stolen) { $0.address = 0xc810_0000 }.isSuperset(of: [.addressDiffers, .misaligned]))
        #expect(claim(Self.stolen) { $0.address = nil } == [.noAddress])
        #expect(claim(Self.stolen) { $0.address = .max } == [.noAddress])
        #expect(claim(Self.stolen) { $0.place = .bar(Self.carrier, register: 4) } == [.noCarrier])
        #expect(claim(Self.stolen) { $0.taken = 96 << 20 }.isSuperset(of: [.addressDiffers, .notPowerOfTwo]))
        #expect(claim(Self.stolen) { $0.needed = 128 << 20 } == [.tooSmall])
        #expect(claim(Self.stolen) { $0.register = nil } == [.noRegister])
        #expect(claim(Self.opRegion) { $0.address = 0x7ffe_0800 } == [.misaligned, .registerDiffers])
        #expect(claim(Self.opRegion) { $0.address = 0x7fee_f000 } == [.notReserved, .registerDiffers])
        #expect(claim(Self.opRegion) { $0.address = 0xfeff_d000 } == [.notInRAM, .registerDiffers])
        #expect(claim(Self.mapped) { $0.address = 0x7000_0000 } == [.inRAM, .registerDiffers])
        #expect(claim(Self.mapped) { $0.address = 0x7f00_0000 } == [.inRAM, .reservedRange, .registerDiffers])
        #expect(
            claim(Self.mapped) {
                $0.address = 0x7f00_0000
                $0.isTodaysFirmware = false
            } == [.inRAM, .registerDiffers])
        #expect(claim(Self.mapped) { $0.address = 0xcc00_0000 } == [.overlapsBAR, .strayWindow, .registerDiffers])
        #expect(claim(Self.mapped) { $0.address = 0xe000_0000 } == [.strayWindow, .registerDiffers])
        #expect(claim(Self.mapped) { $0.address = 0xfb00_0000 } == [.chipset, .reservedRange, .registerDiffers])
        #expect(
            claim(Self.mapped) {
                $0.place = .chosenRAM
                $0.writer = .other
            } == [.notInRAM])
        #expect(
            claim(Self.mapped) {
                $0.address = 0x1_8000_0000
                $0.writer = .other
            } == [.registerTooNarrow])
    }

    @Test func `a wrong guest is found`() {
        let guest = { (claim: Claim, change: (inout AuditedGuest) -> Void) in
            kinds(claim, changed(Self.guest, change))
        }
        #expect(guest(Self.stolen) { $0.halted = "PCI: out of address space" } == [.firmwareStops])
        #expect(guest(Self.stolen) { $0.bars.removeFirst() } == [.noCarrier])
        #expect(guest(Self.stolen) { $0.apertures[0].first = 0xc900_0000 } == [.outsideAperture])
        #expect(guest(Self.stolen) { $0.bridges[0].windows[0].last = 0xc9ff_ffff } == [.outsideWindow])
        #expect(guest(Self.stolen) { $0.bridges[0].windows = [] } == [.outsideWindow])
        #expect(guest(Self.stolen) { $0.bars[0].above = [] } == [.strayWindow])
        #expect(guest(Self.stolen) { $0.bars[1].bytes = Bytes(0xcbff_f000, 0xcbff_ffff) } == [.overlapsBAR])
        #expect(guest(Self.stolen) { $0.ram[0].last = 0xc80f_ffff } == [.inRAM])
        #expect(guest(Self.stolen) { $0.reserved.append(Bytes(0xc900_0000, 0xc900_0fff)) } == [.reservedRange])
        #expect(guest(Self.stolen) { $0.chipset.append(Bytes(0xc800_0000, 0xc800_0fff)) } == [.chipset])
        #expect(guest(Self.opRegion) { $0.registers = [] } == [.registerDiffers])
        #expect(guest(Self.opRegion) { $0.registers[0].value = 0x7ffd_f000 } == [.registerDiffers])
        #expect(guest(Self.opRegion) { $0.registers[0].offset = 0x5c } == [.registerDiffers])
        #expect(guest(Self.opRegion) { $0.reserved[0].last = 0x7ffe_0fff } == [.notReserved])
        #expect(guest(Self.opRegion) { $0.reserved = [] } == [.notReserved])
        #expect(guest(Self.opRegion) { $0.ram[0].last = 0x7ffe_0fff } == [.notInRAM])
        #expect(guest(Self.mapped) { $0.hostRegisters[0].value = 0x8b90_0000 } == [.registerDiffers])
        // A 32-bit BAR above 4 GiB, and a register that is too narrow for a wide one.
        let high = changed(Self.stolen) { $0.address = 0x8_0000_0000 }
        let above = { (isWide: Bool) in
            self.changed(Self.guest) {
                $0.apertures = [Bytes(0x8_0000_0000, 0xf_ffff_ffff)]
                $0.bars[0].bytes = Bytes(0x8_0000_0000, 0x8_03ff_ffff)
                $0.bars[0].isWide = isWide
                $0.bridges[0].windows = [Bytes(0x8_0000_0000, 0x8_03ff_ffff)]
            }
        }
        #expect(kinds(high, above(true)) == [.registerTooNarrow])
        #expect(kinds(changed(high) { $0.bits = 64 }, above(true)) == [])
        #expect(kinds(changed(high) { $0.bits = 64 }, above(false)) == [.registerTooNarrow])
    }

    @Test func `regions that meet are found`() {
        let both = changed(Self.mapped) {
            $0.name = "OpRegion"
            $0.address = 0x8b80_0000 + 0x3ff_f000
            $0.alignment = 4096
            $0.taken = 8192
            $0.needed = 8192
            $0.writer = .other
        }
        #expect(kinds(Self.mapped, beside: both) == [.overlapsRegion])
        #expect(kinds(Self.mapped, beside: changed(both) { $0.address = 0x8b80_0000 + 0x400_0000 }) == [])
    }

    @Test func `reserved memory may be several entries that touch`() {
        let split = changed(Self.guest) {
            $0.reserved = [Bytes(0x7ffe_1000, 0x7fff_ffff), Bytes(0x7ff0_0000, 0x7ffe_0fff)]
        }
        #expect(kinds(Self.opRegion, split) == [])
        #expect(
            kinds(Self.opRegion, changed(split) { $0.reserved[0].first = 0x7ffe_1001 }) == [.notReserved])
    }

    @Test func `memory that a script points at was reserved by somebody`() {
        let carried = changed(Self.opRegion) { $0.writer = .other }
        #expect(kinds(carried) == [])
        #expect(kinds(carried, changed(Self.guest) { $0.registers = [] }) == [.registerDiffers])
    }
}
