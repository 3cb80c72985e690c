import BerthBoot
import BerthBundled
import BerthDiagnostics
import BerthPCI
import BerthPlacement
import BerthRehearsal
import BerthServices
import BerthStack
import BerthTopology
import TestSupport
import Testing

import struct Foundation.Data

/// No verdict of a guest as it is configured names a register, a region or a state that its boot does not have.
struct ContradictionTests {
    private func guests() throws -> [GuestTopology] {
        let bundled = try BundledTopologies.names.compactMap { try BundledTopologies.topology(named: $0) }
        let drawn = (UInt64(1)...120).map { RandomIGDGuest(seed: $0).topology }
        let classic = QEMURelease.known.map { release in Guests.classic { $0.qemu = release } }
        return (bundled + drawn + classic + (try assigned())).flatMap { guest in
            [guest.guest, .linux(.init(6, 14)), .windows(11), .firmwareOnly].map { system in
                var copy = guest
                copy.guest = system
                return copy
            }
        }
    }

    /// Recorded guests, with an IGD where a device stood in for it.
    private func assigned() throws -> [GuestTopology] {
        try (["igd"] + Recorded.stackFolders.filter { $0.hasSuffix("/igd") }).flatMap { kind in
            try Recorded.cases(kind).compactMap { url -> GuestTopology? in
                let recorded = try RecordedCase.read(Data(contentsOf: url), file: url.lastPathComponent)
                var guest = try recorded.topology(source: url.lastPathComponent)
                let place = guest.devices.firstIndex { $0.identity?.classCode?.isDisplay == true }
                guard let place, let identity = guest.devices[place].identity else { return nil }
                var igd = IGDAssignment(
                    slot: guest.devices.remove(at: place).slot, host: PCIAddress(bus: 0, devfn: 0x10),
                    device: identity.device ?? 0x5916, stolenMemory: .mib(64), opRegion: .kib(8), rom: .hostShadow)
                igd.graphicsControl = recorded.config?.first { $0.offset == 0x50 }.map {
                    UInt16(truncatingIfNeeded: $0.value)
                }
                guest.igd = igd
                guest.processor = .passedThrough
                return guest
            }
        }
    }

    @Test func `verdicts agree with the boot that simulate prints`() throws {
        var (said, compared) = (0, 0)
        for guest in try guests() {
            let boot: BootOutcome
            do {
                boot = try Services.boot(guest)
            } catch {
                #expect(Verdict.of(guest).level == .fails, "\(guest.name)")
                continue
            }
            compared += 1
            for consequence in Verdict.of(guest).consequences {
                said += 1
                check(consequence, guest, boot)
            }
        }
        #expect(compared > 900 && said > 1_200)
    }

    private func check(_ consequence: Consequence, _ guest: GuestTopology, _ boot: BootOutcome) {
        let name: Comment = "\(guest.name), QEMU \(guest.qemu), \(guest.firmware), \(guest.guest): \(consequence.fact)"
        let display = guest.igd.flatMap { boot.tree.index(at: $0.slot) }
        let base = display.flatMap { boot.firmware.register(0x5c, of: $0) } ?? 0
        let asls = display.flatMap { boot.firmware.register(0xfc, of: $0) } ?? 0
        switch consequence.symptom {
        case .hardwareError where consequence.fact.rule == "video-bios-without-stolen-memory": #expect(base == 0, name)
        case .firmwareStops: #expect(boot.firmware.halted != nil, name)
        case .guessedOutputs: #expect(asls == 0, name)
        case .refusesToStart where consequence.fact.rule == "lpc-slot-taken":
            #expect(IGDInQEMU(guest)?.startFailure != nil, name)
        case .noStolenMemory where boot.firmware.halted == nil && guest.guest.isLinux:
            #expect(boot.stolenMemoryIsIgnored != nil || boot.tree.index(at: guest.rootSlot(2)) == nil, name)
        default: break
        }
        // Files that are said to be missing are.
        if consequence.fact.rule == "option-rom-without-opregion" || consequence.fact.rule == "windows-without-opregion"
        {
            #expect(asls == 0, name)
        }
        for part in consequence.fact.statement.parts {
            guard case .slot(let slot, _) = part, slot.bus == guest.rootBus.rawValue else { continue }
            let there = boot.tree.index(at: Slot(BusName(slot.bus), devfn: slot.devfn)) != nil
            #expect(there || [0x10, 0xf8].contains(slot.devfn), name)
        }
        for case .address(let address) in consequence.fact.quantities.values
        where consequence.fact.rule == "address-above-iommu" {
            let isThere = boot.tree.functions.indices.contains { index in
                boot.tree.functions[index].bars.contains {
                    boot.firmware.functions[index].addresses[$0.index] == address
                }
            }
            #expect(isThere, name)
        }
    }

    @Test func `of recorded guests, which have no IGD, nothing is said`() throws {
        var count = 0
        for kind in ["firmware", "carriers", "igd"] {
            for url in try Recorded.cases(kind) {
                let recorded = try RecordedCase.read(Data(contentsOf: url), file: url.lastPathComponent)
                let guest = try recorded.topology(source: url.lastPathComponent)
                guard guest.igd == nil else { continue }
                #expect(Verdict.of(guest).consequences == [], "\(url.lastPathComponent)")
                count += 1
            }
        }
        #expect(count > 50)
    }
}
