import BerthBoot
import BerthDiagnostics
import BerthPCI
import BerthReport
import BerthTopology

/// A prediction beside what was observed, fact by fact.
struct RehearsalRows {
    /// What was predicted, with what the rows need to know beside it.
    struct Prediction {
        var observation: Observation
        var outcome: FirmwareOutcome
        var tree: PCITree
        var topology: GuestTopology
        /// Of the memory map, what only this run has.
        var reservations: [Observation.MemoryRange] = []

        /// The memory map of this run.
        func memoryMap(_ map: [Observation.MemoryRange]) -> [Observation.MemoryRange] {
            (map + reservations).sorted { $0.start < $1.start }
        }
    }

    let predicted: Prediction
    let observed: Observation
    /// Whether an OS ran: only then there is something to say of decode, reservation and `/proc/iomem`.
    let withLinux: Bool

    func all() -> [RehearsalRow] {
        let halt = RehearsalRow(
            .halt, "firmware", predicted: predicted.observation.halted ?? "goes on",
            observed: observed.halted ?? "goes on")
        guard predicted.observation.halted == nil, observed.halted == nil else { return [halt] }
        return [halt] + functions() + registers() + writer() + memoryMap() + (withLinux ? linux() : [])
    }

    // MARK: PCI

    private typealias Function = Observation.Function

    /// Bus numbers may repeat, hence the count.
    private struct Key: Hashable, Comparable {
        var place: String
        var count: Int
        static func < (a: Key, b: Key) -> Bool { (a.place, a.count) < (b.place, b.count) }
    }

    private func table(_ functions: [Function]) -> [Key: Function] {
        var counts: [String: Int] = [:]
        var table: [Key: Function] = [:]
        for function in functions {
            let place = Self.place(function)
            counts[place, default: 0] += 1
            table[Key(place: place, count: counts[place] ?? 0)] = function
        }
        return table
    }

    private static func place(_ function: Function) -> String {
        PCIAddress(bus: function.bus, devfn: function.slot << 3 | function.function).short
    }

    private func functions() -> [RehearsalRow] {
        let (ours, theirs) = (table(predicted.observation.functions ?? []), table(observed.functions ?? []))
        return Set(ours.keys).union(theirs.keys).sorted().flatMap { key in
            let (a, b) = (ours[key], theirs[key])
            var rows = [
                RehearsalRow(.function, key.place, predicted: a.map(Self.identity), observed: b.map(Self.identity))
            ]
            guard a != nil || b != nil else { return rows }
            rows += bars(key.place, a?.bars ?? [], b?.bars ?? [])
            rows += bridge(key.place, a?.bridge, b?.bridge)
            return rows
        }
    }

    private static func identity(_ function: Function) -> String {
        let ids = [function.vendor, function.device, function.class].map { Hexadecimal.plain($0, digits: 4) }
        return "\(ids[0]):\(ids[1]) \(ids[2])" + (function.id.map { " \($0)" } ?? "")
    }

    private func bars(
        _ place: String, _ ours: [Observation.BaseAddress], _ theirs: [Observation.BaseAddress]
    ) -> [RehearsalRow] {
        let indices = Set((ours + theirs).map(\.index.value)).sorted()
        return indices.map { index in
            let text = { (list: [Observation.BaseAddress]) in list.first { $0.index.value == index }.map(Self.bar) }
            return RehearsalRow(.bar, "\(place) \(index)", predicted: text(ours), observed: text(theirs))
        }
    }

    private static func bar(_ bar: Observation.BaseAddress) -> String {
        let kind =
            bar.space == "io" ? "I/O" : "\(bar.is64Bit ? "64" : "32")-bit" + (bar.prefetchable ? " prefetchable" : "")
        return "\(ByteCount(bar.size)) \(kind) at \(bar.address.map { Hexadecimal.string($0) } ?? "no address")"
    }

    private func bridge(
        _ place: String, _ ours: Observation.BridgeRegisters?, _ theirs: Observation.BridgeRegisters?
    ) -> [RehearsalRow] {
        guard ours != nil || theirs != nil else { return [] }
        let numbers = { (b: Observation.BridgeRegisters) in "\(b.secondary)-\(b.subordinate)" }
        var rows = [RehearsalRow(.buses, place, predicted: ours.map(numbers), observed: theirs.map(numbers))]
        let windows: [(String, KeyPath<Observation.BridgeRegisters, Observation.Window>)] = [
            ("I/O", \.io), ("memory", \.memory), ("prefetchable", \.prefetchable),
        ]
        for (name, path) in windows {
            rows.append(
                RehearsalRow(
                    .window, "\(place) \(name)", predicted: ours.map { Self.window($0[keyPath: path]) },
                    observed: theirs.map { Self.window($0[keyPath: path]) }))
        }
        return rows
    }

    /// Closed where the limit is below the base; registers of a closed one are compared, too.
    private static func window(_ window: Observation.Window) -> String {
        let text = "\(Hexadecimal.string(window.base))-\(Hexadecimal.string(window.limit))"
        return window.limit < window.base ? "closed (\(text))" : text
    }

    // MARK: The display

