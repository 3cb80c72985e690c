import BerthDiagnostics
import BerthIGD
import BerthPCI
import BerthPlacement
import BerthStack
import BerthTopology

/// Phrases that several reports share.
enum Descriptions {
    static func guest(_ guest: ReportedGuest) -> String {
        let firmware = guest.firmware.kind.title
        // Everything else was read in the sources of the release and never compared with it.
        let unmeasured = guest.firmware.isMeasured ? "" : " (not measured)"
        let qemu = guest.qemu.isMeasured ? "" : " (not measured)"
        let purpose = guest.isPurposeGiven ? ", for \(guest.purpose.rawValue)" : ""
        return
            "\(guest.machine.name), \(guest.ram) of RAM, \(firmware) \(guest.firmware.version)\(unmeasured), "
            + "QEMU \(guest.qemu)\(qemu), \(guest.system)\(purpose) (\(guest.stack))"
    }

    /// `8086:5916`
    static func identity(_ igd: IGDAssignment) -> String { "8086:\(Hexadecimal.plain(igd.device, digits: 4))" }

    /// ` (kaby-lake, gen 9)`; nothing for one that is not known.
    static func platform(_ igd: IGDAssignment) -> String {
        igd.platform.map { " (\($0.rawValue), \($0.generation))" } ?? ""
    }

    static func igd(_ igd: IGDAssignment) -> String {
        let platform = igd.platform.map { "\($0.name), \($0.generation)" } ?? "not an IGD we know"
        return "\(identity(igd)) (\(platform)) at \(place(igd.slot))"
    }

    /// `ram-controller on 00:03.0 BAR 2 (RAM controller), 64 MiB`
    static func berth(_ berth: RegionBerth) -> String {
        switch berth.backing {
        case .nothing: "\(berth.strategy): nothing to place"
        case .reservedRAM: "\(berth.strategy): \(berth.combination.memory.rawValue), \(berth.reserved)"
        case .bar(let slot, let index, let carrier):
            "\(berth.strategy): \(index) of the \(carrier.rawValue) at 00:\(slot.slotText), \(berth.reserved)"
        case .hostMemory(let address): "\(berth.strategy): host memory at \(address), \(berth.reserved)"
        case .range: "\(berth.strategy): \(berth.combination.memory.rawValue), \(berth.reserved)"
        }
    }

    static func carrier(_ berth: RegionBerth) -> String {
        switch berth.backing {
        case .nothing: "none: there is nothing to place"
        case .reservedRAM: "none: \(berth.combination.memory.rawValue), reserved in the memory map"
        case .bar(let slot, let index, let carrier): "00:\(slot.slotText) \(index), \(carrier.withArticle)"
        case .hostMemory(let address): "none: the host's memory at \(address)"
        case .range: "none: \(berth.combination.memory.rawValue)"
        }
    }

    /// `guest RAM, reserved in the memory map`
    static func backing(_ berth: RegionBerth) -> String {
        switch berth.backing {
        case .nothing: "nothing"
        case .reservedRAM: "\(berth.combination.memory.rawValue), reserved in the memory map"
        case .bar(let slot, let index, let carrier): "\(index) of \(carrier.withArticle) at 00:\(slot.slotText)"
        case .hostMemory(let address): "the host's memory at \(address)"
        case .range: berth.combination.memory.rawValue
        }
    }

    /// As programs read it.
    static func kind(_ backing: RegionBerth.Backing) -> String {
        switch backing {
        case .nothing: "nothing"
        case .reservedRAM: "reserved-ram"
        case .hostMemory: "host-memory"
        case .range: "range"
        case .bar: "bar"
        }
    }

    /// The same of what a rule says.
    static func kind(_ judgement: Judgement) -> String {
        switch judgement {
        case .rejects: "rejects"
        case .loses: "loses"
        case .costs: "costs"
        case .holds: "holds"
        }
    }

    static func register(_ berth: RegionBerth, of igd: IGDAssignment) -> String? {
        berth.register.map { register in
            "\(register.name), \(register.bits) bits at \(Hexadecimal.string(register.offset)) of \(place(igd.slot)), "
                + "written by \(berth.writer.description)"
        }
    }

    /// `00:02.0` on the root bus, `pci.6:00.0` elsewhere.
    static func place(_ slot: Slot) -> String {
        let statement: Statement = "\(short: slot)"
        return statement.description
    }

    static func size(_ berth: RegionBerth) -> String {
        berth.needed == berth.reserved ? "\(berth.needed)" : "\(berth.needed), which takes \(berth.reserved)"
    }
}

extension TextLayout {
    /// The first lines of a report: which guest it is of, and its IGD.
    mutating func heading(_ guest: ReportedGuest) {
        line("\(guest.name): \(Descriptions.guest(guest))")
        if let igd = guest.igd { line("IGD \(Descriptions.igd(igd))") }
    }
}
