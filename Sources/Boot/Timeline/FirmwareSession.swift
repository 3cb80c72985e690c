import BerthPCI
import BerthTopology

/// The decode of every function as the firmware left it, where nobody enumerates again.
struct FirmwareSession {
    let topology: GuestTopology
    private let wholeTree: PCITree
    private var absent: Set<Int>
    private(set) var firmware: FirmwareOutcome
    private(set) var decodes: [Int: FunctionDecode] = [:]

    init(_ topology: GuestTopology, _ tree: PCITree, _ firmware: FirmwareOutcome, then actions: [GuestAction]) {
        self.topology = topology
        wholeTree = tree
        self.firmware = firmware
        absent = GuestAction.absent(before: actions)
        if firmware.halted == nil { start() }
    }

    /// What is plugged in.
    var tree: PCITree { wholeTree.without(absent) }

    private mutating func start() {
        let tree = tree
        let model = FirmwareModels.decode(topology.firmware, tree, firmware)
        for index in tree.reachableByFirmware {
            var decode = decodes[index] ?? FunctionDecode(index, tree.functions[index])
            model.run(&decode)
            decodes[index] = decode
        }
    }

    mutating func reboot() {
        for index in decodes.keys.sorted() { decodes[index]?.reset() }
        firmware = FirmwareModels.model(for: topology.firmware).boot(topology, tree)
        if firmware.halted == nil { start() }
    }

    mutating func plug(_ index: Int) {
        guard absent.remove(index) != nil else { return }
        decodes[index] = FunctionDecode(index, wholeTree.functions[index], boot: decodes[0]?.boot ?? 0)
    }

    mutating func change(_ index: Int, _ change: (inout FunctionDecode) -> Void) {
        guard var decode = decodes[index] else { return }
        change(&decode)
        decodes[index] = decode
    }

    /// With the addresses of what decodes in the end.
    var outcome: GuestOutcome {
        var outcome = GuestOutcome(firmware, wholeTree.reachableByFirmware.compactMap { decodes[$0] })
        guard firmware.halted == nil else { return outcome }
        for (index, decode) in decodes { outcome.functions[index].addresses = BARAddresses(decode.mapped) }
        return outcome
    }
}
