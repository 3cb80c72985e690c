import BerthPCI
import BerthTopology

/// The decode of every function as the firmware left it, where nobody enumerates again.
struct FirmwareSession {
    let topology: GuestTopology
    private let wholeTree: PCITree
    private var absent: Set<Int>
    private(set) var firmware: FirmwareOutcome
    /// By index of the function; nil for one that the firmware does not find, and before it is plugged in.
    private(set) var decodes: [FunctionDecode?]

    init(_ topology: GuestTopology, _ tree: PCITree, _ firmware: FirmwareOutcome, then actions: [GuestAction]) {
        self.topology = topology
        wholeTree = tree
        self.firmware = firmware
        absent = GuestAction.absent(before: actions)
        decodes = HandOver(topology, tree.without(absent), firmware).decodes
    }

    init(_ handOver: HandOver) {
        topology = handOver.topology
        wholeTree = handOver.tree
        firmware = handOver.firmware
        absent = []
        decodes = handOver.decodes
    }

    /// What is plugged in.
    var tree: PCITree { wholeTree.without(absent) }

    mutating func reboot() {
        for index in decodes.indices { decodes[index]?.reset() }
        firmware = FirmwareModels.model(for: topology.firmware).boot(topology, tree)
        decodes = HandOver(topology, tree, firmware, before: decodes).decodes
    }

    mutating func plug(_ index: Int) {
        guard absent.remove(index) != nil else { return }
        decodes[index] = FunctionDecode(index, wholeTree.functions[index], boot: decodes[0]?.boot ?? 0)
    }

    mutating func change(_ index: Int, _ change: (inout FunctionDecode) -> Void) {
        decodes[index]?.modify(change)
    }

    /// With the addresses of what decodes in the end.
    var outcome: GuestOutcome {
        var outcome = GuestOutcome(firmware, wholeTree.reachableByFirmware.compactMap { decodes[$0] })
        guard firmware.halted == nil else { return outcome }
        for index in decodes.indices {
            if let decode = decodes[index] { outcome.functions[index].addresses = decode.mapped }
        }
        return outcome
    }
}
