import BerthBoot
import BerthPCI
import BerthRehearsal
import BerthStack
import BerthTopology
import Foundation
import TestSupport
import Testing

/// The matrix of docs/fake-bar.md, counted from the recordings of Berth's option ROM: what the guests saw, whatever was
/// predicted; that the two are the same `RecordedWriterTests` says. `make docs-tables` writes it.
@Suite struct FakeBarTableTests {
    /// Of one cell.
    private struct Counts {
        var guests = 0
        var written = 0
        var filled = 0
        var linux = 0
        var reserved = 0
        var kept = 0

        mutating func add(_ other: Counts) {
            guests += other.guests
            written += other.written
            filled += other.filled
            linux += other.linux
            reserved += other.reserved
            kept += other.kept
        }

        var text: String {
            let all = "\(guests): \(written), \(filled)"
            return linux == 0 ? all : "\(all); \(linux): \(reserved), \(kept)"
        }
    }

    @Test func `the page has the matrix of the guests that were recorded`() throws {
        var cells: [[String]: [String: Counts]] = [:]
        var sums: [String: Counts] = [:]
        for file in try RecordedWriterTests.kinds.flatMap(Recorded.cases) {
            let name = file.lastPathComponent
            let recorded = try RecordedCase.read(Data(contentsOf: file), file: name)
            guard let observed = recorded.observed, observed.halted == nil else { continue }
            let stack = try FidelityTableTests.stack(recorded, name)
            let counts = try Self.counts(recorded, observed, name)
            cells[try Self.row(recorded, name), default: [:]][stack, default: Counts()].add(counts)
            sums[stack, default: Counts()].add(counts)
        }
        let stacks = NamedStack.all.map(\.name).filter { sums[$0] != nil }
        var rows = cells.keys.sorted { $0.lexicographicallyPrecedes($1) }.map { row in
            row + stacks.map { cells[row]?[$0]?.text ?? "none" }
        }
        rows.append(["all", "", "", "", ""] + stacks.map { sums[$0]?.text ?? "none" })
        try MarkedTable.expect(
            rows, under: ["carrier", "machine", "firmware", "BDSM", "RAM"] + stacks, named: "writer",
            in: "docs/fake-bar.md")
    }

    private static func row(_ recorded: RecordedCase, _ name: String) throws -> [String] {
        let topology = try recorded.topology(source: name)
        let tasks = try #require(tasks(recorded).first, "\(name)")
        let carrier = topology.devices.first { $0.id == tasks.carrier }?.model ?? "none"
        let memory = try #require(Int(recorded.memory), "\(name)")
        let size = memory <= 2048 ? "at most 2 GiB" : memory <= 4096 ? "at most 4 GiB" : "more"
        let isWide = tasks.width == 8
        return [
            carrier == "ivshmem-plain" ? "ram-controller" : carrier, topology.machine.type.rawValue,
            topology.firmwareKind == .seabios ? "SeaBIOS" : "OVMF", isWide ? "64 bits" : "32 bits", size,
        ]
    }

    private static func tasks(_ recorded: RecordedCase) -> [RecordedCase.Task] {
        (recorded.files ?? [:]).values.compactMap(\.writer).first ?? []
    }

    private static func counts(
        _ recorded: RecordedCase, _ observed: Observation, _ name: String
    ) throws -> Counts {
        let registers = observed.registers ?? []
        let value = { (name: String) in
            registers.first { $0.name == name }.map { UInt64($0.value) } ?? 0
        }
        let base = value("BDSM") | value("BDSM, upper half") << 32
        let isThere = tasks(recorded).allSatisfy { task in
            let bars = observed.functions?.first { $0.id == task.carrier }?.bars ?? []
            let address = bars.first { $0.index.value == .bar(task.bar) }?.address
            return address != nil && address == (task.register == 0xfc ? value("ASLS") : base)
        }
        let isLinux = recorded.linux == true
        let reserves = observed.graphicsReservation?.contains { $0.start == base } ?? false
        return Counts(
            guests: 1, written: isThere ? 1 : 0, filled: observed.opRegionIsThere == true ? 1 : 0,
            linux: isLinux ? 1 : 0, reserved: isLinux && reserves ? 1 : 0, kept: isLinux && isThere ? 1 : 0)
    }
}
