import BerthPCI
import BerthTopology

/// The state of a running Linux: resources, and the decode of every function.
struct LinuxSession {
    let topology: GuestTopology
    /// With functions that are not plugged in yet, or not found.
    let wholeTree: PCITree
    /// What Linux knows.
    private(set) var tree: PCITree
    let rootWindows: [RootWindows]
    let graphicsReservation: GuestRange?
    var bus: LinuxBus
    var decodes: [Int: FunctionDecode] = [:]
    private(set) var numbers: LinuxBusNumbers
    private let sizesInBatch: Bool
    /// Functions that are not plugged in.
    private var absent: Set<Int>
    /// Functions that were removed and not found again.
    var removed: Set<Int> = []
    /// Functions that a driver enabled once: their power state is known then.
    var enabled: Set<Int> = []
    /// Functions whose changes are noted; nil for all.
    private let watched: Set<Int>?
    /// All modules were loaded, so that what is plugged in finds its driver.
    var hasModules = false
    let firmware: FirmwareOutcome
    private var firmwareAddresses: [Int: UInt64] = [:]

    init(
        _ topology: GuestTopology, _ tree: PCITree, _ firmware: FirmwareOutcome, sizesInBatch: Bool,
        absent: Set<Int> = [], watched: Set<Int>? = nil
    ) {
        self.topology = topology
        wholeTree = tree
        self.absent = absent
        self.sizesInBatch = sizesInBatch
        self.watched = watched
        self.firmware = firmware
        let present = tree.without(absent)
        numbers = LinuxBusNumbers(present, firmware)
        self.tree = tree.without(absent.union(numbers.unknown))
        rootWindows = RootWindows.of(topology, present, firmware)
        graphicsReservation = GraphicsReservation.range(topology, present, firmware)
        bus = LinuxBus(self.tree, firmware, rootWindows, romsHaveAddresses: topology.firmware.kind == .seabios)
    }

    var model: LinuxDecode { LinuxDecode(tree: tree, sizesInBatch: sizesInBatch) }
    var allDecodes: [FunctionDecode] { wholeTree.reachableByFirmware.compactMap { decodes[$0] } }

    /// From power-on, or from a reset, to the drivers that are built in.
    mutating func boot() {
        let present = wholeTree.without(absent)
        let before = FirmwareModels.decode(topology.firmware, present, firmware)
        for index in present.reachableByFirmware {
            var decode = decodes[index] ?? decode(of: index)
            before.run(&decode)
            decodes[index] = decode
        }
        for index in tree.reachable { change(index) { model, decode in model.enumerate(&decode) } }
        let decodes = decodes
        var claiming = LinuxClaiming(bus, decodes: { decodes[$0]?.isOn ?? false })
        claiming.run()
        bus = claiming.bus
        firmwareAddresses = claiming.firmwareAddresses
        assign(.assignment)
        enableBuiltIn(.drivers)
    }

    /// One root bus is finished before the next is looked at.
    mutating func assign(_ phase: BootPhase) {
        for root in tree.roots {
            var sizing = LinuxWindowSizing(bus)
            sizing.run(root: root)
            var assignment = assignment(sizing)
            assignment.run(root: root)
            finish(assignment, phase)
        }
        firmwareAddresses = [:]
    }

    /// Where new places may be, without a wish to go back to the firmware's.
    func assignment(_ sizing: LinuxWindowSizing) -> LinuxAssignment {
        LinuxAssignment(
            sizing, firmwareAddresses: firmwareAddresses, minimumMemory: topology.ramLayout.below4GiB.rawValue,
            reserved: firmware.memoryMap.map(\.range) + [graphicsReservation].compactMap { $0 })
    }

    mutating func finish(_ assignment: LinuxAssignment, _ phase: BootPhase) {
        bus = assignment.bus
        for update in assignment.updates {
            change(update.function) { model, decode in model.write(&decode, update, phase) }
        }
    }

    /// A warm reset: everything that is plugged in by now is there from the start.
    mutating func reboot() {
        let again = FirmwareModels.model(for: topology.firmware).boot(topology, wholeTree.without(absent))
        var next = LinuxSession(
            topology, wholeTree, again, sizesInBatch: sizesInBatch, absent: absent, watched: watched)
        next.decodes = decodes.mapValues { decode in
            var decode = decode
            decode.reset()
            return decode
        }
        if again.halted == nil { next.boot() }
        self = next
    }

    private func decode(of index: Int) -> FunctionDecode {
        FunctionDecode(
            index, wholeTree.functions[index], boot: decodes.values.first?.boot ?? 0,
            isWatched: watched?.contains(index) ?? true)
    }

    func isAbsent(_ index: Int) -> Bool { absent.contains(index) }

    /// A function appears; nobody wrote to its registers yet.
    mutating func insert(_ index: Int) {
        absent.remove(index)
        var decode = decode(of: index)
        // Only a bus reset clears what `ivshmem_common_realize` wrote (hw/misc/ivshmem.c@QEMU 7.2).
        if wholeTree.functions[index].model.hasPrefix("ivshmem") {
            decode.on(.runtime, DecodeCause("plugged in with decode on", source: "hw/misc/ivshmem.c@QEMU 7.2"))
        }
        decodes[index] = decode
        numbers.insert(index)
        tree = wholeTree.without(absent.union(numbers.unknown))
        bus.insert(index, tree)
    }

    mutating func enableBuiltIn(_ phase: BootPhase) {
        enabled.formUnion(LinuxBuiltIn(tree: tree, bus: bus).enable(&decodes, phase))
    }

    mutating func change(_ index: Int, _ change: (LinuxDecode, inout FunctionDecode) -> Void) {
        guard var decode = decodes[index] else { return }
        change(model, &decode)
        decodes[index] = decode
    }
}
