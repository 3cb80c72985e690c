import BerthDiagnostics
package import BerthLogs
import BerthPCI
package import BerthPlacement

/// Puts the numbers of logs into the map of a guest.
extension LogReport {
    package init(_ readings: [LogReading], in map: GuestMap) {
        files = readings.map { File(name: $0.file, lines: $0.lines, known: $0.known, cut: $0.cut) }
        let explainer = Explainer(
            map: map, kept: Self.kept(readings), iommuBits: Self.width(readings) ?? map.iommuBits)
        let all = readings.flatMap { reading in
            reading.messages.map { found in
                Entry(
                    file: reading.file, message: found.message, machine: found.machine, count: found.count,
                    first: explainer.line(found.first, found), others: found.others.map { explainer.line($0, found) })
            }
        }
        entries = all.enumerated().sorted { a, b in
            let (x, y) = (a.element.message, b.element.message)
            if x.weight != y.weight { return x.weight < y.weight }
            if x.symptom != y.symptom { return Self.isWorse(x.symptom, y.symptom) }
            return a.offset < b.offset
        }.map(\.element)
    }

    private static func isWorse(_ a: Symptom?, _ b: Symptom?) -> Bool {
        guard let a else { return false }
        return b.map { a < $0 } ?? true
    }

    /// Of the host's addresses, by its own log.
    private static func width(_ readings: [LogReading]) -> Int? {
        for found in readings.flatMap(\.messages) {
            for capture in found.first.captures { if case .width(let bits) = capture.value { return bits } }
        }
        return nil
    }
}

extension LogReport {
    /// What the host's own log says that it keeps for devices.
    private static func kept(_ readings: [LogReading]) -> [Kept] {
        readings.flatMap(\.messages).flatMap { found -> [Kept] in
            guard let keeps = found.message.keeps, found.message.printer == .hostKernel || found.machine == .host else {
                return []
            }
            return ([found.first] + found.others).compactMap { line in
                let bounds = line.captures.compactMap { capture in
                    if case .address(let address, _) = capture.value { HostPhysicalAddress(address) } else { nil }
                }
                guard bounds.count == 2, let range = HostRange(first: bounds[0], last: bounds[1]) else { return nil }
                return Kept(memory: keeps, range: range)
            }
        }
    }

    fileprivate struct Kept {
        let memory: KeptMemory
        let range: HostRange
    }
}

private struct Explainer {
    let map: GuestMap
    let kept: [LogReport.Kept]
    let iommuBits: Int

    func line(_ occurrence: LogReading.Occurrence, _ found: LogReading.Found) -> LogReport.Line {
        LogReport.Line(
            number: occurrence.line,
            values: occurrence.captures.map {
                LogReport.Value(name: $0.name, value: $0.value, places: places($0.value, found))
            })
    }

    private func places(_ value: LogValue, _ found: LogReading.Found) -> [LogReport.Place] {
        switch value {
        case .address(let address, let space):
            (found.message.keeps == nil ? keeper(address, space, found.machine) : [])
                + places(address, space, found.machine)
        case .function(let device) where found.message.printer.namesHostFunctions:
            map.device.map { [$0 == device ? .igd : .otherDevice] } ?? []
        default: []
        }
    }

    private func places(_ address: UInt64, _ space: LogAddressSpace, _ machine: LogMachine?) -> [LogReport.Place] {
        switch space {
        case .raw: []
        case .host: host(address)
        case .guest: host(address) + guest(address) + above(address)
        case .dma: host(address) + guest(address) + above(address)
        case .kernel:
            switch machine {
            case .host: host(address)
            case .guest: host(address) + guest(address)
            case nil: host(address) + (host(address).isEmpty ? guest(address) : [])
            }
        }
    }

    /// What the host's log says of an address, where the host itself says nothing.
    private func keeper(
        _ address: UInt64, _ space: LogAddressSpace, _ machine: LogMachine?
    ) -> [LogReport.Place] {
        guard space != .raw, host(address).isEmpty else { return [] }
        let all = kept.filter { $0.range.contains(HostPhysicalAddress(address)) }
        return (all.first { $0.memory == .graphics } ?? all.first).map { [.kept($0.memory, $0.range)] } ?? []
    }

    private func host(_ address: UInt64) -> [LogReport.Place] {
        map.hostRegion(at: address).map { [.hostRegion($0.region, $0.range)] } ?? []
    }

    private func guest(_ address: UInt64) -> [LogReport.Place] {
        guard let place = map.owner(of: address) else { return map.guest.isEmpty || address == 0 ? [] : [.nowhere] }
        switch place.owner {
        case .bar(let function, let isIGD, let index):
            return [.bar(function: function, isIGD: isIGD, index, place.range)]
        case .region(let region): return [.guestRegion(region, place.range)]
        case .ram: return [.ram]
        case .reserved: return [.reserved]
        }
    }

    private func above(_ address: UInt64) -> [LogReport.Place] {
        address >> UInt64(min(63, max(0, iommuBits))) != 0 ? [.aboveIOMMU(bits: iommuBits)] : []
    }
}
