import BerthDiagnostics
import BerthIGD
import BerthPCI
import BerthPlacement
import BerthStack
import BerthTopology

/// Phrases that several reports share.
enum Descriptions {
    static func guest(_ topology: GuestTopology) -> String {
        let firmware = topology.firmware.kind == .seabios ? "SeaBIOS" : "OVMF"
        // Everything else was read in the sources of the release and never compared with it.
        let unmeasured = topology.firmware.isMeasured ? "" : " (not measured)"
        let qemu = topology.qemu.isMeasured ? "" : " (not measured)"
        return
            "\(topology.machine.name), \(topology.ram.size) of RAM, \(firmware) \(topology.firmware.version)\(unmeasured), "
            + "QEMU \(topology.qemu)\(qemu), \(topology.guest)"
    }

    static func igd(_ igd: IGDAssignment) -> String {
        let platform = igd.platform.map { "\($0.name), \($0.generation)" } ?? "not an IGD we know"
        return "8086:\(Hexadecimal.plain(igd.device, digits: 4)) (\(platform)) at 00:\(igd.slot.slotText)"
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

    static func register(_ berth: RegionBerth, of igd: IGDAssignment) -> String? {
        berth.register.map { register in
            "\(register.name), \(register.bits) bits at \(Hexadecimal.string(register.offset)) of 00:\(igd.slot.slotText), "
                + "written by \(berth.writer.description)"
        }
    }

    static func size(_ berth: RegionBerth) -> String {
        berth.needed == berth.reserved ? "\(berth.needed)" : "\(berth.needed), which takes \(berth.reserved)"
    }
}
