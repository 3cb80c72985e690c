import BerthBoot
import BerthDiagnostics
import BerthPCI
import BerthPlacement
import BerthTopology

/// Checks a plan with plain numbers, from first principles. It shares no code with planner and rules: it reads where
/// the models put things, and asks whether that can be.
enum NaiveChecker {
    /// Empty for a plan that holds.
    static func problems(of plan: Evaluation) -> [String] {
        plan.berths.flatMap { berth -> [String] in
            switch berth.backing {
            case .nothing: return []
            case .hostMemory(let start): return fixed(berth, start.rawValue, plan)
            case .range(let start): return start.map { fixed(berth, $0.rawValue, plan) } ?? []
            case .reservedRAM: return reserved(berth, plan)
            case .bar(let slot, let index, _): return bar(berth, slot, index, plan)
            }
        }
    }

    private static func bar(_ berth: RegionBerth, _ slot: Slot, _ index: BARIndex, _ plan: Evaluation) -> [String] {
        let name = "\(berth.region.name) on \(slot)"
        var found: [(function: Int, bus: Int)] = []
        for (number, function) in plan.tree.functions.enumerated()
        where function.devfn == slot.devfn && plan.tree.buses[function.bus].name == slot.bus {
            found.append((number, function.bus))
        }
        guard found.count == 1 else { return ["\(name): \(found.count) functions there"] }
        let (function, bus) = found[0]
        guard let address = addresses(plan)[function].addresses[index] else { return ["\(name): no address"] }
        var problems: [String] = []
        let size = berth.reserved.rawValue
        let last = address + size - 1
        if size & (size - 1) != 0 { problems.append("\(name): \(size) bytes are no power of two") }
        if address % size != 0 { problems.append("\(name): \(address) is not aligned to \(size)") }
        if size < berth.needed.rawValue { problems.append("\(name): too small") }
        // Inside an aperture of the root, and inside a window of every bridge on the way.
        let apertures = [plan.outcome.apertures.below4GiB, plan.outcome.apertures.above4GiB].compactMap { $0 }
        if !apertures.contains(where: { $0.start.rawValue <= address && last <= $0.last.rawValue }) {
            problems.append("\(name): \(address) is in no aperture")
        }
        var above = bus
        while case .bridge(let bridge) = plan.tree.buses[above].parent {
            let registers = addresses(plan)[bridge].bridge
            let windows = [registers?.memory, registers?.prefetchable].compactMap { $0 }
            if !windows.contains(where: { $0.base <= address && last <= $0.limit }) {
                problems.append("\(name): \(address) is in no window of \(plan.tree.functions[bridge].name)")
            }
            above = plan.tree.functions[bridge].bus
        }
        problems += overlaps(name, address, last, except: (function, index), plan)
        problems += memory(name, address, last, plan)
        return problems + register(berth, address, plan)
    }

    private static func reserved(_ berth: RegionBerth, _ plan: Evaluation) -> [String] {
        guard let address = plan.predictedAddress(of: berth).exact?.rawValue else {
            // OVMF's allocator is not modelled, and no release does what is missing: nothing to check.
            let isOpen = plan.topology.firmware.kind == .ovmf || !berth.missing.isEmpty
            return isOpen ? [] : ["\(berth.region.name): no address"]
        }
        let name = "\(berth.region.name) in RAM"
        let last = address + berth.reserved.rawValue - 1
        var problems: [String] = []
        let step: UInt64 = berth.region == .stolenMemory ? 1 << 20 : 4096
        if address % step != 0 { problems.append("\(name): \(address) is not aligned to \(step)") }
        if last >= plan.topology.ramLayout.below4GiB.rawValue { problems.append("\(name): not in RAM below 4 GiB") }
        if !plan.outcome.memoryMap.isEmpty {
            // One range or several that touch.
            var next = address
            for entry in plan.outcome.memoryMap.sorted(by: { $0.range.start < $1.range.start })
            where entry.kind == .reserved && entry.range.start.rawValue <= next && next <= entry.range.last.rawValue {
                next = entry.range.last.rawValue + 1
            }
            if next <= last { problems.append("\(name): \(next) is not reserved in the memory map") }
        }
        problems += overlaps(name, address, last, except: nil, plan)
        return problems + register(berth, address, plan)
    }

    private static func fixed(_ berth: RegionBerth, _ address: UInt64, _ plan: Evaluation) -> [String] {
        let name = "\(berth.region.name) at a fixed address"
        let last = address + berth.reserved.rawValue - 1
        if berth.combination.memory == .guestRAM {
            return last < plan.topology.ramLayout.below4GiB.rawValue ? [] : ["\(name): not in RAM below 4 GiB"]
        }
        return overlaps(name, address, last, except: nil, plan) + memory(name, address, last, plan)
    }

    /// Nobody else's BAR.
    private static func overlaps(
        _ name: String, _ first: UInt64, _ last: UInt64, except own: (Int, BARIndex)?, _ plan: Evaluation
    ) -> [String] {
        var problems: [String] = []
        for (number, function) in plan.tree.functions.enumerated() {
            for bar in function.bars where !bar.kind.isIO && !(own?.0 == number && own?.1 == bar.index) {
                guard let start = addresses(plan)[number].addresses[bar.index] else { continue }
                let end = start + bar.kind.size.rawValue - 1
                if start <= last && first <= end { problems.append("\(name): overlaps \(function.name) \(bar.index)") }
            }
        }
        return problems
    }

    /// Neither RAM nor what the memory map reserves.
    private static func memory(_ name: String, _ first: UInt64, _ last: UInt64, _ plan: Evaluation) -> [String] {
        let layout = plan.topology.ramLayout
        var problems: [String] = []
        if first < layout.below4GiB.rawValue { problems.append("\(name): in RAM below 4 GiB") }
        let end = (UInt64(1) << 32) + layout.above4GiB.rawValue
        if first < end, last >= 1 << 32 { problems.append("\(name): in RAM above 4 GiB") }
        for entry in plan.outcome.memoryMap
        where entry.range.start.rawValue <= last && first <= entry.range.last.rawValue {
            problems.append("\(name): \(entry.range) of the memory map is in the way")
        }
        return problems
    }

    /// The register has the address if firmware writes it, and can hold it in any case.
    private static func register(_ berth: RegionBerth, _ address: UInt64, _ plan: Evaluation) -> [String] {
        guard let register = berth.register else { return ["\(berth.region.name): no register"] }
        var problems: [String] = []
        let last = address + max(berth.needed.rawValue, 1) - 1
        if register.bits == 32, last > 0xffff_ffff { problems.append("\(register.name) cannot hold \(address)") }
        if berth.region == .stolenMemory, address & 0xf_ffff != 0 {
            problems.append("\(register.name) has no such bits")
        }
        if berth.writer == .firmware {
            let igd = plan.tree.functions.firstIndex { $0.origin == .igd } ?? -1
            let values = plan.outcome.registers.filter { $0.function == igd && $0.offset == register.offset }
            if values.last?.value != address {
                problems.append("\(register.name) holds \(values.last?.value ?? 0), not \(address)")
            }
        }
        return problems
    }

    /// Where the OS leaves them, else where the firmware did.
    private static func addresses(_ plan: Evaluation) -> [FunctionOutcome] {
        plan.guest?.functions ?? plan.outcome.functions
    }
}
