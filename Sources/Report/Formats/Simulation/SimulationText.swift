import BerthBoot
import BerthDiagnostics
import BerthPCI
import BerthPlacement
import BerthTopology

/// A whole boot, for people: verdict, tree with addresses and windows as the OS leaves it, registers, memory map, budget,
/// exposure, timeline.
package enum SimulationText {
    package static func render(_ report: SimulationReport) -> String {
        let outcome = report.outcome
        var layout = TextLayout()
        layout.verbatim(
            outcome.firmware.halted == nil
                ? TimelineText.verdict(outcome) : "Verdict: the firmware stops, and no operating system runs")
        layout.line("\(report.guest.name): \(Descriptions.guest(report.guest))")
        if let message = outcome.firmware.halted {
            layout.line("The firmware stops: \(message)")
            if let explanation = report.halt { halt(explanation, &layout) }
            return layout.text
        }
        let final = outcome.final
        apertures(final.apertures, &layout)
        layout.blank()
        for root in outcome.tree.roots { bus(root, 0, final, outcome.tree, &layout) }
        registers(final, outcome.tree, &layout)
        memory(final, &layout)
        if let budget = report.budget { self.budget(budget, &layout) }
        TimelineText.render(outcome, &layout)
        if let needs = report.needs {
            layout.line(
                "for \(report.guest.purpose.rawValue) stolen memory is \(needs.stolenMemory.rawValue) and the OpRegion "
                    + needs.opRegion.rawValue, indent: 2)
        }
        return layout.text
    }

    private static func halt(_ explanation: HaltExplanation, _ layout: inout TextLayout) {
        if let device = explanation.device {
            var text = "The first device that does not fit is '\(device)'"
            if let bar = explanation.bar, let size = explanation.size { text += ", whose \(bar) has \(size)" }
            layout.line(text)
        }
        if let largest = explanation.largestSize { layout.line("would help: \(largest) there", indent: 2) }
        if let limit = explanation.maxRAMBelow4GiB {
            layout.line("would help: max-ram-below-4g=\(limit.qemuText)", indent: 2)
        }
        if explanation.largestSize == nil, explanation.maxRAMBelow4GiB == nil {
            layout.line(
                "neither a smaller BAR nor less RAM below 4 GiB helps; take the device away or put it elsewhere",
                indent: 2)
        }
    }

    private static func budget(_ budget: Budget, _ layout: inout TextLayout) {
        layout.blank()
        layout.line("Budget")
        let column = (budget.spaces.map(\.name.count).max() ?? 0) + 2
        for space in budget.spaces {
            let percent = space.size == .zero ? 0 : Int(Double(space.used.rawValue) / Double(space.size.rawValue) * 100)
            let free = space.largestFree.map { "largest free block \($0)" } ?? "full"
            layout.field(
                space.name, "\(space.used.approximate) of \(space.size) used (\(percent) %), \(free)", column: column)
        }
        layout.field("bus numbers", "\(budget.buses.used) of \(budget.buses.available) used", column: column)
        let largest = { (size: ByteCount?) in size.map { "\($0)" } ?? "none" }
        layout.line(
            "one more device could have a 32-bit BAR of \(largest(budget.largest32BitBAR)), or a 64-bit BAR of "
                + largest(budget.largest64BitBAR), indent: 2)
    }

    private static func apertures(_ apertures: Apertures, _ layout: inout TextLayout) {
        if let io = apertures.io { layout.field("I/O", "\(io)", indent: 0, column: 16) }
        if let low = apertures.below4GiB { layout.field("below 4 GiB", "\(low)", indent: 0, column: 16) }
        layout.field("above 4 GiB", apertures.above4GiB.map { "\($0)" } ?? "not used", indent: 0, column: 16)
    }

    private static func bus(
        _ bus: Int, _ depth: Int, _ outcome: FirmwareOutcome, _ tree: PCITree, _ layout: inout TextLayout
    ) {
        for index in tree.buses[bus].functions {
            let function = tree.functions[index]
            let result = outcome.functions[index]
            let number = outcome.busNumbers[bus] ?? 0
            let address = PCIAddress(bus: number, devfn: function.devfn).short
            let indent = 2 * depth
            layout.line("\(address) \(function.name) (\(function.model))", indent: indent)
            for bar in function.bars {
                let place =
                    result.addresses[bar.index].map { Hexadecimal.string($0) }
                    ?? result.romReservation.map {
                        bar.index == .rom ? "\(Hexadecimal.string($0)) (disabled)" : "unassigned"
                    }
                    ?? "unassigned"
                layout.line("\(bar.index)  \(place)  \(bar.kind)", indent: indent + 4)
            }
            guard let bridge = function.bridge else { continue }
            if let registers = result.bridge {
                layout.line(
                    "buses \(registers.secondary)-\(registers.subordinate); I/O \(registers.io); memory \(registers.memory); "
                        + "prefetchable \(registers.prefetchable)", indent: indent + 4)
            }
            self.bus(bridge.secondaryBus, depth + 1, outcome, tree, &layout)
        }
    }

    private static func registers(_ outcome: FirmwareOutcome, _ tree: PCITree, _ layout: inout TextLayout) {
        guard !outcome.registers.isEmpty else { return }
        layout.blank()
        for write in outcome.registers {
            let place = tree.place(of: tree.functions[write.function])
            let name = write.offset == 0xfc ? "ASLS" : "BDSM"
            layout.line("\(place) \(name) (\(Hexadecimal.string(write.offset))) = \(Hexadecimal.string(write.value))")
        }
    }

    private static func memory(_ outcome: FirmwareOutcome, _ layout: inout TextLayout) {
        guard !outcome.memoryMap.isEmpty else { return }
        layout.blank()
        for entry in outcome.memoryMap {
            layout.line("\(entry.range)  \(entry.kind == .ram ? "RAM" : "reserved")")
        }
    }
}
