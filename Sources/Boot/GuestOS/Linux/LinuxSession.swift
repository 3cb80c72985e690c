import BerthPCI
import BerthTopology

/// The state of a running Linux: resources, and the decode of every function.
struct LinuxSession {
    let topology: GuestTopology
    let tree: PCITree
    let rootWindows: [RootWindows]
    let graphicsReservation: GuestRange?
    var bus: LinuxBus
    var decodes: [Int: FunctionDecode] = [:]
    let model: LinuxDecode
    /// Functions that were removed and not found again.
    var removed: Set<Int> = []
    /// Functions that a driver enabled once: their power state is known then.
    var enabled: Set<Int> = []
    /// Functions whose changes are noted; nil for all.
    var watched: Set<Int>?
    private let firmware: FirmwareOutcome
    private var firmwareAddresses: [Int: UInt64] = [:]

    init(_ topology: GuestTopology, _ tree: PCITree, _ firmware: FirmwareOutcome, sizesInBatch: Bool) {
        self.topology = topology
        self.tree = tree
        self.firmware = firmware
        rootWindows = RootWindows.of(topology, tree, firmware)
        graphicsReservation = GraphicsReservation.range(topology, tree, firmware)
        bus = LinuxBus(tree, firmware, rootWindows, romsHaveAddresses: topology.firmware.kind == .seabios)
        model = LinuxDecode(tree: tree, sizesInBatch: sizesInBatch)
    }

    var allDecodes: [FunctionDecode] { tree.reachableByFirmware.compactMap { decodes[$0] } }

    mutating func boot() {
        let before = FirmwareModels.decode(topology.firmware, tree, firmware)
        for index in tree.reachableByFirmware {
            var decode = FunctionDecode(index, tree.functions[index], isWatched: watched?.contains(index) ?? true)
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
            var assignment = LinuxAssignment(
                sizing, firmwareAddresses: firmwareAddresses,
                minimumMemory: topology.ramLayout.below4GiB.rawValue,
                reserved: firmware.memoryMap.map(\.range) + [graphicsReservation].compactMap { $0 })
            assignment.run(root: root)
            bus = assignment.bus
            for update in assignment.updates {
                change(update.function) { model, decode in model.write(&decode, update, phase) }
            }
        }
        firmwareAddresses = [:]
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