    private func registers() -> [RehearsalRow] {
        var rows = (observed.registers ?? []).map { register in
            let index = predicted.tree.functions.indices.first {
                predicted.tree.place(of: predicted.tree.functions[$0]) == register.bdf
            }
            let value = index.flatMap { self.value(of: register.offset, $0) } ?? 0
            return RehearsalRow(
                .register, "\(register.bdf) \(register.name)", predicted: Hexadecimal.string(value),
                observed: Hexadecimal.string(register.value))
        }
        if let there = observed.opRegionIsThere {
            let said = { (isThere: Bool) in isThere ? "the file's bytes" : "something else" }
            rows.append(RehearsalRow(.opRegion, "where ASLS points", predicted: said(true), observed: said(there)))
        }
        return rows
    }

    func value(of offset: Int, _ index: Int) -> UInt64? {
        if let bytes = predicted.outcome.bytes(at: offset, of: index) { return UInt64(bytes) }
        guard case .device(let number) = predicted.tree.functions[index].origin else { return nil }
        return predicted.topology.devices[number].presets[offset].map(UInt64.init)
    }

    private func writer() -> [RehearsalRow] {
        guard let said = observed.writer else { return [] }
        let predicted = self.predicted.outcome.writerResults
        let lines = said.filter { $0.hasPrefix("register ") }
        return (0..<max(lines.count, predicted.count)).map { index in
            let result = predicted.indices.contains(index) ? predicted[index] : nil
            return RehearsalRow(
                .writer, result.map { "for \($0.region.rawValue)" } ?? "rule \(index + 1)",
                predicted: result.map(Self.outcome),
                observed: lines.indices.contains(index) ? Self.outcome(lines[index]) : nil)
        }
    }

    private static func outcome(_ result: RegisterWriterResult) -> String {
        guard result.failure == nil else { return "left alone" }
        return result.moved.map { "moved to \(Hexadecimal.plain($0)) and written" } ?? "written"
    }

    /// `register 5c at e010000000 moved to f4000000 written`
    private static func outcome(_ line: String) -> String {
        guard line.hasSuffix(" written") else { return "left alone" }
        guard let at = line.firstRange(of: " moved to ") else { return "written" }
        return "moved to \(line[at.upperBound...].prefix { $0 != " " }) and written"
    }

    // MARK: Memory

    private func memoryMap() -> [RehearsalRow] {
        guard let seen = observed.e820 else { return [] }
        var ours = predicted.memoryMap(predicted.observation.e820 ?? [])
        // The same guest can also end up with these, because drivers of the firmware race.
        for other in predicted.outcome.otherMemoryMaps
        where predicted.memoryMap(other.map(Observation.MemoryRange.init)) == seen {
            ours = seen
        }
        let text = { (list: [Observation.MemoryRange], start: UInt64) in
            list.first { $0.start == start }.map {
                "to \(Hexadecimal.string($0.end)) \($0.type == 1 ? "RAM" : $0.type == 2 ? "reserved" : "type \($0.type)")"
            }
        }
        return Set((ours + seen).map(\.start)).sorted().map { start in
            RehearsalRow(
                .memoryMap, "from \(Hexadecimal.string(start))", predicted: text(ours, start),
                observed: text(seen, start))
        }
    }

    private func linux() -> [RehearsalRow] {
        let spans = { (list: [Observation.Span]?) in
            let texts = (list ?? []).map { "\(Hexadecimal.string($0.start))-\(Hexadecimal.string($0.end &- 1))" }
            return texts.isEmpty ? "none" : texts.joined(separator: ", ")
        }
        return [
            RehearsalRow(
                .reservation, "for graphics", predicted: spans(predicted.observation.graphicsReservation),
                observed: spans(observed.graphicsReservation))
        ] + decode() + iomem()
    }

    private func decode() -> [RehearsalRow] {
        let place = { (event: Observation.DecodeEvent) in
            "\(event.bdf) \(event.bar == 6 ? "ROM" : "BAR \(event.bar)")"
        }
        let ours = Dictionary(grouping: predicted.observation.decode ?? [], by: place)
        let theirs = Dictionary(grouping: observed.decode ?? [], by: place)
        let text = { (events: [Observation.DecodeEvent]?) in
            events.map { list in
                list.map { ($0.event == "map" ? "+" : "-") + Hexadecimal.plain($0.address) }.joined(separator: " ")
            }
        }
        return Set(ours.keys).union(theirs.keys).sorted().map {
            RehearsalRow(.decode, $0, predicted: text(ours[$0]), observed: text(theirs[$0]))
        }
    }

    /// A line for each memory BAR that has an address; what Linux names otherwise is not predicted.
    private func iomem() -> [RehearsalRow] {
        let lines = (observed.iomem ?? []).map { $0.split(separator: " ").joined(separator: " ") }
        guard !lines.isEmpty else { return [] }
        return (predicted.observation.functions ?? []).flatMap { function in
            function.bars.compactMap { bar -> RehearsalRow? in
                guard bar.space == "memory", bar.index.value != .rom, let address = bar.address else { return nil }
                let place = "0000:\(Self.place(function))"
                let digits = { (value: UInt64) in Hexadecimal.plain(value, digits: 8) }
                let wanted = "\(digits(address))-\(digits(address + bar.size - 1)) : \(place)"
                let first = "\(digits(address))-"
                let seen = lines.first { $0 == wanted } ?? lines.first { $0.hasPrefix(first) && $0.hasSuffix(place) }
                return RehearsalRow(
                    .memory, "\(Self.place(function)) \(bar.index.value)", predicted: wanted, observed: seen)
            }
        }
    }
}
