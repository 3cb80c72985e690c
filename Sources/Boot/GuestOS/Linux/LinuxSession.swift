import BerthPCI
import BerthStack
import BerthTopology

/// The state of a running Linux: resources, and the decode of every function.
struct LinuxSession {
    let topology: GuestTopology
    /// With functions that are not plugged in yet, or not found.
    let wholeTree: PCITree
    /// What Linux knows.
    private(set) var tree: PCITree {
        didSet { reachable = tree.reachable }
    }
    private(set) var reachable: [Int]
    let rootWindows: [RootWindows]
    let graphicsReservation: GuestRange?
    var bus: LinuxBus
    /// By index of the function; nil for one that no firmware finds, and before it is plugged in.
    var decodes: [FunctionDecode?]
    private(set) var numbers: LinuxBusNumbers
    private let version: LinuxRelease
    /// Functions that are not plugged in.
    private var absent: Set<Int>
    /// Functions that were removed and not found again.
    var removed: Set<Int> = []
    /// Functions that a driver enabled once: their power state is known then.
    var enabled: Set<Int> = []
    /// All modules were loaded, so that what is plugged in finds its driver.
    var hasModules = false
    let firmware: FirmwareOutcome
    private let limits: LinuxAssignment.Limits
    /// Addresses that are written while it boots.
    private let updates: [LinuxAssignment.Update]

    /// `handOver` is of what is plugged in, `wholeTree` minus `absent`.
    init(_ handOver: HandOver, wholeTree: PCITree, version: LinuxRelease, absent: Set<Int> = []) {
        topology = handOver.topology
        self.wholeTree = wholeTree
        self.absent = absent
        self.version = version
        firmware = handOver.firmware
        decodes = handOver.decodes
        let start = handOver.linux(LinuxResourceRules(version))
        numbers = start.numbers
        tree = start.tree
        reachable = start.reachable
        rootWindows = start.rootWindows
        graphicsReservation = start.graphicsReservation
        limits = start.limits
        bus = start.bus
        updates = start.updates
    }

    var model: LinuxDecode { LinuxDecode(tree: tree, sizesInBatch: version.batchesSizing) }
    var allDecodes: [FunctionDecode] { wholeTree.reachableByFirmware.compactMap { decodes[$0] } }

    /// From the hand-over to the drivers that are built in.
    mutating func boot() {
        for index in reachable { change(index) { model, decode in model.enumerate(&decode) } }
        write(updates, .assignment)
        enableBuiltIn(.drivers)
    }

    mutating func assign(_ phase: BootPhase) {
        let (bus, updates) = LinuxAssignment.run(bus, limits)
        self.bus = bus
        write(updates, phase)
    }

    /// Where new places may be, without a preference to go back to the firmware's.
    func assignment(_ sizing: LinuxWindowSizing) -> LinuxAssignment { LinuxAssignment(sizing, limits) }

    mutating func finish(_ assignment: LinuxAssignment, _ phase: BootPhase) {
        bus = assignment.bus
        write(assignment.updates, phase)
    }

    private mutating func write(_ updates: [LinuxAssignment.Update], _ phase: BootPhase) {
        for update in updates {
            change(update.function) { model, decode in model.write(&decode, update, phase) }
        }
    }

    /// A warm reset: everything that is plugged in by now is there from the start.
    mutating func reboot() {
        let present = wholeTree.without(absent)
        let again = FirmwareModels.model(for: topology.firmware).boot(topology, present)
        for index in decodes.indices { decodes[index]?.reset() }
        var next = LinuxSession(
            HandOver(topology, present, again, before: decodes), wholeTree: wholeTree,
            version: version, absent: absent)
        if again.halted == nil { next.boot() }
        self = next
    }

    private func decode(of index: Int) -> FunctionDecode {
        FunctionDecode(
            index, wholeTree.functions[index], boot: decodes.lazy.compactMap { $0 }.first?.boot ?? 0)
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
        tree = numbers.seen(of: wholeTree, without: absent)
        bus.insert(index, tree)
    }

    mutating func enableBuiltIn(_ phase: BootPhase) {
        let builtIn = LinuxBuiltIn(tree: tree, bus: bus)
        for index in reachable {
            var isEnabled = false
            decodes[index]?.modify { isEnabled = builtIn.enable(&$0, phase) }
            if isEnabled { enabled.insert(index) }
        }
    }

    mutating func change(_ index: Int, _ change: (LinuxDecode, inout FunctionDecode) -> Void) {
        let model = model
        decodes[index]?.modify { change(model, &$0) }
    }
}
