import BerthPCI
import BerthTopology

/// Where a register writer finds room for a BAR below 4 GiB.
protocol RoomBelow4GiB {
    /// Aligned to its size; nil where there is none. `placed` is what has an address by then.
    mutating func take(_ size: UInt64, beside placed: FirmwareOutcome) -> UInt64?
}

/// Register writers at work: the same checks in the same order as their code.
///
/// Source: `apply` in Sources/OptionROM/Firmware/core.c.
struct WriterRun {
    private let topology: GuestTopology
    private let tree: PCITree
    private var outcome: FirmwareOutcome
    private let files: [String: UInt64]

    private init(_ topology: GuestTopology, _ tree: PCITree, _ outcome: FirmwareOutcome) {
        self.topology = topology
        self.tree = tree
        self.outcome = outcome
        files =
            topology.registerTasks.contains { $0.file != nil }
            ? Dictionary(
                topology.effectiveFirmwareFiles.map { ($0.name, $0.content.size.rawValue) },
                uniquingKeysWith: { $1 }) : [:]
    }

    /// What is true afterwards. `started`: functions whose ROM runs, in order.
    static func after(
        _ outcome: FirmwareOutcome, _ topology: GuestTopology, _ tree: PCITree, in room: some RoomBelow4GiB,
        _ started: (FirmwareOutcome) -> [Int]
    ) -> FirmwareOutcome {
        guard topology.hasRegisterTasks else { return outcome }
        var run = WriterRun(topology, tree, outcome)
        var room = room
        for index in started(outcome) {
            for task in run.tasks(of: index) { run.carryOut(task, &room) }
        }
        return run.outcome
    }

    private func tasks(of index: Int) -> [RegisterTask] {
        switch tree.functions[index].origin {
        case .device(let device): topology.devices[device].tasks
        case .igd: topology.igd?.tasks ?? []
        default: []
        }
    }

    private mutating func carryOut(_ task: RegisterTask, _ room: inout some RoomBelow4GiB) {
        let carrier = tree.index(at: task.carrier).flatMap { isFound($0) ? $0 : nil }
        var result = RegisterWriterResult(region: task.region, carrier: carrier, bar: task.bar)
        defer { outcome.writerResults.append(result) }
        guard let display = tree.index(at: task.target), isFound(display), tree.functions[display].vendor == 0x8086,
            tree.functions[display].classCode.isDisplay
        else { return result.failure = .noDisplay }
        guard let carrier else { return result.failure = .noCarrier }
        guard let bar = tree.functions[carrier][task.bar], !bar.kind.isIO, task.bar != .rom,
            tree.functions[carrier].header == .endpoint
        else { return result.failure = .noBAR }
        guard let found = outcome.functions[carrier].addresses[task.bar], found > 0 else {
            return result.failure = .unassigned
        }
        result.found = found
        let size = bar.kind.size.rawValue
        if let name = task.file {
            guard let length = files[name], length > 0 else { return result.failure = .noFile(name) }
            guard length <= size else { return result.failure = .fileLargerThanBAR }
        }
        var address = found
        if task.width == 4 || task.file != nil, found &+ size > 1 << 32 {
            guard task.mayMove, tree.functions[carrier].bus == 0, bar.kind.is64Bit else {
                return result.failure = .outOfReach
            }
            guard let free = room.take(size, beside: outcome) else { return result.failure = .noRoom }
            address = free
            result.moved = free
        }
        if task.file != nil, !keepsContents(carrier) {
            result.moved = nil
            return result.failure = .doesNotKeep
        }
        outcome.functions[carrier].addresses[task.bar] = address
        outcome.registers.append(
            RegisterWrite(function: display, offset: task.register, width: task.width, value: address))
    }

    private func isFound(_ index: Int) -> Bool { outcome.busNumbers[tree.functions[index].bus] != nil }

    /// Only one device has a memory BAR with nothing behind it that anybody takes for a carrier.
    private func keepsContents(_ index: Int) -> Bool {
        guard case .device(let number) = tree.functions[index].origin, tree.functions[index].model == "pci-testdev"
        else { return true }
        return [.bool(true), .text("on"), .text("true")].contains(topology.devices[number]["membar-backed"])
    }
}
